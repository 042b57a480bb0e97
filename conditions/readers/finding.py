"""What a search finds for readers of a region: pages, sections, organisations, reviewers, in this order.

The index says only where to look: every word that is shown comes from a text whose signatures were checked on this
very read, an approved entry, or a reviewer's page.
"""

from dataclasses import dataclass

from django.utils import timezone

from conditions.content.excerpts import Excerpt, excerpt
from conditions.content.markup import visible_text
from conditions.content.passages import OUTLOOK
from conditions.readers.team import Member, members, published_signatures
from conditions.readers.whole import WholePage, whole_pages
from conditions.rendering import section_anchor
from conditions.search.names import Hit, names_like, pages_named
from conditions.search.people import reviewers_named
from conditions.search.query import Query
from conditions.search.sections import Found, sections_with
from organisations.facts import OrganisationFact, fact_of
from organisations.models import Shown
from organisations.naming import meant
from organisations.regions import Region

MOST_SECTIONS, MOST_ORGANISATIONS, MOST_SUGGESTED = 10, 5, 8


@dataclass(frozen=True)
class FoundPage:
    """A page found by its name; `names` are the others it is looked up as."""

    title: str
    url: str
    summary: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class FoundSection:
    """A section with one sentence of it; without one where it tells how long people live."""

    heading: str
    url: str
    page_title: str
    excerpt: Excerpt


@dataclass(frozen=True)
class Results:
    """What was found; `meant` is a signed name where a word was misspelt, `like` names to try where nothing was."""

    pages: list[FoundPage]
    sections: list[FoundSection]
    organisations: list[OrganisationFact]
    reviewers: list[Member]
    meant: str = ""
    like: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many things were found."""
        return len(self.pages) + len(self.sections) + len(self.organisations) + len(self.reviewers)


@dataclass(frozen=True)
class Suggestion:
    """A name that what was typed may become, and the page that has it."""

    name: str
    title: str
    url: str


def find(query: Query, region: Region) -> Results:
    """All that the words of a query lead to."""
    if not query.words:
        return Results([], [], [], [])
    named = pages_named(query, region)
    sections = sections_with(query, region, named)
    whole = whole_pages(region, {hit.page for hit in named} | {found.page for found in sections})
    results = Results(
        pages=[_page(whole[hit.page]) for hit in named if hit.page in whole],
        sections=_sections(sections, whole, query),
        organisations=_organisations(query, region),
        reviewers=_reviewers(query, region),
        meant=next((_meant(hit) for hit in named if hit.page in whole), ""),
    )
    return results if results.count else Results([], [], [], [], like=_like(query, region))


def suggest(query: Query, region: Region) -> list[Suggestion]:
    """Names that begin like what was typed, or are close to it, each with its page."""
    named = pages_named(query, region)
    whole = whole_pages(region, [hit.page for hit in named])
    found = []
    for hit in named:
        if hit.page in whole:
            page = whole[hit.page]
            name = hit.name.text if hit.name.text in (page.title, *page.content["names"]) else page.title
            found.append(Suggestion(name, page.title, page.url))
    return found[:MOST_SUGGESTED]


def _page(page: WholePage) -> FoundPage:
    return FoundPage(page.title, page.url, page.content["summary"], tuple(page.content["names"]))


def _sections(found: list[Found], whole: dict[int, WholePage], query: Query) -> list[FoundSection]:
    shown = []
    for each in found[: 2 * MOST_SECTIONS]:
        page = whole.get(each.page)
        sections = page.content["sections"] if page else []
        section = next((section for section in sections if section["key"] == each.key), None)
        if page and section:
            url = f"{page.url}#{section_anchor(each.key)}"
            shown.append(FoundSection(section["heading"], url, page.title, _excerpt(section, query)))
    return shown[:MOST_SECTIONS]


def _excerpt(section: dict[str, str], query: Query) -> Excerpt:
    return () if section["kind"] == OUTLOOK else excerpt(visible_text(section["body"]), query.stems)


def _organisations(query: Query, region: Region) -> list[OrganisationFact]:
    keys = meant(" ".join(query.words), region, MOST_ORGANISATIONS)
    rows = Shown.objects.filter(pk__in=keys, is_active=True).select_related("organisation") if keys else ()
    return [fact_of(shown, region) for shown in sorted(rows, key=lambda shown: keys.index(shown.pk))]


def _reviewers(query: Query, region: Region) -> list[Member]:
    slugs = reviewers_named(query)
    if not slugs:
        return []
    signers = published_signatures(region).filter(reviewer__slug__in=slugs).values_list("reviewer", flat=True)
    today = region.day(timezone.now())
    return [member for slug in slugs for member in members(region, signers, today, slug)]


def _meant(hit: Hit) -> str:
    return hit.name.text if hit.is_close and hit.name.is_signed else ""


def _like(query: Query, region: Region) -> tuple[str, ...]:
    names = names_like(query, region)
    whole = whole_pages(region, [name.page for name in names])
    shown = (name.text for name in names if name.page in whole and _has(whole[name.page], name.text))
    return tuple(shown)


def _has(page: WholePage, name: str) -> bool:
    return name in (page.title, *page.content["names"])
