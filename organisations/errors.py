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


class NotShown(Refusal):
    """Readers see another entry, or none."""

    code = "not-shown"
    sentence = "Readers see another entry by now. Look at it again."


class MissingReason(Refusal):
    """Hiding a contact needs a reason."""

    code = "missing-reason"
    status = 400
    sentence = "Say why this contact is hidden."


class OwnHiding(Refusal):
    """Nobody shows again what they hid."""

    code = "own-hiding"
    status = 403
    sentence = "You hid this contact, so a second person has to show it again."


class NotHidden(Refusal):
    """The contact is not hidden any more."""

    code = "not-hidden"
    sentence = "This contact is not hidden any more."


class BadCheck(Refusal):
    """A check of an organisation's details that cannot have been made so."""

    code = "bad-check"
    status = 400
    sentence = "This check cannot be recorded as it is written."


class BadSuccessor(Refusal):
    """A body that goes on with another's work exists, and is not that other body."""

    code = "bad-successor"
    status = 400
    sentence = "Name the organisation that goes on with the work; readers have to see it already."


class NotToBeAsked(Refusal):
    """There is nothing that this organisation could be asked about, or nobody to ask."""

    code = "not-to-be-asked"
    status = 400
    sentence = "This organisation cannot be sent a link."


class LinkWorks(Refusal):
    """One link at a time."""

    code = "link-works"
    sentence = "A link that was sent to this organisation still works. Revoke it before you send another."


class LinkOver(Refusal):
    """The link ran out, was revoked, or brought all the answers it may bring."""

    code = "link-over"
    sentence = "This link works no longer."


class MissingName(Refusal):
    """Somebody answers for an organisation."""

    code = "missing-name"
    status = 400
    sentence = "Say who you are: your name, and what you do there."


class AlreadyConfirmed(Refusal):
    """The organisation confirmed the same entry on the same day."""

    code = "already-confirmed"
    sentence = "You confirmed this entry today already. Thank you."


class UnlicensedLogo(Refusal):
    """A logo without anything that allows us to show it."""

    code = "unlicensed-logo"
    status = 400
    sentence = "Say what allows us to show this logo."
