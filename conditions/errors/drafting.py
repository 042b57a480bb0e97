"""Refusals met when writing: starting, saving, submitting, reopening, discarding an edition."""

from alsinfo.refusals import Refusal


class EditionOpen(Refusal):
    """Another edition of the article is open."""

    code = "edition-open"
    sentence = "Another edition of this article is open. Finish or discard it first."


class NotADraft(Refusal):
    """The edition is in review or closed; its text cannot be changed."""

    code = "not-a-draft"
    sentence = "This text is not a draft, so it cannot be changed. Reopen it first."


class SavedMeanwhile(Refusal):
    """Somebody else saved since the form was opened."""

    code = "saved-meanwhile"
    sentence = (
        "Somebody else saved this text after you opened it. Nothing of yours was saved over theirs: "
        "your text is still in the form below. Compare it with theirs, then save again."
    )


class UnusableText(Refusal):
    """A text that cannot be shown to readers as it was written."""

    code = "unusable-text"
    status = 400
    sentence = "Readers would not see this text as it was written."


class Incomplete(Refusal):
    """The edition does not satisfy the checks for a submission."""

    code = "incomplete"
    sentence = "The text is not ready for review."


class NoReviewer(Refusal):
    """A region enters review without anybody to review it."""

    code = "no-reviewer"
    sentence = "Choose a reviewer for every region whose text changed."


class Scheduled(Refusal):
    """The earlier text of a region is scheduled to be published."""

    code = "scheduled"
    sentence = "The earlier text is scheduled to be published. Unschedule it first."


class WrongState(Refusal):
    """The machine has no such step from where it stands."""

    code = "wrong-state"
    sentence = "This cannot be done now."


class ReasonMissing(Refusal):
    """The action needs a reason."""

    code = "reason-missing"
    status = 400
    sentence = "Say why: a reason is kept with this action."


class NotYourDraft(Refusal):
    """An editor may discard only an edition they started or contributed to."""

    code = "not-your-draft"
    status = 403
    sentence = "You can discard only a text that you worked on. Ask a publisher to discard this one."
