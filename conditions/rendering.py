"""Article pages as HTML: plain facts in, text out; no database is read here.

Addresses, that of the stylesheet too, are written out as the contract gives them: what is stored must stay right.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from conditions import structured_data
from conditions.article_facts import CorrectionFact, DeferralFact, ReadersFact, VersionFact
from conditions.content import citations, markup, medicines, pictures, references
from conditions.content.evidence import Evidence, evidence
from conditions.content.freshness import Freshness
from conditions.content.pictures import Address, public_address
from conditions.content.retractions import Standing
from conditions.content.subset import CitationLinks
from conditions.medicine_tables import ShownMedicine, shown_medicines
from organisations.facts import OrganisationFact, safe_address
from organisations.regions import Region

OWN_ANCHOR = re.compile(r"page-|ref-|cite-")


@dataclass(frozen=True)
class SignatureFact:
    """One signature as the record keeps it; `registration` like "GMC 0000001", `scope` and `interests` in words.

    `reviewer_url` is the path of the signer's page, where it is linked.
    """

    printed_name: str
    post_nominals: str
    role_title: str
    registration: str
    register_url: str
    signed_on: date
    scope: str
    interests: str
    reviewer_url: str = ""

    @property
    def safe_register_url(self) -> str:
        """The register's page, or nothing if its address is not one that a page may carry."""
        return safe_address(self.register_url)


@dataclass(frozen=True)
class ArticlePage:
    """All that an article page shows: signed content, facts of the record, and organisations in the order shown.

    `notice` is a Notice value; `other_region_url` the path of the same article in the other region if readers get it
    there; `preview` a sentence shown on top, on the desk only. A day is None only in the preview of a text without it.
    `pages` says where links between pages lead, by what is typed; of one that it does not name readers get the words.
    `sources` is what is known of the works cited, by key. `corrections` come newest first, earlier versions’ too.
    `picture_address` says where the file of a picture is.
    """

    region: Region
    slug: str
    content: Mapping[str, Any]
    digest: str
    version: int
    change_note: str
    signatures: tuple[SignatureFact, ...]
    organisations: tuple[OrganisationFact, ...]
    first_published_on: date | None
    last_changed_on: date | None
    last_reviewed_on: date | None
    next_review_due_on: date | None
    notice: str
    other_region_url: str | None
    preview: str = ""
    readers: ReadersFact | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Standing] = field(default_factory=dict)
    freshness: Freshness | None = None
    corrections: tuple[CorrectionFact, ...] = ()
    deferral: DeferralFact | None = None
    picture_address: Address = public_address


@dataclass(frozen=True)
class ShownSection:
    """A section as HTML, where it is and what it rests on; the first on medicines ends with their tables."""

    anchor: str
    heading: str
    body: SafeString
    evidence: Evidence | None
    medicines: tuple[ShownMedicine, ...] = ()


@dataclass(frozen=True)
class ShownReference:
    """A line of the reference list, with the ids of the places that cite it."""

    number: int
    anchor: str
    line: references.Line
    places: list[str]
    standing: Standing | None


def article_path(region: Region, slug: str) -> str:
    """The article's address on this site, such as /uk/conditions/als/."""
    return f"/{region.slug}/conditions/{slug}/"


def version_path(region: Region, slug: str, number: int) -> str:
    """The address of a version for good, such as /uk/conditions/als/v2/."""
    return f"{article_path(region, slug)}v{number}/"


def team_path(region: Region) -> str:
    """The address of the medical team on this site, such as /uk/medical-team/."""
    return f"/{region.slug}/medical-team/"


def reviewer_path(region: Region, slug: str) -> str:
    """A reviewer's address on this site, such as /uk/medical-team/ada-example/."""
    return f"{team_path(region)}{slug}/"


def digest_code(digest: str) -> str:
    """The first twelve signs of a digest in fours, short enough to compare by eye."""
    return " ".join(digest[start : start + 4] for start in (0, 4, 8))


def article_html(page: ArticlePage) -> str:
    """The whole page as HTML. Raises UnusableText for content above the size limits."""
    return next(article_htmls(page, [page.notice]))


def article_htmls(page: ArticlePage, notices: Iterable[str]) -> Iterator[str]:
    """The whole page under each notice; its text is made safe once for all of them."""
    context = _context(page)
    for notice in notices:
        yield render_to_string("conditions/article.html", {**context, "page": replace(page, notice=notice)})


def version_html(page: ArticlePage, version: VersionFact) -> str:
    """One version of the page, under a banner that says which it is and which one readers see now."""
    own_url = version_path(page.region, page.slug, version.number)
    later = [each for each in page.corrections if each.version > version.number]
    context = {**_context(page), "version": version, "version_url": own_url, "later_corrections": later}
    return render_to_string("conditions/version.html", context)


