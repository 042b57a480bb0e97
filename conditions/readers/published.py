"""Everything that readers get, as addresses for machines, and what changed of it last."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import DateField, F, Max, Q, Value
from django.utils import timezone

from conditions.content.currency import EXPIRED_DAYS
from conditions.models import Path, Publication, SitePage
from conditions.policies.deferring import readable
from conditions.readers.team import members, published_signatures
from conditions.readers.whole import whole_pages
from conditions.rendering import article_path
from conditions.vocabulary import PageState
from organisations.models import Shown
from organisations.regions import Region

Places = dict[Region, tuple[str, date | None]]

MOST_ENTRIES = 50
FIXED = ("", "conditions/", "organisations/", "medical-team/", "corrections/", "editorial-process/")
"""Pages that each region has, below its own address."""


@dataclass(frozen=True)
class Address:
    """A page by its path; `changed_on` where it is known, `alternates` are language and path of it in each region."""

    path: str
    changed_on: date | None = None
    alternates: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A publication as a feed tells it: what happened to which page, when, and why."""

    key: str
    title: str
    path: str
    happened: str
    note: str
    at: datetime


def fixed_pages() -> Iterator[Address]:
    """The pages that are always there, and those about the site that two persons stand behind."""
    yield from (Address("/"), Address("/verify/"))
    for page in FIXED:
        yield from _in_each_region({region: (f"/{region.slug}/{page}", None) for region in Region})
    written: dict[str, Places] = {}
    for kind, only in SitePage.objects.filter(entry__isnull=False).order_by("kind").values_list("kind", "region"):
        for region in [Region(only)] if only else Region:
            written.setdefault(kind, {})[region] = (f"/{region.slug}/{kind}/", None)
    for places in written.values():
        yield from _in_each_region(places)


def articles() -> Iterator[Address]:
    """Every article that readers get and search engines may keep: a page long overdue asks not to be kept."""
    for places in _live(Q(regional_article__next_review_due_on__gt=F("kept_after"))):
        yield from _in_each_region(places)


def histories() -> Iterator[Address]:
    """The history of every article that readers get."""
    for places in _live(Q()):
        yield from _in_each_region({region: (f"{path}history/", day) for region, (path, day) in places.items()})


def _live(narrowed: Q) -> Iterable[Places]:
    """The places of the articles that readers get, by article."""
    found: dict[int, Places] = {}
    for region in Region:
        live = Path.objects.filter(
            region=region,
            is_canonical=True,
            regional_article__in=readable(region, _today(region)),
            regional_article__publications__ended_at__isnull=True,
        ).annotate(kept_after=Value(_today(region) - timedelta(days=EXPIRED_DAYS), output_field=DateField()))
        columns = ("regional_article__article", "slug", "regional_article__publications__published_on")
        for article, slug, published_on in live.filter(narrowed).order_by("slug").values_list(*columns):
            found.setdefault(article, {})[region] = (article_path(region, slug), published_on)
    return found.values()


def organisations() -> Iterator[Address]:
    """Every organisation that helps somewhere in a region and goes on doing so."""
    rows = Shown.objects.filter(is_active=True).order_by("organisation__slug")
    for slug, areas, approved_at in rows.values_list("organisation__slug", "areas", "entry__approved_at"):
        places: Places = {
            region: (f"/{region.slug}/organisations/{slug}/", region.day(approved_at) if approved_at else None)
            for region in Region
            if f",{region.value}" in areas
        }
        yield from _in_each_region(places)


def reviewers() -> Iterator[Address]:
    """Every reviewer who has a page in a region."""
    for region in Region:
        signers = set(published_signatures(region).order_by().values_list("reviewer", flat=True))
        yield from (Address(member.url) for member in members(region, signers, _today(region)))


def news(region: Region) -> list[Entry]:
    """What was published last of the pages that the region's readers get now, the newest first."""
    rows = Publication.objects.filter(regional_article__in=readable(region, _today(region)))
    beside = ("change_note", "correction", "regional_article__article")
    latest = list(rows.select_related(*beside).order_by("-published_at", "-pk")[:MOST_ENTRIES])
    whole = whole_pages(region, {publication.regional_article_id for publication in latest})
    host = urlsplit(settings.SITE_URL).hostname
    return [
        Entry(
            key=f"tag:{host},2026:{publication.regional_article.article.uuid}/{region.slug}/{publication.sequence}",
            title=whole[publication.regional_article_id].title,
            path=whole[publication.regional_article_id].url,
            happened=_happened(publication),
            note=_note(publication),
            at=publication.published_at,
        )
        for publication in latest
        if publication.regional_article_id in whole
    ]


def last_change() -> date | None:
    """The day on which something was published last."""
    live = Publication.objects.filter(regional_article__state=PageState.LIVE, ended_at__isnull=True)
    found: date | None = live.aggregate(day=Max(F("published_on")))["day"]
    return found


def _happened(publication: Publication) -> str:
    if hasattr(publication, "correction"):
        return "Corrected"
    if publication.assignment_id:
        return "Reviewed again"
    return "Published" if publication.sequence == 1 else "Changed"


def _note(publication: Publication) -> str:
    if not hasattr(publication, "correction"):
        return publication.change_note.text
    return f"{publication.change_note.text} What was wrong: {publication.correction.text}"


def _in_each_region(places: Places) -> Iterator[Address]:
    """An address for each region that has the page, each naming all of them."""
    languages = {region.lang: path for region, (path, _) in places.items()} if len(places) > 1 else {}
    yield from (Address(path, day, languages) for path, day in places.values())


def _today(region: Region) -> date:
    return region.day(timezone.now())
