"""Refusals met when answering for retracted sources."""

from alsinfo.refusals import Refusal


class NothingToAnswer(Refusal):
    """Neither the live text of the page nor an open edition cites the retracted work."""

    code = "nothing-to-answer"
    sentence = "This page does not cite that work any more, so there is nothing to answer."


class AlreadyAnswered(Refusal):
    """A lead answered already."""

    code = "already-answered"
    sentence = "A clinical lead has answered for this page already."
