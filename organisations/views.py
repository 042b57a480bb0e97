"""The finder of organisations, and the page of each."""

import csv
import json
from dataclasses import asdict, dataclass, replace
from io import StringIO
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from alsinfo import surrogates
from alsinfo.answers import cacheable, keyed, public
from alsinfo.cells import harmless
from alsinfo.imaging import WEBP, digest_of
from alsinfo.json_ld import as_script, collection
from organisations.areas import covers
from organisations.dates import is_overdue
from organisations.facts import OrganisationFact, fact_of, organisation_path
from organisations.finding import FILE_SIZE, WITHOUT_SPEAKING, Found, Search, areas_of, find, search_of
from organisations.mentioning import mentions_on
from organisations.models import Mention, Shown
from organisations.regions import Region, region_of
from organisations.structured_data import document
from organisations.vocabulary import ServiceKind

YEAR = 365 * 24 * 60 * 60  # seconds
COLUMNS = (
    "Name",
    "Kind",
    "What it does",
    "Covers",
    "Telephone",
    "Without speaking",
    "Website",
    "Checked on",
    "Address",
    "Closed or merged",
)


@dataclass(frozen=True)
class Card:
    """An organisation on the list; `successor` is who goes on with the work of one that ended, if readers see it."""

    organisation: OrganisationFact
    is_overdue: bool
    successor: Shown | None


@dataclass(frozen=True)
class Way:
    """A link that widens a search which found nothing."""

    words: str
    query: str


@public
def finder(request: HttpRequest, region_slug: str) -> HttpResponse:
    """Organisations by nation or state, condition, kind of help, way of contact and name; as JSON and CSV, too."""
    region = region_of(region_slug)
    search, form = search_of(region, request.GET), request.GET.get("format", "")
    if form == "csv":
        return _csv(request, find(replace(search, size=FILE_SIZE)))
    return (_json if form == "json" else _page)(request, find(search))


@public
def organisation(request: HttpRequest, region_slug: str, slug: str) -> HttpResponse:
    """One organisation, as it was approved."""
    region = region_of(region_slug)
    bodies = Shown.objects.select_related("organisation__successor__shown__organisation")
    shown = bodies.filter(organisation__slug=slug).first()
    coverage: list[str] = json.loads(shown.card)["coverage"] if shown else []
    if shown is None or not covers(coverage, region):
        raise Http404
    fact = fact_of(shown, region)
    context = {
        "region": region,
        "organisation": fact,
        "is_overdue": _is_overdue(fact, region),
        "own_url": organisation_path(region, slug),
        "other_url": organisation_path(region.other, slug) if covers(coverage, region.other) else "",
        "structured_data": as_script(document(fact, coverage, region)),
        "mentions": _mentions(shown, region),
        "successor": _successor(shown, fact, region),
    }
    html = render_to_string("organisations/organisation.html", context)
    return cacheable(request, html, headers=keyed(surrogates.organisation(slug)))


def _mentions(shown: Shown, region: Region) -> QuerySet[Mention]:
    """The pages of the region that list it."""
    found = mentions_on(region.day(timezone.now()))
    return found.filter(organisation=shown.organisation_id, region=region).order_by("title")


@public
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """A logo, while an approved entry shows it; caches keep it for good, since its bytes are in its address."""
    shown = Shown.objects.filter(logo=digest).select_related("logo", "organisation").first()
    if shown is None or shown.logo is None or digest_of(bytes(shown.logo.body)) != digest:
        raise Http404
    headers = keyed(surrogates.organisation(shown.organisation.slug))
    response = cacheable(request, bytes(shown.logo.body), digest, content_type=WEBP, headers=headers)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def _page(request: HttpRequest, found: Found) -> HttpResponse:
    search = found.search
    region = search.region
    cards, own_url = _cards(found.rows, region), f"/{region.slug}/organisations/"
    listed = [(card.organisation.name, organisation_path(region, card.organisation.slug)) for card in cards]
    context = {
        "region": region,
        "search": search,
        "found": found,
        "cards": cards,
        "nearby": _cards(found.nearby, region),
        "areas": areas_of(region),
        "services": ServiceKind.choices,
        "without_speaking": WITHOUT_SPEAKING,
        "own_url": own_url,
        "other_url": f"/{region.other.slug}/organisations/",
        "narrowed_to": _narrowed_to(found),
        "wider": _wider(search) if not found.rows else [],
        "nation_links": _nation_links(search) if region is Region.GB else [],
        "earlier": replace(search, page=search.page - 1).query() if search.page > 1 else None,
        "later": replace(search, page=search.page + 1).query() if search.page < found.pages else None,
        "structured_data": as_script(collection(own_url, "Find support", region.lang, listed)),
        "formats": {"csv": search.query(format="csv", page=""), "json": search.query(format="json")},
        "first_in_file": FILE_SIZE if found.total > FILE_SIZE else 0,
    }
    return cacheable(request, render_to_string("organisations/finder.html", context), headers=_lists(region))


