"""Who may show a draft to others by a link, for how long, and who may end that."""

from alsinfo.accounts.models import Role, User
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from conditions.errors.drafting import WrongState
from conditions.errors.previewing import PreviewOver, UnusableDays
from conditions.models import Edition, PreviewLink
from conditions.policies.roles import objection_without
from conditions.vocabulary import EditionState
from organisations.regions import Region

DAYS, MOST_DAYS = 7, 30


def objection_to_share_preview(edition: Edition, region: Region, *, by: User, days: int = DAYS) -> Refusal | None:
    """An editor, while the edition is open, for a region it is written for and a month at most."""
    if objection := objection_without(by, Role.EDITOR):
        return objection
    if edition.state == EditionState.CLOSED:
        return WrongState("This edition is closed: there is nothing to preview.")
    if region not in edition.covered:
        return WrongState(f"This edition is not written for {region.label} readers.")
    return None if 1 <= days <= MOST_DAYS else UnusableDays()


def objection_to_close(*, by: User) -> Refusal | None:
    """Whoever may read editions for work: to close a door is nobody's privilege."""
    return objection_without(by, Role.EDITOR, Role.PUBLISHER, Role.LEAD)


def objection_to_revoke_preview(link: PreviewLink, *, by: User) -> Refusal | None:
    """Whoever may read the edition, while the link works."""
    if objection := objection_to_close(by=by):
        return objection
    return None if PreviewLink.objects.working(clock_now()).filter(pk=link.pk).exists() else PreviewOver()
