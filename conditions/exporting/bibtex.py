"""Write `.bib`, in UTF-8, with the characters that LaTeX takes for commands written out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conditions.content.library import access, evidence
from conditions.content.works import text_of
from conditions.exporting.parts import date, family, people, value

TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
    "webpage": "online",
    "thesis": "phdthesis",
    "paper-conference": "inproceedings",
}
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
LIGATURES = re.compile(r"(['`<>,-](?=['`<>,-])|[?!](?=`))")  # two signs that LaTeX would set as another one
SINGLE = {
    "title": "title",
    "volume": "volume",
    "publisher": "publisher",
    "address": "publisher-place",
    "edition": "edition",
    "shortjournal": "container-title-short",
    "language": "language",
    "pubstate": "status",
    "type": "genre",
}
PLAIN = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "isbn": "ISBN", "issn": "ISSN", "url": "URL"}


def write(works: Sequence[Mapping[str, Any]]) -> str:
    """An entry for each work."""
    return "\n".join(_entry(number, work) for number, work in enumerate(works, start=1))


def _entry(number: int, csl: Mapping[str, Any]) -> str:
    fields = "".join(f"  {name} = {{{text}}},\n" for name, text in _fields(csl))
    return f"@{TYPES.get(text_of(csl, 'type'), 'unpublished')}{{ref{number},\n{fields}}}\n"


def _fields(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    is_article = text_of(csl, "type") == "article-journal"
    for role in ("author", "editor"):
        yield from [(role, " and ".join(map(_name, people(csl, role))))] if people(csl, role) else []
    found = {name: _latex(value(csl, variable)) for name, variable in SINGLE.items()} | {
        "journal" if is_article else "booktitle": _latex(value(csl, "container-title")),
        "number": _latex(value(csl, "issue") if is_article else value(csl, "number")),
        "pages": _latex(value(csl, "page")).replace("-", "--"),
        "date": _date(csl, "issued"),
        "urldate": _date(csl, "accessed"),
        "evidence": evidence(csl),
        "access": access(csl),
    }
    found |= {name: re.sub(r"([{}%#])", r"\\\1", value(csl, variable)) for name, variable in PLAIN.items()}
    yield from ((name, text) for name, text in found.items() if text)


def _name(person: Mapping[str, Any]) -> str:
    if literal := value(person, "literal"):
        return f"{{{_latex(literal)}}}"
    parts = [family(person), value(person, "suffix"), value(person, "given")]
    return ", ".join(_latex(part) for part in parts if part) if any(parts[1:]) else f"{_latex(parts[0])},"


def _date(csl: Mapping[str, Any], name: str) -> str:
    return "-".join(str(part) if place == 0 else f"{part:02}" for place, part in enumerate(date(csl, name)))


def _latex(text: str) -> str:
    return LIGATURES.sub(r"\1{}", "".join(SPECIAL.get(character, character) for character in text))
