"""Refusals met when describing organisations."""

from alsinfo.refusals import Refusal


class MissingRole(Refusal):
    """The person does not hold a role that may do this."""

    code = "missing-role"
    status = 403
    sentence = "Your role does not allow this."


class OwnProposal(Refusal):
    """Nobody approves the entry they proposed."""

    code = "own-proposal"
    status = 403
    sentence = "You proposed this entry, so a second person has to approve it."


class AlreadyApproved(Refusal):
    """The entry was approved before, or a later one was."""

    code = "already-approved"
    sentence = "This entry has been approved already, or a later one has."


class NothingNew(Refusal):
    """The proposal says what the last one said."""

    code = "nothing-new"
    sentence = "Nothing changed since the last proposal."


class BadContact(Refusal):
    """A contact that cannot be called, written to or opened."""

    code = "bad-contact"
    status = 400
    sentence = "This contact cannot be used as it is written."


class BadRegistration(Refusal):
    """A number does not have the shape its register gives."""

    code = "bad-registration"
    status = 400
    sentence = "This is not a number that the register gives."


class UnknownArea(Refusal):
    """A code that is no region, nation or state."""

    code = "unknown-area"
    status = 400
    sentence = "This is not the code of a region, nation or state."


class UnusableWords(Refusal):
    """A character that nobody can see, or that would change the order of what is displayed."""

    code = "unusable-words"
    status = 400
    sentence = "A text here has a character that cannot be shown. It often comes with copied text: type it again."
