"""References as files that other programs read; what is written can be imported again and gives equal records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conditions.exporting import bibtex, csl_json, nbib, ris

Works = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Format:
    """How works are written, and what the file calls itself."""

    label: str
    media_type: str
    write: Callable[[Works], str]


FORMATS = {
    "ris": Format("RIS", "application/x-research-info-systems; charset=utf-8", ris.write),
    "bib": Format("BibTeX", "application/x-bibtex; charset=utf-8", bibtex.write),
    "nbib": Format("PubMed (nbib)", "application/nbib; charset=utf-8", nbib.write),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", csl_json.write),
}


def exported(works: Works, suffix: str) -> str:
    """The works, in their order, in the format that files of this suffix have."""
    return FORMATS[suffix].write(works)
