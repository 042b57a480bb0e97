"""Where works are cited and texts stand: in what readers get now, and in editions that are being written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conditions.content.citations import cited_keys, uses
from conditions.content.library import could_be_one
from conditions.models import Citation, Edition, Publication, Reference, Section
from conditions.vocabulary import EditionState
from organisations.regions import Region

BEFORE, AFTER = 60, 120  # characters of an excerpt


@dataclass(frozen=True)
class Passage:
    """A section that cites or says something; `edition` for text being written, else `version` is live.

    `regions` are those whose readers get it or would get it; `anchor` is the section's key.
    """

    article: str
    regions: tuple[Region, ...]
    heading: str
    anchor: str
    excerpt: str
    edition: Edition | None = None
    publication: Publication | None = None


def citing(reference: Reference) -> list[Passage]:
    """The sections that cite a work or one merged into it: live pages first."""
    family = list(reference.family)
    articles = Citation.objects.filter(reference__in=family).values("edition__article")
    live = _live().filter(regional_article__article__in=articles)
    found = [passage for page in live for passage in _live_passages(page, _cited_in(page, family))]
    rows = Citation.objects.filter(reference__in=family).exclude(edition__state=EditionState.CLOSED)
    keys: dict[int, set[str]] = {}
    for row in rows:
        keys.setdefault(row.edition_id, set()).add(row.key)
    for section in _open().filter(edition__in=keys):
        if cited := keys[section.edition_id] & set(cited_keys([section.body])):
            found.append(_open_passage(section, _around_citation(section.body, cited)))
    return found


def live_pages_citing(reference: Reference) -> list[Publication]:
    """The live publications whose text cites the work, each once."""
    return list(dict.fromkeys(each.publication for each in citing(reference) if each.publication))


def saying(words: str) -> list[Passage]:
    """The sections in which a text stands, whatever its case: live pages first."""
    wanted = words.casefold()
    found = [
        _live_passage(page, section, _around(section["body"], section["body"].casefold().find(wanted)))
        for page in _live()
        for section in page.revision.content["sections"]
        if wanted in f"{section['heading']}\n{section['body']}".casefold()
    ]
    for section in _open():
        if wanted in f"{section.heading}\n{section.body}".casefold():
            found.append(_open_passage(section, _around(section.body, section.body.casefold().find(wanted))))
    return found


def possible_duplicates(reference: Reference) -> list[Reference]:
    """Other works that share title and year with this one, for a person to look at."""
    others = Reference.objects.standing().exclude(pk=reference.pk).filter(year=reference.year)
    near = others.filter(title__istartswith=reference.title[:8]) if reference.title else others.none()
    return [other for other in near[:200] if could_be_one(reference.csl, other.csl)]


def _live() -> Any:
    pages = Publication.objects.filter(ended_at=None, regional_article__state="live")
    ordered = pages.order_by("regional_article__article__condition__name", "regional_article__region")
    return ordered.select_related("revision", "regional_article__article__condition")


def _open() -> Any:
    sections = Section.objects.exclude(edition__state=EditionState.CLOSED)
    return sections.select_related("edition__article__condition")


def _cited_in(page: Publication, family: Iterable[Reference]) -> set[str]:
    """The keys under which a live text cites one of the works, by the descriptions that were signed."""
    return {
        citation["key"]
        for citation in page.revision.content["citations"]
        if any(could_be_one(citation["description"], work.csl) for work in family)
    }


def _live_passages(page: Publication, keys: set[str]) -> Iterator[Passage]:
    for section in page.revision.content["sections"]:
        if cited := keys & set(cited_keys([section["body"]])):
            yield _live_passage(page, section, _around_citation(section["body"], cited))


def _live_passage(page: Publication, section: Mapping[str, str], excerpt: str) -> Passage:
    article = page.regional_article
    name = str(article.article.condition)
    return Passage(name, (Region(article.region),), section["heading"], section["key"], excerpt, publication=page)


def _open_passage(section: Section, excerpt: str) -> Passage:
    regions = (Region(section.region),) if section.region else tuple(section.edition.covered)
    name = str(section.edition.article.condition)
    return Passage(name, regions, section.heading, section.key, excerpt, edition=section.edition)


def _around_citation(body: str, keys: set[str]) -> str:
    first = next(use.key for use in uses(body) if use.key in keys)
    return _around(body, body.find(f"@{first}"))


def _around(text: str, at: int) -> str:
    """A passage of the text on one line, with an ellipsis where it was cut."""
    start, end = max(at - BEFORE, 0), max(at, 0) + AFTER
    cut = " ".join(text[start:end].split())
    return ("… " if start else "") + cut + (" …" if end < len(text) else "")
