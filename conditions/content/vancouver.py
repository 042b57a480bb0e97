"""Vancouver style, after the rules of the National Library of Medicine ("Citing Medicine")."""

from conditions.content import pagination
from conditions.content.identifiers import normal_pmcid
from conditions.content.line import Line, joined, sentences, stopped
from conditions.content.names import Naming
from conditions.content.works import (
    Work,
    address_of,
    date_parts,
    date_rows,
    doi_of,
    edition,
    is_forthcoming,
    is_on_the_web,
    journal,
    kind_of,
    link,
    nct_of,
    pmid_of,
    text_of,
    year,
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMING = Naming(
    all_up_to=6,
    else_first=6,
    initials=2,
    suffixes={"II": "2nd", "III": "3rd", "IV": "4th"},
    editor="editor",
    editors="editors",
    stop=".",
)
REGISTRY = "ClinicalTrials.gov [Internet]. Bethesda (MD): National Library of Medicine (US)."


def line(csl: Work) -> Line:
    """The parts of the line for a work of any kind."""
    write = {"trial": _trial, "article": _article, "chapter": _chapter}.get(kind_of(csl), _publication)
    return write(csl)


def _article(csl: Work) -> Line:
    medium = " [Internet]" if _was_seen_on_the_web(csl) else ""
    return Line(
        authors=stopped(NAMING.makers(csl)),
        title=stopped(text_of(csl, "title")),
        container=stopped(journal(csl) + medium),
        rest=sentences((stopped(_issue(csl)), _found_at(csl))),
        url=link(csl),
    )


def _chapter(csl: Work) -> Line:
    book = sentences((stopped(NAMING.edited_by(csl)), stopped(text_of(csl, "container-title"))))
    pages = pagination.short(text_of(csl, "page"))
    return Line(
        authors=stopped(NAMING.line(NAMING.people(csl, "author"))),
        title=stopped(text_of(csl, "title")),
        container=f"In: {book}" if book else "",
        rest=sentences((*_volume(csl), _published(csl), f"p. {pages}." if pages else "", _found_at(csl))),
        url=link(csl),
    )


def _publication(csl: Work) -> Line:
    """A book, a guideline, a report, a thesis, a web page."""
    medium = " [Internet]" if is_on_the_web(csl) else ""
    kind = " [dissertation]" if text_of(csl, "type") == "thesis" else ""
    editors = NAMING.edited_by(csl) if NAMING.people(csl, "author") else ""
    return Line(
        authors=stopped(NAMING.makers(csl)),
        title=stopped(text_of(csl, "title") + kind + medium),
        container="",
        rest=sentences((*_volume(csl), stopped(editors), _published(csl), _number(csl), _found_at(csl))),
        url=link(csl),
    )


def _trial(csl: Work) -> Line:
    named = joined(", ", f"Identifier {nct_of(csl)}", text_of(csl, "title").rstrip("."))
    dated = joined(" ", date_of(csl, "issued"), _cited(csl))
    return Line(
        authors="",
        title=REGISTRY,
        container="",
        rest=sentences((stopped(joined("; ", named, dated)), _found_at(csl))),
        url=link(csl),
    )


def _issue(csl: Work) -> str:
    """Where in a journal: "2017 Jul 13;377(2):162-72"; each part only if it is known."""
    if is_forthcoming(csl):
        return joined(" ", "Forthcoming", year(csl))
    issue, volume = text_of(csl, "issue"), text_of(csl, "volume")
    if issue.startswith("Suppl"):
        volume = joined(" ", volume, issue)
    elif issue:
        volume += f"({issue})"
    pages = pagination.short(text_of(csl, "page")) or text_of(csl, "number")
    located = f"{volume}:{pages}" if pages else volume
    seen = _cited(csl) if _was_seen_on_the_web(csl) else ""
    return joined(";", joined(" ", date_of(csl, "issued"), seen), located)


def _volume(csl: Work) -> tuple[str, ...]:
    volume = text_of(csl, "volume")
    return stopped(edition(csl)), f"Vol. {volume}." if volume else ""


def _published(csl: Work) -> str:
    """By whom and when: "London: NICE; 2016 [cited 2024 Jan 3]."; an author is not named again as the publisher."""
    place, publisher = text_of(csl, "publisher-place"), text_of(csl, "publisher") or _site(csl)
    if publisher in NAMING.people(csl, "author"):
        place = publisher = ""
    when = f"Forthcoming {year(csl)}".strip() if is_forthcoming(csl) else date_of(csl, "issued")
    issued = joined("; ", joined(": ", place, publisher), when)
    return stopped(joined(" ", issued, _cited(csl)))


def _site(csl: Work) -> str:
    return text_of(csl, "container-title") if kind_of(csl) == "publication" else ""


def _number(csl: Work) -> str:
    """The series of a guideline or the number of a report."""
    number, series = text_of(csl, "number"), text_of(csl, "genre")
    if not number:
        return ""
    return f"({series}; {number})." if series else f"Report No.: {number}."


def _found_at(csl: Work) -> str:
    """The DOI, else the number in PubMed, else the address, which ends the line without a full stop."""
    if doi := doi_of(csl):
        return f"doi: {doi}"
    if pmid := pmid_of(csl):
        pmcid = normal_pmcid(text_of(csl, "PMCID"))
        return f"PubMed PMID: {pmid}" + (f"; PubMed Central PMCID: {pmcid}." if pmcid else ".")
    return f"Available from: {address}" if (address := address_of(csl)) else ""


def _was_seen_on_the_web(csl: Work) -> bool:
    return is_on_the_web(csl) and not pmid_of(csl) and bool(date_parts(csl, "accessed"))


def _cited(csl: Work) -> str:
    return f"[cited {day}]" if is_on_the_web(csl) and (day := date_of(csl, "accessed")) else ""


def date_of(csl: Work, name: str) -> str:
    """A date as "2024 Jan 3", as far as it is known; months of one year as "2024 Jan-Feb"."""
    rows = [_written(parts) for parts in date_rows(csl, name)]
    if len(rows) > 1 and len(rows[0]) == len(rows[1]) == 2 and rows[0][0] == rows[1][0]:
        return f"{rows[0][0]} {rows[0][1]}-{rows[1][1]}"
    return " ".join(rows[0]) if rows else ""


def _written(parts: list[int]) -> list[str]:
    written = [str(part) for part in parts]
    if len(parts) > 1 and 1 <= parts[1] <= len(MONTHS):
        written[1] = MONTHS[parts[1] - 1]
    return written
