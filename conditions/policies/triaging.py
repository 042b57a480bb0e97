"""What a reader can say, and who may see to it."""

from dataclasses import dataclass

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.content.readers_words import storable
from conditions.errors.drafting import ReasonMissing
from conditions.errors.triaging import (
    BlankedAlready,
    FeedbackSettled,
    FeedbackWaits,
    NoHarmToConfirm,
    NotFixedThere,
    UnusableFeedback,
)
from conditions.models import Edition, Feedback, Publication
from conditions.models.feedback import LONGEST, ONLY_COUNTED
from conditions.policies.roles import objection_without
from conditions.vocabulary.feedback import FeedbackAbout, FeedbackOutcome, FeedbackState
from organisations.regions import Region

READERS = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
TRIAGE = (Role.EDITOR, Role.LEAD)
OF_A_PAGE = (FeedbackAbout.HELPFUL, FeedbackAbout.NOT_HELPFUL)


@dataclass(frozen=True)
class Said:
    """What a reader says: of a publication or of the region's site, of a section by its key or of all of it."""

    region: Region
    about: str
    words: str = ""
    could_harm: bool = False
    publication: Publication | None = None
    section: str = ""

    @property
    def stored(self) -> str:
        """The words as they are kept."""
        return storable(self.words)

    @property
    def is_only_counted(self) -> bool:
        """Whether nobody has to read it."""
        return self.about in ONLY_COUNTED and not self.stored and not self.could_harm

    @property
    def heading(self) -> str:
        """The heading of the section as readers see it, "" for none such."""
        sections = self.publication.revision.content["sections"] if self.publication else []
        return next((each["heading"] for each in sections if each["key"] == self.section), "")


def objection_to_send(said: Said) -> Refusal | None:
    """Anybody may say anything short about a page that readers get; a mistake is put into words."""
    if said.about not in FeedbackAbout.values or (said.about in OF_A_PAGE and said.publication is None):
        return UnusableFeedback("Choose what this is about.")
    if said.section and not said.heading:
        return UnusableFeedback("The page has no such part any more. Choose again which one you mean.")
    if len(said.stored) > LONGEST:
        return UnusableFeedback(f"This has {len(said.stored):,} characters; at most {LONGEST:,} can be sent.")
    return None if said.stored or said.about in ONLY_COUNTED else UnusableFeedback()


def objection_to_triage(feedback: Feedback, *, by: User) -> Refusal | None:
    """Editors and leads, while it waits."""
    if objection := objection_without(by, *TRIAGE):
        return objection
    return None if feedback.waits else FeedbackSettled()


def objection_to_take(feedback: Feedback, *, by: User) -> Refusal | None:
    """Editors and leads, also out of another's hands."""
    if objection := objection_to_triage(feedback, by=by):
        return objection
    return FeedbackWaits("This is in your hands already.") if feedback.taken_by_id == by.pk else None


def objection_to_put_back(feedback: Feedback, *, by: User) -> Refusal | None:
    """Editors and leads, what is in somebody's hands and harms nobody as far as is known."""
    if objection := objection_to_triage(feedback, by=by):
        return objection
    if feedback.harm_confirmed_at is not None:
        return FeedbackWaits("It is confirmed that this could harm somebody: it stays in somebody’s hands.")
    return FeedbackWaits() if feedback.state == FeedbackState.NEW else None


def objection_to_close(feedback: Feedback, outcome: str, *, by: User, edition: Edition | None = None) -> Refusal | None:
    """Editors and leads, with an outcome; an edition of the page's own article where the text was changed."""
    if objection := objection_to_triage(feedback, by=by):
        return objection
    if outcome not in FeedbackOutcome.values:
        return UnusableFeedback("Say what became of it.")
    if edition is None:
        return None
    article = feedback.publication.regional_article.article_id if feedback.publication else None
    return None if outcome == FeedbackOutcome.CHANGED and edition.article_id == article else NotFixedThere()


def objection_to_open_again(feedback: Feedback, *, by: User) -> Refusal | None:
    """Editors and leads, what was closed."""
    if objection := objection_without(by, *TRIAGE):
        return objection
    return None if feedback.state == FeedbackState.CLOSED else FeedbackWaits()


def objection_to_confirm_harm(feedback: Feedback, *, by: User) -> Refusal | None:
    """Editors and leads, once, while it waits, where a page is there to be reviewed."""
    if objection := objection_to_triage(feedback, by=by):
        return objection
    is_confirmed = feedback.harm_confirmed_at is not None
    return NoHarmToConfirm() if is_confirmed or feedback.publication is None else None


def objection_to_blank(feedback: Feedback, reason: str, *, by: User | None) -> Refusal | None:
    """The system, in time; editors and leads at once, where somebody's name or address is in it."""
    if by is not None and (objection := objection_without(by, *TRIAGE)):
        return objection
    if feedback.blanked_at is not None:
        return BlankedAlready()
    if not reason.strip():
        return ReasonMissing()
    return BlankedAlready("This feedback has no words.") if feedback.state == FeedbackState.COUNTED else None
