"""What writers of reference files have in common."""

from collections.abc import Mapping
from typing import Any

from conditions.content.names import initials
from conditions.content.works import date_parts, text_of

Work = Mapping[str, Any]


def one_line(text: str) -> str:
    """The text without line ends, which would end a field."""
    return " ".join(text.split())


def value(csl: Work, *names: str) -> str:
    """The first of the variables that says something, on one line."""
    return next((one_line(text) for name in names if (text := text_of(csl, name))), "")


def people(csl: Work, role: str) -> list[Mapping[str, Any]]:
    """Those who have the role."""
    found = csl.get(role)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def family(person: Mapping[str, Any]) -> str:
    """The family name with its particles."""
    names = ("dropping-particle", "non-dropping-particle", "family")
    return " ".join(text for name in names if (text := value(person, name)))


def comma_name(person: Mapping[str, Any]) -> str:
    """ "Family, Given, Suffix", or an organisation's name, in which a comma would part names."""
    if literal := value(person, "literal"):
        return literal.replace(",", " -") if "," in literal else literal
    parts = [family(person), value(person, "given"), value(person, "suffix")]
    return ", ".join(part for part in parts if part) if any(parts[1:]) else f"{parts[0]},"


def short_name(person: Mapping[str, Any]) -> str:
    """ "Family GI Jr", as PubMed writes it."""
    parts = (family(person), initials(value(person, "given"), 5), value(person, "suffix"))
    return " ".join(part for part in parts if part)


def date(csl: Work, name: str) -> list[int]:
    """Year, month and day as far as they are known."""
    return date_parts(csl, name)


def ends_of_pages(csl: Work) -> tuple[str, str]:
    """First and last page; an article's number, or a list of pages, is the first alone."""
    pages = value(csl, "page")
    first, hyphen, last = pages.partition("-")
    return (first, last) if hyphen and "," not in pages and "-" not in last else (pages, "")
