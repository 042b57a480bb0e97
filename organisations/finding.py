"""Find organisations: by nation or state, condition, kind of help, way of contact and name, in three queries at most.

What a reader asks for is an address; whatever in it means nothing is left out, so no address is an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, QuerySet, Subquery, Value, When
from django.utils import timezone

from organisations.areas import AREAS, NATIONS, STATES
from organisations.mentioning import mentions_on
from organisations.models import Shown
from organisations.naming import Named, named
from organisations.regions import Region
from organisations.vocabulary import ServiceKind

PAGE_SIZE, FILE_SIZE = 25, 1_000  # of a page: so many full cards weigh 15 KB, all that a reader is to load
MOST_PAGES = 1_000
LONGEST_NAME = 100
WITHOUT_SPEAKING = "without-speaking"


@dataclass(frozen=True)
class Search:
    """What a reader looks for; "" is anything. `area` is an ISO 3166-2 code, `condition` a slug, `page` from 1.

    `size` is how many a page has; no address says it.
    """

    region: Region
    area: str = ""
    condition: str = ""
    service: str = ""
    contact: str = ""
    name: str = ""
    page: int = 1
    size: int = PAGE_SIZE

    def query(self, **other: str) -> str:
        """The query string of this search with other words in it, "" for the whole region."""
        asked = {
            "area": self.area,
            "condition": self.condition,
            "service": self.service,
            "contact": self.contact,
            "q": self.name,
            "page": "" if self.page == 1 else str(self.page),
        }
        words = {name: word for name, word in (asked | other).items() if word}
        return f"?{urlencode(words)}" if words else ""

    @property
    def place(self) -> str:
        """“Scotland”, or “the UK”."""
        return AREAS[self.area] if self.area else f"the {self.region.label}"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the place is asked for."""
        return bool(self.condition or self.service or self.contact or self.name)


@dataclass(frozen=True)
class Found:
    """A page of what was found, and how much there is on all.

    `conditions` are slug and title of what the region's pages are about. Where nothing was found, `nearby` are the
    bodies that help everybody in the region, unless the name alone would find something. `is_cut`: more have the name
    than were looked at.
    """

    search: Search
    rows: list[Shown]
    total: int
    conditions: dict[str, str]
    nearby: list[Shown]
    is_cut: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.search.size))


def areas_of(region: Region) -> dict[str, str]:
    """The nations or states of a region by their codes, A to Z."""
    places = NATIONS if region is Region.GB else STATES
    return dict(sorted(places.items(), key=lambda place: place[1]))


def search_of(region: Region, asked: Mapping[str, Any]) -> Search:
    """The search that an address asks for; a condition is looked up by `find`."""
    page = str(asked.get("page", ""))
    return Search(
        region=region,
        area=_one_of(areas_of(region), asked.get("area")),
        condition=str(asked.get("condition", ""))[:LONGEST_NAME],
        service=_one_of(ServiceKind.values, asked.get("service")),
        contact=_one_of((WITHOUT_SPEAKING,), asked.get("contact")),
        name=" ".join(str(asked.get("q", "")).replace("\x00", "").split())[:LONGEST_NAME],
        page=min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
    )


def find(search: Search) -> Found:
    """A page of what a search finds, local bodies before national ones where a place is named, then A to Z."""
    conditions = _conditions(search.region)
    if search.condition not in conditions:
        search = replace(search, condition="")
    keys, is_cut = named(search.name, search.region) if search.name else Named([])
    matching = narrowed(search, keys)
    rows = _page(matching, search)
    if not rows and search.page > 1:
        search = replace(search, page=1)
        rows = _page(matching, search)
    total: int = rows[0].total if rows else 0  # type: ignore[attr-defined]
    nearby = [] if rows or keys else list(whole_region(search.region)[:PAGE_SIZE])
    return Found(search, rows, total, conditions, nearby, is_cut)


def narrowed(search: Search, keys: list[int]) -> QuerySet[Shown]:
    """What a search finds, in order; `keys` are the bodies with its name, where it has one."""
    rows = _named(search.region, keys) if search.name else _in(search.region)
    if search.area:
        rows = rows.filter(areas__contains=f",{search.area},") | rows.filter(areas__contains=f",{search.region.value},")
    if search.condition:
        listed = mentions_on(_today(search.region)).filter(region=search.region, condition=search.condition)
        rows = rows.filter(organisation__in=listed.values("organisation"))
    if search.service:
        rows = rows.filter(services__contains=f",{search.service},")
    if search.contact:
        rows = rows.filter(answers_without_a_voice=True)
    return _in_order(rows, search)


def whole_region(region: Region) -> QuerySet[Shown]:
    """The bodies that help everybody in a region, A to Z."""
    return _in(region).filter(areas__contains=f",{region.value},").select_related("organisation")


def _in_order(rows: QuerySet[Shown], search: Search) -> QuerySet[Shown]:
    """Bodies of the place that is named before national ones, or these first where none is; then A to Z.

    Those that ended come after all others; only a search by name finds them.
    """
    last = ["-is_active"] if search.name else []
    first = search.area or search.region.value
    rank = Case(When(areas__contains=f",{first},", then=0), default=1, output_field=IntegerField())
    return rows.order_by(*last, rank, "order", "pk")


def _in(region: Region) -> QuerySet[Shown]:
    """The bodies that help somewhere in a region."""
    return Shown.objects.filter(is_active=True, areas__contains=f",{region.value}")


def _named(region: Region, keys: list[int]) -> QuerySet[Shown]:
    """The bodies of a region that have a name, also those that ended: they say who goes on with their work."""
    return Shown.objects.filter(pk__in=keys, areas__contains=f",{region.value}")


def _page(rows: QuerySet[Shown], search: Search) -> list[Shown]:
    """One page, with how many there are on all pages, in one query."""
    count = rows.order_by().values(one=Value(1)).annotate(total=Count("*")).values("total")
    start = (search.page - 1) * search.size
    keys = rows.values("pk")[start : start + search.size]  # sorted before anything is fetched: cards are long
    page = _in_order(Shown.objects.filter(pk__in=keys), search)
    page = page.select_related("organisation__successor__shown__organisation")
    return list(page.annotate(total=Subquery(count)))


def _conditions(region: Region) -> dict[str, str]:
    """What the region's pages are about: slug and signed title, A to Z."""
    rows = mentions_on(_today(region)).filter(region=region).order_by("title")
    return dict(rows.values_list("condition", "title").distinct())


def _today(region: Region) -> date:
    return region.day(timezone.now())


def _one_of(known: Any, word: Any) -> str:
    return word if word in known else ""
