"""Write `.ris`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conditions.content.library import access, evidence
from conditions.content.works import text_of
from conditions.exporting.parts import comma_name, date, ends_of_pages, people, value

TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "report": "RPRT",
    "webpage": "ELEC",
    "paper-conference": "CONF",
    "thesis": "THES",
}
SINGLE = {
    "TI": ("title",),
    "T2": ("container-title",),
    "J2": ("container-title-short",),
    "VL": ("volume",),
    "PB": ("publisher",),
    "CY": ("publisher-place",),
    "ET": ("edition",),
    "DO": ("DOI",),
    "AN": ("PMID",),
    "C2": ("PMCID",),
    "UR": ("URL",),
    "LA": ("language",),
    "T3": ("genre",),
    "C6": ("status",),
}


def write(works: Sequence[Mapping[str, Any]]) -> str:
    """A record for each work."""
    return "\n".join("".join(f"{tag}  - {text}\n" for tag, text in _tags(work)) for work in works)


def _tags(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    is_article = text_of(csl, "type") == "article-journal"
    yield "TY", TYPES.get(text_of(csl, "type"), "GEN")
    yield from (("AU", comma_name(person)) for person in people(csl, "author"))
    yield from (("A2", comma_name(person)) for person in people(csl, "editor"))
    first, last = ends_of_pages(csl)
    found = {tag: value(csl, *names) for tag, names in SINGLE.items()} | {
        "DA": _date(csl, "issued"),
        "Y2": _date(csl, "accessed"),
        "IS": value(csl, "issue") if is_article else value(csl, "number"),
        "SN": value(csl, "ISSN" if is_article else "ISBN"),
        "SP": first,
        "EP": last,
        "M3": evidence(csl),
        "C7": access(csl),
    }
    yield from ((tag, text) for tag, text in found.items() if text)
    yield "ER", ""


def _date(csl: Mapping[str, Any], name: str) -> str:
    parts = date(csl, name)
    return "/".join(str(part) if place == 0 else f"{part:02}" for place, part in enumerate(parts))
