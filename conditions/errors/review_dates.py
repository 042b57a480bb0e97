"""Refusals met when the next review of a page is moved."""

from alsinfo.refusals import Refusal


class NotEarlier(Refusal):
    """A review can be brought forward only."""

    code = "not-earlier"
    sentence = "The next review can only be brought forward. A later date comes with a signature on the whole page."


class IntervalTooLong(Refusal):
    """The interval is longer than the risk allows."""

    code = "interval-too-long"
    status = 400
    sentence = "An article of this risk has to be reviewed more often."


class NothingChanges(Refusal):
    """What was chosen is what is there."""

    code = "nothing-changes"
    sentence = "This is how it is already."
