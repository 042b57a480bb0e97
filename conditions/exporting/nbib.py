"""Write `.nbib`, the MEDLINE format of PubMed."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conditions.content.library import access, evidence
from conditions.content.works import text_of
from conditions.exporting.parts import comma_name, date, people, short_name, value

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TYPES = {
    "guideline": "Guideline",
    "systematic-review": "Systematic Review",
    "trial": "Clinical Trial",
    "cohort": "Observational Study",
    "case-report": "Case Reports",
    "review": "Review",
    "opinion": "Editorial",
}
WIDTH = 88


def write(works: Sequence[Mapping[str, Any]]) -> str:
    """A record for each work, parted by blank lines."""
    return "\n".join("".join(_folded(tag, text) for tag, text in _tags(work)) for work in works)


def _folded(tag: str, text: str) -> str:
    lines = textwrap.wrap(text, WIDTH - 6, break_long_words=False, break_on_hyphens=False) or [""]
    return f"{tag:<4}- " + "\n      ".join(lines) + "\n"


def _tags(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    is_article = text_of(csl, "type") == "article-journal"
    yield "PMID", value(csl, "PMID")
    yield from (pair for person in people(csl, "author") for pair in _person(person))
    found = {
        "TI" if is_article else "BTI": value(csl, "title"),
        "JT": value(csl, "container-title"),
        "TA": value(csl, "container-title-short"),
        "DP": _date(csl),
        "VI": value(csl, "volume"),
        "IP": value(csl, "issue"),
        "PG": value(csl, "page"),
        "LA": value(csl, "language"),
        "PT": TYPES.get(evidence(csl), ""),
        "PB": value(csl, "publisher"),
        "PL": value(csl, "publisher-place"),
        "PMC": value(csl, "PMCID"),
        "ISBN": value(csl, "ISBN"),
        "OAC": access(csl),
        "AID": f"{value(csl, 'DOI')} [doi]" if value(csl, "DOI") else "",
    }
    yield from ((tag, text) for tag, text in found.items() if text)


def _person(person: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if literal := value(person, "literal"):
        yield "CN", literal
        return
    yield "FAU", comma_name(person)
    yield "AU", short_name(person)


def _date(csl: Mapping[str, Any]) -> str:
    year, month, day = (*map(str, date(csl, "issued")), "", "", "")[:3]
    named = MONTHS[int(month) - 1] if month and 1 <= int(month) <= len(MONTHS) else ""
    return " ".join(part for part in (year, named, day if named else "") if part)
