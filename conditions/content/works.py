"""What a CSL-JSON description says of a work, read without trusting that it is well filled."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from conditions.content.identifiers import normal_doi, normal_nct, normal_pmid

Work = Mapping[str, Any]

WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
ARTICLES = ("article-journal", "article-magazine", "article-newspaper", "article")
CHAPTERS = ("chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference")
FORTHCOMING = ("forthcoming", "in press")


def text_of(csl: Work, name: str) -> str:
    """A variable of the description as text without blanks around it; numbers become text, absence is empty."""
    value = csl.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""


def kind_of(csl: Work) -> str:
    """How the work is written: "trial", "article", "chapter", or "publication" for whatever stands alone."""
    described, container = (
        text_of(csl, "type"),
        text_of(csl, "container-title") or text_of(csl, "container-title-short"),
    )
    if described not in ARTICLES and nct_of(csl):
        return "trial"
    if described in CHAPTERS:
        return "chapter"
    return "article" if container and described in (*ARTICLES, "") else "publication"


def journal(csl: Work) -> str:
    """The journal's abbreviation where it is stored, else its name."""
    return text_of(csl, "container-title-short") or text_of(csl, "container-title")


def is_forthcoming(csl: Work) -> bool:
    """Whether the work is accepted and not published yet."""
    return text_of(csl, "status").lower() in FORTHCOMING


def is_on_the_web(csl: Work) -> bool:
    """Whether the work is found by its web address alone."""
    return bool(address_of(csl)) and not doi_of(csl)


def date_parts(csl: Work, name: str) -> list[int]:
    """Year, month and day as far as they are known."""
    return next(iter(date_rows(csl, name)), [])


def date_rows(csl: Work, name: str) -> list[list[int]]:
    """One date, or the first and the last of a range."""
    written = csl.get(name)
    rows = written.get("date-parts") if isinstance(written, Mapping) else None
    found = [row for row in rows if isinstance(row, list | tuple)] if isinstance(rows, list | tuple) else []
    return [[int(part) for part in row[:3] if str(part).isdecimal()] for row in found]


def year(csl: Work) -> str:
    """The year of publication, or an empty text."""
    return "".join(str(part) for part in date_parts(csl, "issued")[:1])


def edition(csl: Work) -> str:
    """The edition as "4th ed", or an empty text."""
    written = text_of(csl, "edition").rstrip(".")
    if written.isdecimal():
        return f"{ordinal(int(written))} ed"
    return written if not written or re.search(r"\bed(ition)?\b", written) else f"{written} ed"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def link(csl: Work) -> str:
    """Where the work can be read: its DOI, else PubMed, else its web address or the trial's, else nothing."""
    if doi := doi_of(csl):
        return f"https://doi.org/{quote(doi, safe='/')}"
    if pmid := pmid_of(csl):
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    return address_of(csl)


def address_of(csl: Work) -> str:
    """The web address, if it is one that may be linked; a trial has one from its number."""
    address = text_of(csl, "URL")
    if WEB_ADDRESS.fullmatch(address):
        return address
    return f"https://clinicaltrials.gov/study/{nct}" if (nct := nct_of(csl)) else ""


def doi_of(csl: Work) -> str:
    """The bare DOI, whether written bare, with "doi:" or as an address; empty if it is none."""
    return normal_doi(text_of(csl, "DOI"))


def pmid_of(csl: Work) -> str:
    """The number in PubMed; empty if there is none."""
    return normal_pmid(text_of(csl, "PMID"))


def nct_of(csl: Work) -> str:
    """The number at ClinicalTrials.gov, which CSL-JSON keeps in `number`; empty if there is none."""
    return normal_nct(text_of(csl, "number"))
