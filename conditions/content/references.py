"""A reference as one line in Vancouver style, from its CSL-JSON description."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

NAMED_AUTHORS = 6
DOI = re.compile(r"10\.\d{4,9}/\S+")
DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Line:
    """The parts of a reference, each plain text with its own full stop or empty; `url` is empty or safe to link."""

    authors: str
    title: str
    container: str
    rest: str
    url: str

    def __str__(self) -> str:
        """The whole line without its link."""
        return " ".join(part for part in (self.authors, self.title, self.container, self.rest) if part)


def format_vancouver(csl: Mapping[str, Any]) -> str:
    """The reference as plain text, followed by the address it links to."""
    line = reference_line(csl)
    return f"{line} {line.url}".strip()


def reference_line(csl: Mapping[str, Any]) -> Line:
    """The parts of the line for an article, guideline, report or web page described in CSL-JSON."""
    container = text_of(csl, "container-title-short") or text_of(csl, "container-title")
    return Line(
        authors=stopped(names(csl)),
        title=stopped(text_of(csl, "title")),
        container=stopped(container),
        rest=stopped(issue_details(csl) if container else publication_details(csl)),
        url=link(csl),
    )


def text_of(csl: Mapping[str, Any], name: str) -> str:
    """A variable of the description as text without blanks around it; numbers become text, absence is empty."""
    value = csl.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""


def stopped(text: str) -> str:
    """The text with a full stop, unless it is empty or ends a sentence already."""
    return text if not text or text[-1] in ".?!" else f"{text}."


def names(csl: Mapping[str, Any]) -> str:
    """Up to six authors, or else editors, separated by commas, then "et al"."""
    found = people(csl, "author") or people(csl, "editor")
    return ", ".join(found[:NAMED_AUTHORS] + (["et al"] if len(found) > NAMED_AUTHORS else []))


def people(csl: Mapping[str, Any], role: str) -> list[str]:
    """The names of those who have the role in the work, as they are printed."""
    described = csl.get(role)
    found = [name_of(person) for person in described] if isinstance(described, list | tuple) else []
    return [name for name in found if name]


def name_of(person: Mapping[str, Any]) -> str:
    """A person's family name and initials, or an organisation's name as it stands."""
    if literal := text_of(person, "literal"):
        return literal
    particle, family = text_of(person, "non-dropping-particle"), text_of(person, "family")
    parts = (particle, family, initials(text_of(person, "given")), text_of(person, "suffix").rstrip("."))
    return " ".join(part for part in parts if part)


def initials(given: str) -> str:
    """The initials of given names, without points: "Jean-Pierre R." gives "JPR", and "RH" stays."""
    parts = re.findall(r"[^\W\d_][^\s.\-‐]*", given)
    return "".join(part if part.isupper() else part[0].upper() for part in parts)


def issue_details(csl: Mapping[str, Any]) -> str:
    """Where in a journal: "2017;377(2):162-72"; each part only if it is known."""
    issue = text_of(csl, "issue")
    volume = text_of(csl, "volume") + (f"({issue})" if issue else "")
    pages = (text_of(csl, "page") or text_of(csl, "number")).replace("–", "-")
    located = f"{volume}:{pages}" if pages else volume
    return ";".join(part for part in (year(csl), located) if part)


def publication_details(csl: Mapping[str, Any]) -> str:
    """Who published a guideline, report or page, and when: "NG42. London: NICE; 2016 [cited 2024 Jan 3]"."""
    place, publisher = text_of(csl, "publisher-place"), text_of(csl, "publisher")
    if publisher in people(csl, "author"):
        place = publisher = ""
    issued = "; ".join(part for part in (": ".join(filter(None, (place, publisher))), year(csl)) if part)
    accessed = f"[cited {day}]" if (day := date_of(csl, "accessed")) else ""
    published = " ".join(part for part in (issued, accessed) if part)
    return " ".join(part for part in (stopped(text_of(csl, "number")), published) if part)


def date_parts(csl: Mapping[str, Any], name: str) -> list[int]:
    """Year, month and day as far as they are known."""
    written = csl.get(name)
    parts = written.get("date-parts") if isinstance(written, Mapping) else None
    return [int(part) for part in parts[0][:3] if str(part).isdecimal()] if parts and parts[0] else []


def year(csl: Mapping[str, Any]) -> str:
    """The year of publication, or an empty text."""
    return "".join(str(part) for part in date_parts(csl, "issued")[:1])


def date_of(csl: Mapping[str, Any], name: str) -> str:
    """A date as "2024 Jan 3", as far as it is known."""
    parts = [str(part) for part in date_parts(csl, name)]
    if len(parts) > 1 and 1 <= int(parts[1]) <= len(MONTHS):
        parts[1] = MONTHS[int(parts[1]) - 1]
    return " ".join(parts)


def link(csl: Mapping[str, Any]) -> str:
    """Where the work can be read: its DOI, else PubMed, else its web address, else nothing."""
    if doi := doi_of(csl):
        return f"https://doi.org/{quote(doi, safe='/')}"
    if (pmid := text_of(csl, "PMID")).isdecimal():
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    address = text_of(csl, "URL")
    return address if WEB_ADDRESS.fullmatch(address) else ""


def doi_of(csl: Mapping[str, Any]) -> str:
    """The bare DOI, whether written bare, with "doi:" or as an address; empty if it is none."""
    written = text_of(csl, "DOI").rstrip(".,;")
    bare = DOI_PREFIX.sub("", written, count=1)
    doi = unquote(bare) if written.lower().startswith("http") else bare
    return doi if DOI.fullmatch(doi) else ""
