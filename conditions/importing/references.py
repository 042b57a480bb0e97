"""Bring reference files into the library: each record whole or not at all, a work that is there never twice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import insist
from alsinfo.refusals import Refusal
from conditions.actions import cataloguing
from conditions.content.descriptions import objection_to_description
from conditions.content.library import marks, sought
from conditions.importing import bibtex, csl_json, nbib, ris
from conditions.importing.records import Broken, Found, Record
from conditions.models import Reference
from conditions.policies.cataloguing import objection_to_catalogue

READERS = {".ris": ris.read, ".bib": bibtex.read, ".nbib": nbib.read, ".json": csl_json.read}
ADDED, KNOWN, REFUSED = "added", "already there", "refused"
Key = tuple[str, ...]
Add = Callable[[Mapping[str, Any]], object]


@dataclass(frozen=True)
class Outcome:
    """What became of one record: where it begins, `ADDED`, `KNOWN` or `REFUSED`, and the title or the reason."""

    line: int
    state: str
    sentence: str
    notes: tuple[str, ...] = ()


def bring_in(path: Path, *, by: User) -> Iterator[Outcome]:
    """Add what is new; raises a refusal if the person may not describe works."""
    return _outcomes(path, by, lambda csl: cataloguing.add_reference(csl, by=by))


def preview(path: Path, *, by: User) -> Iterator[Outcome]:
    """What bringing in would do; writes nothing."""
    return _outcomes(path, by, lambda csl: None)


def _outcomes(path: Path, by: User, add: Add) -> Iterator[Outcome]:
    insist(objection_to_catalogue(by=by))
    known = {key for csl in Reference.objects.values_list("csl", flat=True).iterator() for key in marks(csl)}
    with path.open("rb") as file:
        for record in READERS[path.suffix.lower()](file):
            yield _outcome(record, known, add)


def _outcome(record: Record, known: set[Key], add: Add) -> Outcome:
    if isinstance(record, Broken):
        return Outcome(record.line, REFUSED, record.reason)
    if reason := objection_to_description(record.csl):
        return Outcome(record.line, REFUSED, reason)
    if found := next((key for key in sought(record.csl) if key in known), None):
        return Outcome(record.line, KNOWN, f"{record.csl['title']} ({found[0]})")
    return _added(record, known, add)


def _added(record: Found, known: set[Key], add: Add) -> Outcome:
    try:
        add(record.csl)
    except Refusal as refusal:
        return Outcome(record.line, REFUSED, str(refusal))
    known.update(marks(record.csl))
    return Outcome(record.line, ADDED, record.csl["title"], record.notes)
