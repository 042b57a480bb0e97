"""A description as the fields of a form, and what was typed as a description: nothing that was not touched is lost."""

import re
from collections.abc import Mapping
from typing import Any

from conditions.content.identifiers import normal_doi, normal_isbn, normal_issn, normal_nct, normal_pmcid, normal_pmid
from conditions.content.library import access, evidence, with_own, work_kind
from conditions.content.works import WEB_ADDRESS, date_rows, is_forthcoming, text_of

Fields = dict[str, str]

TEXTS = {
    "title": "title",
    "container_title": "container-title",
    "container_title_short": "container-title-short",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "number": "number",
    "genre": "genre",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "edition": "edition",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "language": "language",
}
PEOPLE = {"author": "author", "editor": "editor"}
DATES = {"issued": "issued", "accessed": "accessed"}
TYPES = {
    "article": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "guideline": "report",
    "webpage": "webpage",
    "report": "report",
    "trial": "report",
    "other": "document",
}
NORMAL = {
    "doi": (normal_doi, "This is no DOI: it begins with 10., four digits or more and a slash."),
    "pmid": (normal_pmid, "This is no PMID: it is a number of up to 8 digits."),
    "pmcid": (normal_pmcid, "This is no PMCID: it is PMC and a number."),
    "isbn": (normal_isbn, "This is no ISBN: a digit is wrong or missing."),
    "issn": (normal_issn, "This is no ISSN: a digit is wrong or missing."),
}
DATE = re.compile(r"\d{4}(?:-(?:0?[1-9]|1[0-2])(?:-(?:0?[1-9]|[12]\d|3[01]))?)?")
COVERED = {*TEXTS.values(), *PEOPLE.values(), *DATES.values(), "type", "status", "custom", "id"}


def fields_of(csl: Mapping[str, Any]) -> Fields:
    """What a form shows of a description; `people` one on a line, dates as 2017-07-13."""
    return {
        "kind": work_kind(csl),
        **{name: text_of(csl, variable) for name, variable in TEXTS.items()},
        **{name: "\n".join(map(_person, _list(csl, variable))) for name, variable in PEOPLE.items()},
        **{name: _date(csl, variable) for name, variable in DATES.items()},
        "status": "in press" if is_forthcoming(csl) else "",
        "evidence": evidence(csl),
        "access": access(csl),
    }


def rest_of(csl: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that no field shows."""
    return {name: value for name, value in csl.items() if name not in COVERED}


def description_of(typed: Fields, rest: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as CSL-JSON; whatever says the same as `before` stays as it was stored there."""
    shown = fields_of(before)
    found = {"type": _type(typed["kind"], shown, before), **rest}
    for name, variable in {**TEXTS, **PEOPLE, **DATES, "status": "status"}.items():
        if typed[name] == shown[name]:
            value = before.get(variable)
        elif name in PEOPLE:
            value = _people(typed[name], _list(before, variable))
        elif name in DATES:
            value = {"date-parts": [[int(part) for part in typed[name].split("-")]]} if typed[name] else None
        else:
            value = NORMAL[name][0](typed[name]) if name in NORMAL else typed[name]
        if value not in ("", None, []):
            found[variable] = value
    if typed["kind"] == "guideline" and work_kind(found) != "guideline":
        found["genre"] = found.get("genre") or "Guideline"
    kept = {**found, **{name: before[name] for name in ("id", "custom") if name in before}}
    notes = {name: typed[name] for name in ("evidence", "access") if typed[name] != shown[name]}
    return with_own(kept, **notes) if notes else kept


def faults(typed: Fields) -> dict[str, str]:
    """What is wrong with what was typed, by field; an empty field is never wrong here."""
    found = {
        name: sentence for name, (normal, sentence) in NORMAL.items() if typed.get(name) and not normal(typed[name])
    }
    for name in DATES:
        if typed.get(name) and not DATE.fullmatch(typed[name]):
            found[name] = "Write a date as 2017, 2017-07 or 2017-07-13."
    if typed.get("url") and not WEB_ADDRESS.fullmatch(typed["url"]):
        found["url"] = "A web address begins with https:// or http:// and has no blanks."
    if typed.get("kind") == "trial" and not normal_nct(typed.get("number", "")):
        found["number"] = "A trial in a register has its number here: NCT and eight digits."
    return found


def _type(kind: str, shown: Fields, before: Mapping[str, Any]) -> Any:
    return before["type"] if kind == shown["kind"] and before.get("type") else TYPES[kind]


def _list(csl: Mapping[str, Any], variable: str) -> list[Mapping[str, Any]]:
    people = csl.get(variable)
    return [each for each in people if isinstance(each, Mapping)] if isinstance(people, list) else []


def _person(person: Mapping[str, Any]) -> str:
    """ "Family, Given, Jr" on one line, or an organisation's name."""
    if literal := text_of(person, "literal"):
        return _line(literal)
    particles = (text_of(person, name) for name in ("dropping-particle", "non-dropping-particle", "family"))
    family = " ".join(part for part in particles if part)
    parts = [family, text_of(person, "given"), text_of(person, "suffix")]
    return _line(", ".join(part for part in parts if part) if any(parts[1:]) else f"{family},")


def _people(typed: str, before: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """One for each line; a line that was there keeps what was stored of the person."""
    known = {_person(person): person for person in before}
    return [known.get(line) or _named(line) for line in map(str.strip, typed.splitlines()) if line]


def _named(line: str) -> dict[str, str]:
    if "," not in line:
        return {"literal": line}
    names = (part.strip() for part in line.split(",", 2))
    return {name: part for name, part in zip(("family", "given", "suffix"), names, strict=False) if part}


def _date(csl: Mapping[str, Any], variable: str) -> str:
    rows = date_rows(csl, variable)
    return "/".join(
        "-".join(str(part) if place == 0 else f"{part:02}" for place, part in enumerate(row)) for row in rows
    )


def _line(text: str) -> str:
    return " ".join(text.split())
