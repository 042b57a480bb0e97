"""When an edition may be started, saved, submitted, reopened, discarded, and by whom."""

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from conditions.errors.drafting import EditionOpen, NotADraft, NotYourDraft, ReasonMissing, WrongState
from conditions.errors.owning import Archived
from conditions.models import Article, Edition, RegionalEdition
from conditions.models.desk import DeskRow
from conditions.policies.roles import objection_without
from conditions.vocabulary import EditionState, ReviewState
from organisations.regions import Region

REOPENED_FROM = (
    ReviewState.IN_REVIEW,
    ReviewState.CLEARED,
    ReviewState.PUBLISH_FAILED,
    ReviewState.PUBLISHED,
    ReviewState.UNCHANGED,
)
DISCARDED_FROM = (
    ReviewState.IN_REVIEW,
    ReviewState.CHANGES_REQUESTED,
    ReviewState.REOPENED,
    ReviewState.CLEARED,
    ReviewState.SCHEDULED,
    ReviewState.PUBLISH_FAILED,
)
ENDED = (ReviewState.PUBLISHED, ReviewState.SUPERSEDED, ReviewState.UNCHANGED, ReviewState.DISCARDED)


def objection_to_start(article: Article, *, by: User) -> Refusal | None:
    """An editor, no other edition open, and the article not archived."""
    if objection := objection_without(by, Role.EDITOR):
        return objection
    if article.archived_at is not None:
        return Archived()
    if article.editions.exclude(state=EditionState.CLOSED).exists():
        return EditionOpen()
    return None


def objection_to_save(edition: Edition, *, by: User) -> Refusal | None:
    """An editor, and a draft."""
    if objection := objection_without(by, Role.EDITOR):
        return objection
    return None if edition.state == EditionState.DRAFT else NotADraft()


def objection_to_coverage(edition: Edition, regions: str) -> Refusal | None:
    """A region whose text was sent to review in this edition is discarded, not left out."""
    for region in edition.covered:
        if region.value not in regions.split(",") and last_row(edition, region) is not None:
            return WrongState(f"The {region.label} text was sent to review in this edition. Discard it instead.")
    return None


def objection_to_row(edition: Edition, row: DeskRow) -> Refusal | None:
    """A save changes the rows of its own edition only."""
    is_new = row.pk is None
    return None if is_new or row.edition_id == edition.pk else WrongState("This belongs to another edition.")


def objection_to_submit(edition: Edition, *, by: User) -> Refusal | None:
    """An editor, and a draft; completeness is judged by `conditions.checks`."""
    return objection_to_save(edition, by=by)


def objection_to_reopen(row: RegionalEdition, *, by: User, reason: str) -> Refusal | None:
    """An editor or publisher with a reason, while the edition is open and the row is the region's last."""
    if objection := objection_without(by, Role.EDITOR, Role.PUBLISHER):
        return objection
    if row.edition.state == EditionState.CLOSED:
        return WrongState("This edition is closed. Start a new one.")
    if row.state not in REOPENED_FROM or last_row(row.edition, Region(row.region)) != row:
        return WrongState("This text cannot be reopened now.")
    return None if reason.strip() else ReasonMissing()


def objection_to_discard(edition: Edition, region: Region, *, by: User, reason: str) -> Refusal | None:
    """A publisher, or an editor who worked on it; once it was in review, with a reason."""
    if objection := objection_without(by, Role.EDITOR, Role.PUBLISHER):
        return objection
    if not holds(by, Role.PUBLISHER) and not _is_own(edition, by):
        return NotYourDraft()
    row = last_row(edition, region)
    if edition.state == EditionState.CLOSED or region not in edition.covered or not _may_discard(edition, row):
        return WrongState("There is nothing here that could be discarded.")
    return ReasonMissing() if row is not None and not reason.strip() else None


def last_row(edition: Edition, region: Region) -> RegionalEdition | None:
    """The region's latest round in this edition, or None."""
    return edition.regional_editions.filter(region=region).order_by("-round").select_related("revision").first()


def _may_discard(edition: Edition, row: RegionalEdition | None) -> bool:
    """Also new text after an ended row: the row stays, the text written since is discarded."""
    if row is None or row.state in (ReviewState.PUBLISHED, ReviewState.UNCHANGED, ReviewState.SUPERSEDED):
        return edition.state == EditionState.DRAFT
    return row.state in DISCARDED_FROM


def _is_own(edition: Edition, user: User) -> bool:
    return edition.started_by_id == user.pk or edition.contributions.filter(user=user).exists()
