"""Refusals met when a time is set for a publication."""

from alsinfo.refusals import Refusal


class TimePast(Refusal):
    """The time set is past."""

    code = "time-past"
    status = 400
    sentence = "Choose a time that has not come yet."


class TimeTooFar(Refusal):
    """The time set is so far away that the text would be old by then."""

    code = "time-too-far"
    status = 400
    sentence = "Choose a time within a year: a text that waits longer is signed again."


class SchedulerGone(Refusal):
    """Who set the time may not publish any more."""

    code = "scheduler-gone"
    status = 403
    sentence = "Who scheduled this text may not publish any more. Another publisher has to publish it."


class NotScheduled(Refusal):
    """No time is set."""

    code = "not-scheduled"
    sentence = "This text is not scheduled."
