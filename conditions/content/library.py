"""What a library knows of a work by its description: what kind it is, its numbers, which other work it could be."""

from collections.abc import Mapping
from typing import Any

from conditions.content.identifiers import normal_isbn, normal_pmcid
from conditions.content.works import ARTICLES, CHAPTERS, date_parts, doi_of, kind_of, nct_of, pmid_of, text_of

Csl = Mapping[str, Any]
Mark = tuple[str, ...]

LONGEST = {"doi": 200, "pmcid": 20, "language": 35}
EVIDENCE = ("guideline", "systematic-review", "trial", "cohort", "case-report", "review", "opinion", "other")
ACCESS = ("open", "closed")
YEARS = range(1000, 3000)
SHAREABLE = {
    *("type", "title", "author", "editor", "container-title", "container-title-short", "issued", "accessed", "volume"),
    *("issue", "page", "number", "genre", "publisher", "publisher-place", "edition", "status", "language"),
    *("DOI", "PMID", "PMCID", "ISBN", "ISSN", "URL"),
}
STANDING_ALONE = {"webpage": "webpage", "post-weblog": "webpage", "report": "report", "standard": "report"}
WORDS = {
    "doi": "the same DOI",
    "pmid": "the same PMID",
    "pmcid": "the same PMCID",
    "isbn": "the same ISBN",
    "nct": "the same NCT number",
}
NUMBERS = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "isbn": "ISBN", "nct": "NCT number"}


def columns(csl: Csl) -> dict[str, Any]:
    """What the library finds the work by, from its description alone; an empty text or None where nothing is said."""
    found: dict[str, Any] = {
        "title": text_of(csl, "title"),
        "kind": work_kind(csl),
        "year": year(csl),
        "language": text_of(csl, "language"),
        "evidence": evidence(csl),
        "access": access(csl),
        **numbers(csl),
    }
    return {name: "" if name in LONGEST and len(value) > LONGEST[name] else value for name, value in found.items()}


def work_kind(csl: Csl) -> str:
    """A value of WorkKind. A guideline is a report of the genre guideline, as CSL has no type for it."""
    described = text_of(csl, "type")
    if kind_of(csl) == "trial":
        return "trial"
    if described in ARTICLES:
        return "article"
    if described in CHAPTERS:
        return "chapter"
    if "guideline" in text_of(csl, "genre").casefold() or evidence(csl) == "guideline":
        return "guideline"
    return "book" if described == "book" else STANDING_ALONE.get(described, "other")


def own(csl: Csl, name: str) -> str:
    """What we note of a work besides: CSL-JSON keeps a program's own variables under `custom`."""
    custom = csl.get("custom")
    return text_of(custom, name) if isinstance(custom, Mapping) else ""


def with_own(csl: Csl, **notes: str) -> dict[str, Any]:
    """The description with our notes; an empty one is taken out."""
    custom = csl.get("custom")
    kept = {**(custom if isinstance(custom, Mapping) else {}), **notes}
    kept = {name: value for name, value in kept.items() if value}
    rest = {name: value for name, value in csl.items() if name != "custom"}
    return {**rest, "custom": kept} if kept else rest


def evidence(csl: Csl) -> str:
    """A value of EvidenceKind, or an empty text: no editor has said so and no publication type told."""
    return _one_of(EVIDENCE, own(csl, "evidence"))


def access(csl: Csl) -> str:
    """A value of Access, or an empty text."""
    return _one_of(ACCESS, own(csl, "access"))


def _one_of(values: tuple[str, ...], value: str) -> str:
    return value if value in values else ""


def year(csl: Csl) -> int | None:
    """The year it came out."""
    first = next(iter(date_parts(csl, "issued")), 0)
    return first if first in YEARS else None


def numbers(csl: Csl) -> dict[str, str]:
    """The identifiers that belong to this work and no other, in normal form; a chapter's ISBN is its book's."""
    return {
        "doi": doi_of(csl).lower(),
        "pmid": pmid_of(csl),
        "pmcid": normal_pmcid(text_of(csl, "PMCID")),
        "isbn": "" if text_of(csl, "type") in CHAPTERS else normal_isbn(text_of(csl, "ISBN")),
        "nct": nct_of(csl) if kind_of(csl) == "trial" else "",
    }


def identifiers(csl: Csl) -> list[Mark]:
    """The identifiers of a work, each with its kind in words."""
    return [(WORDS[name], number) for name, number in numbers(csl).items() if number]


def sought(csl: Csl) -> list[Mark]:
    """What a work is looked up by: title and year only where one of the two has no identifier."""
    found = identifiers(csl)
    return [*found, _title(csl, "unnumbered")] if found else [_title(csl, "any")]


def marks(csl: Csl) -> list[Mark]:
    """What a work in the library is found by."""
    found = identifiers(csl)
    return [*found, _title(csl, "any"), *([] if found else [_title(csl, "unnumbered")])]


def could_be_one(one: Csl, other: Csl) -> bool:
    """Whether two works share an identifier, or title and year, so that a person should look."""
    shared = set(identifiers(one)) & set(identifiers(other))
    return bool(shared) or _title(one, "any") == _title(other, "any")


def completed(csl: Csl, other: Csl) -> dict[str, Any]:
    """The description with what it lacks and the other has; nothing it says is changed."""
    notes = {name: own(csl, name) or own(other, name) for name in ("evidence", "access")}
    lacking = {name: value for name, value in other.items() if name not in ("id", "custom") and not csl.get(name)}
    return with_own({**csl, **lacking}, **notes)


def shareable(csl: Csl) -> dict[str, Any]:
    """What may leave with a published text: the variables that describe a work, no note that came with an import."""
    kept = {name: value for name, value in csl.items() if name in SHAREABLE}
    return with_own(kept, evidence=evidence(csl), access=access(csl))


def plain_title(csl: Csl) -> str:
    """The title as letters and digits alone, so that case, accents of typing and punctuation do not part works."""
    return "".join(filter(str.isalnum, text_of(csl, "title").casefold()))


def _title(csl: Csl, which: str) -> Mark:
    return ("the same title and year", which, plain_title(csl), str(year(csl) or ""))
