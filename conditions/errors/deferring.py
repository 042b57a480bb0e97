"""Refusals met when a page is kept up past its review."""

from alsinfo.refusals import Refusal


class NotDue(Refusal):
    """The review is not due yet."""

    code = "not-due"
    sentence = "The review of this page is not due yet, so there is nothing to defer."


class DeferredTwice(Refusal):
    """The review was deferred as often as it may be."""

    code = "deferred-twice"
    sentence = "This review was deferred twice already. It has to be done."


class NoSuchDeferral(Refusal):
    """The day is past or too far away."""

    code = "deferral-too-long"
    status = 400
    sentence = "Choose a day within the next 90 days."
