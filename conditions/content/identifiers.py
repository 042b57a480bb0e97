"""The identifiers of published works in their normal form: "" where what is written is none."""

import re
from urllib.parse import unquote

from stdnum import isbn, isni, issn
from stdnum.exceptions import ValidationError

DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
ORCID_PREFIX = re.compile(r"https?://(?:www\.)?orcid\.org/", re.IGNORECASE)
PMID = re.compile(r"[1-9][0-9]{0,7}")
PMCID = re.compile(r"PMC[0-9]+")
NCT = re.compile(r"NCT[0-9]{8}")


def normal_doi(written: str) -> str:
    """The bare DOI as it is written, whether bare, with "doi:" or as an address."""
    ended = written.strip().rstrip(".,;")
    bare = DOI_PREFIX.sub("", ended, count=1)
    doi = unquote(bare) if ended.lower().startswith("http") else bare
    return doi if DOI.fullmatch(doi) else ""


def normal_pmid(written: str) -> str:
    """The number of a work in PubMed."""
    return _matching(PMID, written.strip())


def normal_pmcid(written: str) -> str:
    """The number of a work in PubMed Central, with its letters."""
    return _matching(PMCID, written.strip().upper())


def normal_nct(written: str) -> str:
    """The number of a trial at ClinicalTrials.gov."""
    return _matching(NCT, written.strip().upper())


def normal_isbn(written: str) -> str:
    """The number of a book as 13 digits; a number of ten digits becomes one of 13."""
    try:
        return isbn.validate(written, convert=True)
    except ValidationError:
        return ""


def normal_issn(written: str) -> str:
    """The number of a journal as four digits, a hyphen and four, the last of which may be X."""
    try:
        return str(issn.format(issn.validate(_ascii(written))))
    except ValidationError:
        return ""


def normal_orcid(written: str) -> str:
    """The number of a person at ORCID, bare or as an address, in fours with hyphens."""
    bare = ORCID_PREFIX.sub("", written.strip(), count=1)
    try:
        found = isni.validate(_ascii(bare))
    except ValidationError:
        return ""
    return "-".join(found[start : start + 4] for start in range(0, 16, 4))


def _ascii(written: str) -> str:
    return written if written.isascii() else ""


def _matching(shape: re.Pattern[str], written: str) -> str:
    return written if shape.fullmatch(written) else ""
