"""Read `.nbib`, the MEDLINE format of PubMed: a tag on each line, long lines folded, records parted by blank lines."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from conditions.importing.records import (
    Broken,
    Found,
    Numbered,
    Record,
    comma_name,
    dated,
    described,
    is_too_long,
    noted,
    numbered,
    problem_in,
    too_long,
)

TAGGED = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SUFFIXED = re.compile(r"(?P<family>.+?) (?P<given>[A-Z]{1,5})(?: (?P<suffix>Jr|Sr|2nd|3rd|[4-9]th))?")
LANGUAGES = {"eng": "en", "fre": "fr", "ger": "de", "spa": "es", "ita": "it", "por": "pt", "jpn": "ja", "chi": "zh"}
EVIDENCE = {
    "guideline": {"Guideline", "Practice Guideline"},
    "systematic-review": {"Systematic Review", "Meta-Analysis", "Network Meta-Analysis"},
    "trial": {
        *("Randomized Controlled Trial", "Controlled Clinical Trial", "Pragmatic Clinical Trial", "Clinical Trial"),
        *(f"Clinical Trial, Phase {phase}" for phase in ("I", "II", "III", "IV")),
        *("Adaptive Clinical Trial", "Equivalence Trial"),
    },
    "cohort": {"Observational Study"},
    "case-report": {"Case Reports"},
    "review": {"Review"},
    "opinion": {"Editorial", "Comment", "Letter"},
}
Fields = list[tuple[str, str]]


def read(file: BinaryIO) -> Iterator[Record]:
    """Each record with its line; a record ends at a blank line, at the next PMID or with the file."""
    block: list[Numbered] = []
    is_lost = False
    for line in numbered(file):
        is_blank = not line.text.strip() and not line.problem
        starts = line.text.startswith("PMID")
        if block and (is_blank or starts):
            yield _described(block)
            block = []
        if is_blank or starts:
            is_lost = False
        if not is_blank and not is_lost:
            block.append(line)
        if block and is_too_long(block):
            yield too_long(block)
            block, is_lost = [], True
    if block:
        yield _described(block)


def _described(block: list[Numbered]) -> Record:
    if problem := problem_in(block):
        return problem
    fields: Fields = []
    for line in block:
        if found := TAGGED.fullmatch(line.text):
            fields.append((found[1], found[2].strip()))
        elif line.text.startswith(" ") and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.text.strip()}")
        else:
            return Broken(line.number, "This line has no tag, such as “TI  - ”, and continues no other line.")
    return Found(block[0].number, _csl(fields))


def _csl(fields: Fields) -> dict[str, Any]:
    known = dict(reversed(fields))
    year, month, day = (*known.get("DP", "").split(" "), "", "", "")[:3]
    identifiers = [value.split(" ")[0] for tag, value in fields if tag in ("LID", "AID") and value.endswith("[doi]")]
    return described(
        type="article-journal" if known.get("TA") or known.get("JT") else "book",
        title=(known.get("TI") or known.get("BTI", "")).removesuffix("."),
        author=_authors(fields),
        container_title=known.get("JT"),
        container_title_short=known.get("TA"),
        issued=dated(year, MONTHS.index(month) + 1 if month in MONTHS else "", day),
        volume=known.get("VI"),
        issue=known.get("IP"),
        page=known.get("PG"),
        publisher=known.get("PB"),
        publisher_place=known.get("PL"),
        DOI=next(iter(identifiers), ""),
        PMID=known.get("PMID"),
        PMCID=known.get("PMC"),
        ISBN=known.get("ISBN", "").split(" ")[0],
        language=LANGUAGES.get(known.get("LA", ""), known.get("LA")),
        custom=noted(evidence=_evidence(fields), access=known.get("OAC", "")),
    )


def _evidence(fields: Fields) -> str:
    """The strongest kind that the publication types tell; an editor may know better."""
    types = {value for tag, value in fields if tag == "PT"}
    return next((kind for kind, told in EVIDENCE.items() if types & told), "")


def _authors(fields: Fields) -> list[dict[str, str]]:
    """People in full where the record has full names, and groups, in their order."""
    tag = "FAU" if any(name == "FAU" for name, _ in fields) else "AU"
    read = {"FAU": comma_name, "AU": _short_name, "CN": _group}
    return [read[name](value) for name, value in fields if name in (tag, "CN")]


def _group(written: str) -> dict[str, str]:
    return {"literal": written}


def _short_name(written: str) -> dict[str, str]:
    """ "Brown RH Jr" """
    if not (found := SUFFIXED.fullmatch(written)):
        return {"literal": written}
    parts = {**found.groupdict(default=""), "given": " ".join(found["given"])}
    return {name: part for name, part in parts.items() if part}
