"""Refusals met when taking pages down and putting them back."""

from alsinfo.refusals import Refusal


class NotLive(Refusal):
    """The page is not live, so there is nothing to take down."""

    code = "not-live"
    sentence = "This page is not live."


class NotSuspended(Refusal):
    """The page is not suspended."""

    code = "not-suspended"
    sentence = "This page is not suspended."


class OwnSuspension(Refusal):
    """The suspender cannot lift their own suspension."""

    code = "own-suspension"
    status = 403
    sentence = "You suspended this page, so another publisher or clinical lead has to put it back."


class NotInDate(Refusal):
    """The live text is past its review date."""

    code = "not-in-date"
    sentence = "The last review of this text is out of date. It needs a fresh review before it can be put back."
