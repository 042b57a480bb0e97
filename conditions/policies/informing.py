"""Who may describe the site itself, who may stand behind it, and that nothing there is about health."""

from collections.abc import Iterator

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.content import markup
from conditions.content.canonical import UnusableText, refuse_unusable
from conditions.content.claims import claims
from conditions.errors.informing import NotAffirmed, OwnPage, UnusablePage
from conditions.models import BrandName, Condition, ConditionName, Medicine, SitePageEntry
from conditions.policies.roles import objection_without
from organisations.errors import AlreadyApproved

WRITERS = (Role.EDITOR, Role.PUBLISHER)
LONGEST_TITLE, LONGEST_TEXT = 100, 20_000


def objection_to_propose_page(title: str, text: str, *, by: User) -> Refusal | None:
    """Editors and publishers, in words that can be shown and are not about health."""
    if objection := objection_without(by, *WRITERS):
        return objection
    sentence = next((each for each in (*faults_of_title(title), *faults_of_text(text)) if each), "")
    return UnusablePage(sentence) if sentence else None


def objection_to_approve_page(entry: SitePageEntry, *, by: User, is_affirmed: bool) -> Refusal | None:
    """A publisher other than the proposer, for the newest proposal, who says that it gives no advice on health."""
    if objection := objection_without(by, Role.PUBLISHER):
        return objection
    if entry.proposed_by_id == by.pk:
        return OwnPage()
    newest = entry.page.entries.order_by("-number").first()
    if entry.approved_by_id is not None or newest != entry:
        return AlreadyApproved()
    return None if is_affirmed else NotAffirmed()


def faults_of_title(title: str) -> Iterator[str]:
    """Why a title cannot be shown; nothing where it can."""
    try:
        refuse_unusable(title)
    except UnusableText as problem:
        yield str(problem)
    if not title.strip() or len(title) > LONGEST_TITLE:
        yield f"Give the page a title of at most {LONGEST_TITLE} characters."
    yield fault_of_claims(title)


def faults_of_text(text: str) -> Iterator[str]:
    """Why a text cannot be shown; nothing where it can."""
    if not text.strip() or len(text) > LONGEST_TEXT:
        yield f"Write between one and {LONGEST_TEXT:,} characters."
        return
    yield from markup.objections(text)
    yield fault_of_claims(text)


def fault_of_claims(text: str) -> str:
    """What in a text is about health, in a sentence, or nothing."""
    sentence = "Only a clinician stands behind words on health: this belongs on a reviewed page. Take out"
    return markup.listing(sentence, claims(text, names()))


def names() -> Iterator[str]:
    """Every name of a condition or a medicine."""
    for model, column in ((Condition, "name"), (ConditionName, "text"), (Medicine, "name"), (BrandName, "name")):
        yield from model._default_manager.values_list(column, flat=True)
