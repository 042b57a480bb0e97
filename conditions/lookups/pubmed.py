"""Works by their PMID, from the NCBI's E-utilities, which answer in the format of `.nbib` files."""

import re
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from conditions.content.identifiers import normal_pmid
from conditions.errors.looking_up import LookupGarbled, LookupOff, WorkNotFound
from conditions.importing import nbib
from conditions.importing.records import Found
from conditions.lookups.fetching import fetch

PREFIX = re.compile(r"(?:pmid:?|https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/)\s*", re.I)
UNAVAILABLE = re.compile(rb"\A\s*\Z|Error occurred|not available|cannot get document summary", re.IGNORECASE)


def number(identifier: str) -> str:
    """The bare PMID, whether written bare, with "PMID" or as an address of PubMed; empty if it is none."""
    return normal_pmid(PREFIX.sub("", identifier.strip(), count=1).rstrip("/"))


def look_up(pmid: str) -> dict[str, Any]:
    """The work with this bare PMID as CSL-JSON."""
    if not settings.NCBI_URL:
        raise LookupOff("Looking works up by PMID is switched off. Describe the work by hand.")
    asked = {"db": "pubmed", "id": pmid, "rettype": "medline", "retmode": "text"}
    polite = {"tool": "alsinfo", "email": settings.LOOKUP_CONTACT}
    raw = fetch(f"{settings.NCBI_URL}/efetch.fcgi?{urlencode(asked | polite)}")
    record = next(nbib.read(BytesIO(raw.lstrip())), None)
    if isinstance(record, Found) and record.csl.get("PMID") == pmid:
        return record.csl
    raise WorkNotFound if UNAVAILABLE.search(raw[:500]) else LookupGarbled
