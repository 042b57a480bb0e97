"""Read `.ris`: a tag on each line, from TY to ER."""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from rispy.config import TAG_KEY_MAPPING
from rispy.parser import RisParser

from conditions.content.identifiers import normal_pmcid
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

START, END = "TY  -", "ER  -"
TYPES = {
    **dict.fromkeys(("JOUR", "EJOUR", "MGZN", "ABST", "INPR"), "article-journal"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP"), "chapter"),
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND"), "report"),
    **dict.fromkeys(("ELEC", "WEB"), "webpage"),
    **dict.fromkeys(("CONF", "CPAPER"), "paper-conference"),
    "THES": "thesis",
}
Fields = Mapping[str, Any]


def read(file: BinaryIO) -> Iterator[Record]:
    """Each record with its line. A run of lines outside any record is one broken record."""
    block: list[Numbered] = []
    is_lost = False
    for line in numbered(file):
        starts = line.text.startswith(START)
        if starts and block:
            yield Broken(block[0].number, f"The record that begins here has no ER line before line {line.number}.")
        if starts:
            block, is_lost = [line], False
        elif block:
            block.append(line)
        elif (line.text.strip() or line.problem) and not is_lost:
            is_lost = True
            yield Broken(line.number, line.problem or "This line stands outside a record, which begins with TY.")
        if block and line.text.startswith(END):
            yield problem_in(block) or _described(block)
            block = []
        elif block and is_too_long(block):
            yield too_long(block)
            block, is_lost = [], True
    if block:
        yield Broken(block[0].number, "The record that begins here has no ER line: the file is cut off.")


def _described(block: list[Numbered]) -> Found:
    parser = RisParser(mapping={tag: tag for tag in TAG_KEY_MAPPING})
    [fields] = parser.parse("\n".join(line.text for line in block if line.text.strip()))
    unknown = fields.get("UK", {})
    notes = tuple(
        f"line {line.number}: the tag {line.text[:2]} is unknown and was left out"
        for line in block
        if line.text[:2] in unknown and line.text[2:5] == "  -"
    )
    return Found(block[0].number, _csl(fields), notes)


def _csl(fields: Fields) -> dict[str, Any]:
    kind = TYPES.get(fields["TY"].strip(), "document")
    day = _first(fields, "DA") or _first(fields, "PY", "Y1")
    is_article = kind == "article-journal"
    number = _first(fields, "AN")
    return described(
        type=kind,
        title=_first(fields, "TI", "T1"),
        author=[comma_name(name) for name in fields.get("AU", fields.get("A1", []))],
        editor=[comma_name(name) for name in fields.get("A2", [])],
        container_title=_first(fields, "JF", "T2", "JO"),
        container_title_short=_first(fields, "JA", "J2"),
        issued=dated(*day.split("/")[:3]),
        accessed=dated(*_first(fields, "Y2").split("/")[:3]),
        volume=_first(fields, "VL"),
        issue=_first(fields, "IS") if is_article else "",
        number="" if is_article else _first(fields, "IS", "M1"),
        page="-".join(filter(None, (_first(fields, "SP"), _first(fields, "EP")))),
        publisher=_first(fields, "PB"),
        publisher_place=_first(fields, "CY"),
        edition=_first(fields, "ET"),
        DOI=_first(fields, "DO"),
        PMID=number if number.isdecimal() else "",
        PMCID=normal_pmcid(_first(fields, "C2")),
        ISBN="" if is_article else _first(fields, "SN"),
        ISSN=_first(fields, "SN") if is_article else "",
        URL=next(iter(fields.get("UR", [])), ""),
        language=_first(fields, "LA"),
        genre=_first(fields, "T3"),
        status=_first(fields, "C6"),
        custom=noted(evidence=_first(fields, "M3"), access=_first(fields, "C7")),
    )


def _first(fields: Fields, *tags: str) -> str:
    return next((value.strip() for tag in tags if (value := fields.get(tag))), "")
