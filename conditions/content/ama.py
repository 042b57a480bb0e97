"""AMA style, after the rules of the AMA Manual of Style (11th edition), without its italics."""

from conditions.content import pagination
from conditions.content.line import Line, joined, sentences, stopped
from conditions.content.names import Naming
from conditions.content.works import (
    Work,
    address_of,
    date_parts,
    doi_of,
    edition,
    is_forthcoming,
    journal,
    kind_of,
    link,
    nct_of,
    pmid_of,
    text_of,
    year,
)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
NAMING = Naming(
    all_up_to=6,
    else_first=3,
    initials=4,
    suffixes={"2nd": "II", "3rd": "III", "4th": "IV"},
    editor="ed",
    editors="eds",
    stop="",
)


def line(csl: Work) -> Line:
    """The parts of the line for a work of any kind."""
    kind = "webpage" if text_of(csl, "type") in ("webpage", "post-weblog") else kind_of(csl)
    write = {"trial": _trial, "article": _article, "chapter": _chapter, "webpage": _page}.get(kind, _publication)
    return write(csl)


def _article(csl: Work) -> Line:
    return Line(
        authors=stopped(NAMING.makers(csl)),
        title=stopped(text_of(csl, "title")),
        container=stopped(journal(csl)),
        rest=sentences((stopped(_issue(csl)), _found_at(csl))),
        url=link(csl),
    )


def _chapter(csl: Work) -> Line:
    book = sentences((stopped(NAMING.edited_by(csl)), stopped(text_of(csl, "container-title"))))
    published, pages = _published(csl), pagination.full(text_of(csl, "page"))
    return Line(
        authors=stopped(NAMING.line(NAMING.people(csl, "author"))),
        title=stopped(text_of(csl, "title")),
        container=f"In: {book}" if book else "",
        rest=sentences((*_volume(csl), stopped(joined(":", published, pages)), _found_at(csl))),
        url=link(csl),
    )


def _publication(csl: Work) -> Line:
    """A book, a guideline, a report, a thesis."""
    editors = NAMING.edited_by(csl) if NAMING.people(csl, "author") else ""
    kind = "Dissertation." if text_of(csl, "type") == "thesis" else ""
    return Line(
        authors=stopped(NAMING.makers(csl)),
        title=stopped(text_of(csl, "title")),
        container="",
        rest=sentences((stopped(editors), *_volume(csl), kind, stopped(_published(csl)), _number(csl), _found_at(csl))),
        url=link(csl),
    )


def _page(csl: Work) -> Line:
    site = text_of(csl, "container-title") or text_of(csl, "publisher")
    return Line(
        authors=stopped(NAMING.makers(csl)),
        title=stopped(text_of(csl, "title")),
        container="" if site in NAMING.people(csl, "author") else stopped(site),
        rest=sentences((stopped(date_of(csl, "issued")), _found_at(csl))),
        url=link(csl),
    )


def _trial(csl: Work) -> Line:
    day = date_of(csl, "issued")
    return Line(
        authors="",
        title=stopped(text_of(csl, "title")),
        container="",
        rest=sentences(
            (f"ClinicalTrials.gov identifier: {nct_of(csl)}.", f"Posted {day}." if day else "", _found_at(csl))
        ),
        url=link(csl),
    )


def _issue(csl: Work) -> str:
    """Where in a journal: "2017;377(2):162-172", "In press", or the day a work without a volume came out."""
    if is_forthcoming(csl):
        return "In press"
    issue, volume = text_of(csl, "issue"), text_of(csl, "volume")
    pages = pagination.full(text_of(csl, "page")) or text_of(csl, "number")
    if not (issue or volume or pages):
        day = date_of(csl, "issued") if len(date_parts(csl, "issued")) > 1 else ""
        return f"Published online {day}" if day else year(csl)
    number, suppl, which = issue.partition("Suppl")
    for part in (number.strip(), suppl.lower() + which):
        volume += f"({part})" if part else ""
    return joined(";", year(csl), f"{volume}:{pages}" if pages else volume)


def _volume(csl: Work) -> tuple[str, ...]:
    volume = text_of(csl, "volume")
    return f"Vol {volume}." if volume else "", stopped(edition(csl))


def _published(csl: Work) -> str:
    """By whom and when, without a place: "Mosby; 2002"."""
    return joined("; ", text_of(csl, "publisher"), "In press" if is_forthcoming(csl) else year(csl))


def _number(csl: Work) -> str:
    number = text_of(csl, "number")
    return f"{text_of(csl, 'genre') or 'Report No.'} {number}." if number else ""


def _found_at(csl: Work) -> str:
    """The DOI, else the day the work was seen and its address; neither ends with a full stop."""
    if doi := doi_of(csl):
        return f"doi:{doi}"
    seen, address = date_of(csl, "accessed"), address_of(csl)
    if address:
        return joined(" ", f"Accessed {seen}." if seen else "", address)
    return f"PMID: {pmid}." if (pmid := pmid_of(csl)) else ""


def date_of(csl: Work, name: str) -> str:
    """A date as "January 3, 2024", as far as it is known."""
    parts = date_parts(csl, name)
    if len(parts) < 2 or not 1 <= parts[1] <= len(MONTHS):
        return "".join(str(part) for part in parts[:1])
    day = f"{MONTHS[parts[1] - 1]} {parts[2]}," if len(parts) > 2 else MONTHS[parts[1] - 1]
    return f"{day} {parts[0]}"