def _lists(region: Region) -> dict[str, str]:
    return keyed(surrogates.lists(region.slug))


def _nation_links(search: Search) -> list[tuple[str, str, bool]]:
    """Name, query and whether it is chosen, for the whole region and each nation."""
    places = {"": "All of the UK", **areas_of(search.region)}
    chosen = replace(search, page=1)
    return [(name, replace(chosen, area=code).query(), code == search.area) for code, name in places.items()]


def _narrowed_to(found: Found) -> list[str]:
    """What the list is narrowed to, in words."""
    search = found.search
    words = [
        f"names like “{search.name}”" if search.name else "",
        f"listed for {found.conditions[search.condition]}" if search.condition else "",
        ServiceKind(search.service).label.lower() if search.service else "",
        "reached without speaking" if search.contact else "",
    ]
    return [word for word in words if word]


def _wider(search: Search) -> list[Way]:
    """Ways on from a search that found nothing, the nearest first."""
    whole = f"the {search.region.label}"
    start = replace(search, page=1)
    ways = []
    if search.area and search.is_narrowed:
        ways.append(Way(f"The same in all of {whole}", replace(start, area="").query()))
        anything = replace(start, condition="", service="", contact="", name="")
        ways.append(Way(f"Every kind of help in {search.place}", anything.query()))
    if search.name and (search.area or search.condition or search.service or search.contact):
        ways.append(Way(f"“{search.name}” anywhere in {whole}", Search(search.region, name=search.name).query()))
    return [*ways, Way(f"All organisations in {whole}", "")]


def _json(request: HttpRequest, found: Found) -> HttpResponse:
    search = found.search
    results = [{**asdict(fact), "url": _address(fact, search.region)} for fact in _facts(found.rows, search.region)]
    later = _later(found, "json")
    answer = {"count": found.total, "page": search.page, "pages": found.pages, "next": later, "results": results}
    text = json.dumps(answer, default=str, ensure_ascii=False)
    headers = {**_lists(search.region), **_link(later)}
    return cacheable(request, text, content_type="application/json", headers=headers)


def _csv(request: HttpRequest, found: Found) -> HttpResponse:
    """So many rows that few searches need a second file; the name of one that is cut says of how many it is which."""
    file = StringIO("\ufeff", newline="")  # without the mark Excel reads another encoding
    file.seek(0, 2)
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    rows.writerows([harmless(cell) for cell in _cells(fact, found)] for fact in _facts(found.rows, found.search.region))
    region, later = found.search.region, _later(found, "csv")
    part = f"-{found.search.page}-of-{found.pages}" if found.pages > 1 else ""
    name = f"organisations-{region.slug}{part}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **_lists(region), **_link(later)}
    return cacheable(request, file.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _later(found: Found, form: str) -> str | None:
    """The address of what follows in the same form, None at the end."""
    search = found.search
    if search.page >= found.pages:
        return None
    query = replace(search, page=search.page + 1).query(format=form)
    return f"{settings.SITE_URL}/{search.region.slug}/organisations/{query}"


def _link(later: str | None) -> dict[str, str]:
    return {"Link": f'<{later}>; rel="next"'} if later else {}


def _cells(fact: OrganisationFact, found: Found) -> tuple[Any, ...]:
    ways: dict[str, list[str]] = {"telephone": [], "website": [], "other": []}
    for contact in fact.ways:
        ways.get(contact.kind, ways["other"]).append(contact.value)
    written = ("; ".join(ways[name]) for name in ("telephone", "other", "website"))
    address = _address(fact, found.search.region)
    return (fact.name, fact.kind, fact.what, fact.covers, *written, fact.checked_on or "never", address, fact.ended)


def _facts(rows: list[Shown], region: Region) -> list[OrganisationFact]:
    return [fact_of(shown, region) for shown in rows]


def _address(fact: OrganisationFact, region: Region) -> str:
    return f"{settings.SITE_URL}{organisation_path(region, fact.slug)}"


def _is_overdue(fact: OrganisationFact, region: Region) -> bool:
    return fact.checked_on is not None and is_overdue(fact.checked_on, region.day(timezone.now()))


def _cards(rows: list[Shown], region: Region) -> list[Card]:
    facts = zip(rows, _facts(rows, region), strict=True)
    return [Card(fact, _is_overdue(fact, region), _successor(shown, fact, region)) for shown, fact in facts]


def _successor(shown: Shown, fact: OrganisationFact, region: Region) -> Shown | None:
    """Who goes on with its work, as was approved, if readers of the region see it."""
    body = shown.organisation.successor
    seen: Shown | None = getattr(body, "shown", None)
    if body is None or seen is None or not fact.successor or str(body.uuid) != fact.successor["uuid"]:
        return None
    return seen if f",{region.value}" in seen.areas else None
