"""How texts come about here, from the rules themselves, and what that came to in the last twelve months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from statistics import median

from django.db.models import Max, Q

from alsinfo.accounts.models import Role
from conditions.content.currency import add_months
from conditions.models import Correction, Publication, RegionalArticle, Revocation, Suspension
from conditions.vocabulary import PageState
from organisations.regions import Region

MONTHS = 12

DEEDS: dict[str, tuple[Role, ...]] = {
    "write a text and send it to review": (Role.EDITOR,),
    "ask reviewers for a signature": (Role.EDITOR, Role.LEAD),
    "sign it, if their registration was checked and they wrote no word of the article": (Role.REVIEWER,),
    "publish it, if it is signed and they wrote none of it": (Role.PUBLISHER,),
    "take a page down at once (its signers can, too)": (Role.PUBLISHER, Role.LEAD),
    "put it back, if another person took it down": (Role.PUBLISHER, Role.LEAD),
    "look reviewers up in their register, and never themselves": (Role.LEAD,),
    "let a text go on although a reviewer asked for changes, if another one signed it": (Role.LEAD,),
}


@dataclass(frozen=True)
class Figures:
    """Counts for a region's readers at a moment; `days` is the median from review to signature, None without one."""

    as_of: datetime
    since: date
    pages: int
    in_date: int
    versions: int
    confirmations: int
    days: float | None
    corrections: int
    suspensions: int
    withdrawn: int

    @property
    def share(self) -> int | None:
        """How many in a hundred pages are in date, rounded down; None without a page."""
        return self.in_date * 100 // self.pages if self.pages else None


def deeds() -> Iterator[tuple[str, str]]:
    """What is done, and who may do it, in words."""
    for deed, may in DEEDS.items():
        yield deed, " or ".join(role.label.lower() for role in may)


def figures(region: Region, now: datetime) -> Figures:
    """The figures as of the last full hour that somebody asked in."""
    return _counted(region, now.replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=8)
def _counted(region: Region, hour: datetime) -> Figures:
    today = region.day(hour)
    since = add_months(today, -MONTHS)
    live = RegionalArticle.objects.filter(region=region, state=PageState.LIVE)
    of_region = Publication.objects.filter(regional_article__region=region, published_on__gte=since)
    from_review = of_region.filter(regional_edition__isnull=False)
    times = from_review.annotate(signed_at=Max("regional_edition__sign_offs__signed_at"))
    waited = [
        signed_at - submitted_at
        for submitted_at, signed_at in times.values_list("regional_edition__submitted_at", "signed_at")
    ]
    down = Suspension.objects.filter(regional_article__region=region, suspended_at__gte=_start(region, since))
    published = Q(sign_off__regional_edition__publication__isnull=False) | Q(
        sign_off__assignment__publication__isnull=False
    )
    revoked = Revocation.objects.filter(published, revoked_at__gte=_start(region, since))
    return Figures(
        as_of=hour,
        since=since,
        pages=live.count(),
        in_date=live.filter(next_review_due_on__gte=today).count(),
        versions=len(waited),
        confirmations=of_region.filter(regional_edition__isnull=True).count(),
        days=median(waited) / timedelta(days=1) if waited else None,
        corrections=Correction.objects.filter(publication__in=of_region).count(),
        suspensions=down.count(),
        withdrawn=revoked.filter(sign_off__regional_article__region=region).count(),
    )


def _start(region: Region, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=region.time_zone)
