"""Which live pages list which organisations, as those who make the pages say; each function is part of an action.

It is how the finder knows what to show for a condition, and which pages change with an entry.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from alsinfo import surrogates
from alsinfo.outbox.purging import purge
from organisations.models import Mention, Organisation
from organisations.regions import Region


@dataclass(frozen=True)
class Page:
    """A live page: its number, its address, the slug of its condition, its signed title.

    `until` is the last day on which readers get it, None for a page that does not end by its date.
    """

    page: int
    region: Region
    path: str
    condition: str
    title: str
    until: date | None


def note(page: Page, uuids: Collection[str], *, is_public: bool) -> None:
    """The page as it is now lists these organisations and no others; `is_public` counts for those it did not list."""
    known = Mention.objects.filter(page=page.page)
    _purge(known.exclude(organisation__uuid__in=uuids) | known.exclude(**asdict(page)))
    known.exclude(organisation__uuid__in=uuids).delete()
    known.update(**asdict(page), is_stale=False)
    new = list(Organisation.objects.filter(uuid__in=uuids).exclude(mentions__page=page.page))
    Mention.objects.bulk_create(Mention(organisation=body, is_public=is_public, **asdict(page)) for body in new)
    purge(*(surrogates.organisation(body.slug) for body in new))


def conceal(page: int) -> None:
    """The page was taken down."""
    Mention.objects.filter(page=page).update(is_public=False)
    _purge(Mention.objects.filter(page=page))


def reveal(page: int) -> None:
    """The page is back."""
    Mention.objects.filter(page=page).update(is_public=True)
    _purge(Mention.objects.filter(page=page))


def mentions_on(today: date) -> QuerySet[Mention]:
    """What pages list that readers get on a day, whether or not a job ran."""
    return Mention.objects.filter(Q(until=None) | Q(until__gte=today), is_public=True)


def pages_of(organisation: Organisation) -> list[int]:
    """The numbers of the pages that list it."""
    return list(organisation.mentions.order_by("page").values_list("page", flat=True))


def make_stale(organisation: Organisation) -> None:
    """Every page that lists it shows an older entry, until it is noted again."""
    organisation.mentions.update(is_stale=True)


def stale_pages() -> list[int]:
    """The numbers of the pages that show an older entry of something."""
    return list(Mention.objects.filter(is_stale=True).order_by("page").values_list("page", flat=True).distinct())


def _purge(mentions: QuerySet[Mention]) -> None:
    """The pages of the organisations name this page no more, or otherwise."""
    if settings.PURGE_URL:
        purge(*map(surrogates.organisation, mentions.values_list("organisation__slug", flat=True)))
