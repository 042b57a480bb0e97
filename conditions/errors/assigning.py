"""Refusals met when asking somebody to review, and when answering."""

from alsinfo.refusals import Refusal


class NotYourAssignment(Refusal):
    """The assignment belongs to another reviewer."""

    code = "not-your-assignment"
    status = 403
    sentence = "This review was assigned to somebody else."


class CannotReview(Refusal):
    """The reviewer may not sign for this region or article, so there is no use in asking."""

    code = "cannot-review"
    sentence = "This reviewer cannot sign this text."


class AlreadyAsked(Refusal):
    """The reviewer has an open assignment for this text."""

    code = "already-asked"
    sentence = "This reviewer has been asked already and has not answered yet."


class DeclarationMissing(Refusal):
    """Competing interests were not stated, or the statement is empty."""

    code = "declaration-missing"
    status = 400
    sentence = "Say whether you have competing interests; if you have, state them."


class OwnInterest(Refusal):
    """Nobody settles their own declared interest."""

    code = "own-interest"
    status = 403
    sentence = "Nobody can clear their own declared interest. Another clinical lead has to decide."


class NothingLive(Refusal):
    """A re-confirmation needs a live page."""

    code = "nothing-live"
    sentence = "There is no live text here that could be confirmed again."


class DateProposed(Refusal):
    """A reviewer proposes another date once."""

    code = "date-proposed"
    sentence = "Another date was proposed for this review already. Write to who invited you, or hand the review back."


class UnusableDate(Refusal):
    """A proposed date is too early or too late."""

    code = "unusable-date"
    status = 400
    sentence = "A review can be put off by 14 days at most."


class SameReviewer(Refusal):
    """A reviewer is replaced by somebody else."""

    code = "same-reviewer"
    status = 400
    sentence = "Choose somebody else: this reviewer is the one to be replaced."


class RemindedToday(Refusal):
    """Somebody reminded the reviewer today."""

    code = "reminded-today"
    sentence = "This reviewer was reminded today already."
