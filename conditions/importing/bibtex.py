"""Read `.bib`: entries in braces, with macros and LaTeX accents; names are split by ourselves."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry, ParsingFailedBlock, String
from pylatexenc.latex2text import LatexNodes2Text

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

START = re.compile(r"\s*@[A-Za-z]+\s*[{(]")
LATEX = LatexNodes2Text(math_mode="verbatim")
PLAIN = re.compile(r"[^\\{}$~]*")
AND = re.compile(r"\s+and\s+")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TYPES = {
    "article": "article-journal",
    "book": "book",
    **dict.fromkeys(("incollection", "inbook"), "chapter"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("online", "electronic", "misc"), "webpage"),
    **dict.fromkeys(("phdthesis", "mastersthesis"), "thesis"),
    "inproceedings": "paper-conference",
}


def read(file: BinaryIO) -> Iterator[Record]:
    """Each entry with its line; text between entries is a comment, as BibTeX has it."""
    block: list[Numbered] = []
    depth, macros = 0, ""
    for line in numbered(file):
        if START.match(line.text):
            if block:
                yield Broken(block[0].number, f"The entry that begins here is not closed before line {line.number}.")
            block, depth = [], 0
        elif not block:
            continue
        block.append(line)
        depth += line.text.count("{") - line.text.count("}")
        if depth <= 0:
            text = "\n".join(each.text for each in block)
            if text.lstrip().lower().startswith("@string"):
                macros += text + "\n"
            yield from _read(block, macros, text)
            block = []
        elif is_too_long(block):
            yield too_long(block)
            block = []
    if block:
        yield problem_in(block) or Broken(
            block[0].number, "The entry that begins here is not closed: the file is cut off."
        )


def _read(block: list[Numbered], macros: str, text: str) -> Iterator[Record]:
    line = block[0].number
    if problem := problem_in(block):
        yield problem
        return
    for found in parse_string(text if text in macros else macros + text).blocks:
        if isinstance(found, Entry):
            yield Found(line, _csl(found))
        elif isinstance(found, ParsingFailedBlock) and not isinstance(found, String):
            yield Broken(
                line, "The entry that begins here is not BibTeX: look for a missing brace, comma or double field."
            )


def _csl(entry: Entry) -> dict[str, Any]:
    raw = {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}
    fields = {name: plain(value) for name, value in raw.items() if name not in ("author", "editor", "doi", "url")}
    kind = TYPES.get(entry.entry_type.lower(), "document")
    month = fields.get("month", "").lower()[:3]
    year, *rest = (fields.get("date") or fields.get("year", "")).split("-")
    rest = rest or ([str(MONTHS.index(month) + 1)] if month in MONTHS else [fields.get("month", "")])
    is_article = kind == "article-journal"
    return described(
        type=kind,
        title=fields.get("title"),
        author=names(raw.get("author", "")),
        editor=names(raw.get("editor", "")),
        container_title=fields.get("journal") or fields.get("journaltitle") or fields.get("booktitle"),
        container_title_short=fields.get("shortjournal"),
        issued=dated(year, *rest),
        accessed=dated(*fields.get("urldate", "").split("-")),
        volume=fields.get("volume"),
        issue=fields.get("number") if is_article else "",
        number="" if is_article else fields.get("number"),
        page=re.sub(r"\s*[-–—]+\s*", "-", fields.get("pages", "")),
        publisher=_publisher(fields),
        publisher_place=fields.get("address") or fields.get("location"),
        edition=fields.get("edition"),
        DOI=raw.get("doi", "").replace("\\", ""),
        PMID=fields.get("pmid"),
        PMCID=fields.get("pmcid"),
        ISBN=fields.get("isbn"),
        ISSN=fields.get("issn"),
        URL=raw.get("url", "").replace("\\", ""),
        language=fields.get("language") or fields.get("langid"),
        status=fields.get("pubstate"),
        genre=fields.get("type"),
        custom=noted(evidence=fields.get("evidence", ""), access=fields.get("access", "")),
    )


def _publisher(fields: Mapping[str, str]) -> str:
    return next((fields[name] for name in ("publisher", "institution", "school", "organization") if name in fields), "")


SIGNS = {r"\textbraceleft{}": r"\{", r"\textbraceright{}": r"\}", r"\textasciicircum{}": "^"}


def plain(latex: str) -> str:
    """The text without braces and commands: M{\\"u}ller as Müller."""
    for written, sign in SIGNS.items():
        latex = latex.replace(written, sign)
    text = latex if PLAIN.fullmatch(latex) else LATEX.latex_to_text(latex.replace("%", r"\%").replace(r"\\%", r"\%"))
    return " ".join(text.split())


def names(written: str) -> list[dict[str, str]]:
    """The people and organisations of a field, parted by "and" outside braces."""
    return [_name(part) for part in _apart(written) if part and part != "others"]


def _apart(written: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, character in enumerate(written):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0 and (found := AND.match(written, place)):
            parts.append(written[start:place].strip())
            start = found.end()
    return [*parts, written[start:].strip()]


def _name(written: str) -> dict[str, str]:
    if written.startswith("{") and written.endswith("}") and written.count("{") == 1:
        return {"literal": plain(written)}
    text = plain(written)
    if "," in text:
        name = comma_name(text)
        return {**name, "given": name["suffix"], "suffix": name["given"]} if "suffix" in name else name
    words = text.split(" ")
    family = next((place for place, word in enumerate(words[:-1]) if place and word[0].islower()), len(words) - 1)
    given = " ".join(words[:family])
    return {"family": " ".join(words[family:]), **({"given": given} if given else {})}
