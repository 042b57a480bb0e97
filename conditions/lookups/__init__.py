"""Works described by others: Crossref by DOI, PubMed by PMID; off unless the settings name the services."""

from typing import Any

from django.conf import settings

from conditions.content.descriptions import objection_to_description
from conditions.content.identifiers import normal_doi
from conditions.errors.looking_up import LookupGarbled, NotLookedUpBy
from conditions.lookups import crossref, pubmed


def is_on() -> bool:
    """Whether the settings name a service."""
    return bool(settings.CROSSREF_URL or settings.NCBI_URL)


def look_up(identifier: str) -> dict[str, Any]:
    """The work with this DOI or PMID as CSL-JSON, fit for the library. Raises a `LookupRefused` that says why not."""
    if doi := normal_doi(identifier):
        csl = crossref.look_up(doi)
    elif pmid := pubmed.number(identifier):
        csl = pubmed.look_up(pmid)
    else:
        raise NotLookedUpBy
    if sentence := objection_to_description(csl):
        raise LookupGarbled(f"What the service says of this work cannot be used: {sentence}")
    return csl