def _context(page: ArticlePage) -> dict[str, Any]:
    content = page.content
    figures = pictures.figures(content, page.picture_address)
    links = CitationLinks(citations.numbering(content), pages=page.pages, marks=marks(page), figures=figures)
    sections = shown_sections(content, links, evidence_of(page))
    own_url = article_path(page.region, page.slug)
    return {
        "page": page,
        "region": page.region,
        "content": content,
        "own_url": own_url,
        "history_url": f"{own_url}history/",
        "alternates": list(alternates(page)),
        "urgent_care": {level: trusted(text) for level, text in content["urgent_care"].items()},
        "sections": sections,
        "references": shown_references(content, links, page.sources),
        "disclaimer": trusted(content["disclaimer"]),
        "digest_code": digest_code(page.digest),
        "structured_data": "" if page.preview else structured_data.script_of(described(page)),
        "feedback_url": f"/{page.region.slug}/feedback/?page={page.slug}",
    }


def described(page: ArticlePage) -> structured_data.Described:
    """The page as machines are told of it."""
    url = article_path(page.region, page.slug)
    return structured_data.Described(
        url=url,
        region=page.region,
        content=page.content,
        version=page.version,
        signers=[
            structured_data.Signer(
                each.printed_name, each.post_nominals, each.role_title, each.registration, each.reviewer_url
            )
            for each in page.signatures
        ],
        published_on=page.first_published_on,
        changed_on=page.last_changed_on,
        reviewed_on=page.last_reviewed_on,
        anchors=[f"{url}#{section_anchor(section['key'])}" for section in page.content["sections"]],
        corrections=[(each.text, each.fixed_on) for each in page.corrections],
    )


def trusted(text: str, links: CitationLinks | None = None) -> SafeString:
    """The text as HTML that the renderer of the subset has made safe."""
    return mark_safe(markup.render(text, links))  # noqa: S308


def shown_sections(
    content: Mapping[str, Any], links: CitationLinks, rests_on: Mapping[str, Evidence | None] = MappingProxyType({})
) -> list[ShownSection]:
    """The sections in order, each with what it rests on (by key), and in the first on medicines their tables."""
    place = medicines.place(content)
    return [
        shown_section(section, links, rests_on.get(section["key"]), content if at == place else None)
        for at, section in enumerate(content["sections"])
    ]


def section_anchor(key: str) -> str:
    """The id of a section on its page: its key, unless the page itself uses such ids."""
    return f"section-{key}" if OWN_ANCHOR.match(key) else key


def shown_section(
    section: Mapping[str, str],
    links: CitationLinks,
    rests_on: Evidence | None = None,
    medicines_of: Mapping[str, Any] | None = None,
) -> ShownSection:
    """The section with its place on the page."""
    anchor = section_anchor(section["key"])
    tables = shown_medicines(medicines_of, links) if medicines_of else ()
    return ShownSection(anchor, section["heading"], trusted(section["body"], links), rests_on, tables)


def marks(page: ArticlePage) -> dict[str, str]:
    """The words beside citations of works that were retracted, or are under a concern."""
    return {key: standing.mark for key, standing in page.sources.items() if standing.mark}


def evidence_of(page: ArticlePage) -> dict[str, Evidence | None]:
    """What each section rests on, by key; retracted works do not count."""
    works = {citation["key"]: citation["description"] for citation in page.content["citations"]}
    retracted = [key for key, each in page.sources.items() if each.is_retracted]
    return {section["key"]: evidence(section["body"], works, retracted) for section in page.content["sections"]}


def shown_references(
    content: Mapping[str, Any], links: CitationLinks, sources: Mapping[str, Standing] = MappingProxyType({})
) -> list[ShownReference]:
    """The references by number; ask after the sections were rendered, so that every place is known."""
    lines = {citation["key"]: reference_line(citation["description"]) for citation in content["citations"]}
    return [
        ShownReference(number, links.reference_id(key), lines[key], links.back_links(key), sources.get(key))
        for key, number in links.numbers.items()
    ]


def reference_line(description: Mapping[str, Any]) -> references.Line:
    """The line of a reference in the style of the site; the style is not part of what is signed."""
    return references.reference_line(description, settings.REFERENCE_STYLE)


def alternates(page: ArticlePage) -> Iterator[tuple[str, str]]:
    """Language and path of each region's page, and the one for readers of neither; both pages name the same three."""
    paths = {page.region: article_path(page.region, page.slug)}
    if page.other_region_url:
        paths[page.region.other] = page.other_region_url
    yield from ((region.lang, paths[region]) for region in Region if region in paths)
    yield "x-default", paths.get(Region.GB, paths[page.region])
