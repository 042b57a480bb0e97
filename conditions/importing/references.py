"""Bring reference files into the library: each record whole or not at all, a work that is there never twice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from alsinfo.accounts.models import User
from alsinfo.acting import insist
from alsinfo.refusals import Refusal
from conditions.actions import cataloguing
from conditions.content.descriptions import objection_to_description
from conditions.content.library import Mark, completed, identifiers, marks, sought
from conditions.importing import bibtex, csl_json, nbib, ris
from conditions.importing.records import Broken, Found, Record
from conditions.models import Reference
from conditions.policies.cataloguing import objection_to_catalogue

READERS = {".ris": ris.read, ".bib": bibtex.read, ".nbib": nbib.read, ".json": csl_json.read}
ADDED, COMPLETED, KNOWN, REFUSED = "added", "completed", "already there", "refused"
TOGETHER = 50  # records written in one transaction: short, since others wait for the audit chain meanwhile


@dataclass(frozen=True)
class Outcome:
    """What became of one record: where it begins, its state, and the title or the reason."""

    line: int
    state: str
    sentence: str
    notes: tuple[str, ...] = ()


@dataclass
class Known:
    """The works of the library by what they are found by, and the variables that each describes."""

    works: dict[Mark, int] = field(default_factory=dict)
    described: dict[int, frozenset[str]] = field(default_factory=dict)

    def take(self, pk: int, csl: Mapping[str, Any]) -> None:
        """Know a work, or know more of it."""
        self.works |= dict.fromkeys(marks(csl), pk)
        self.described[pk] = self.described.get(pk, frozenset()) | _said(csl)


Add = Callable[[Mapping[str, Any]], int]
Complete = Callable[[int, Mapping[str, Any]], object]


def bring_in(path: Path, *, by: User) -> Iterator[Outcome]:
    """Add what is new and complete what is there; raises a refusal if the person may not describe works."""
    with path.open("rb") as file:
        yield from _written(file, path.suffix, by)


def preview(path: Path, *, by: User) -> Iterator[Outcome]:
    """What bringing in would do; writes nothing."""
    with path.open("rb") as file:
        yield from _tried(file, path.suffix, by)


def bring_in_text(raw: bytes, suffix: str, *, by: User) -> Iterator[Outcome]:
    """As `bring_in`, for the content of a file."""
    return _written(BytesIO(raw), suffix, by)


def preview_text(raw: bytes, suffix: str, *, by: User) -> Iterator[Outcome]:
    """As `preview`, for the content of a file."""
    return _tried(BytesIO(raw), suffix, by)


def _written(file: BinaryIO, suffix: str, by: User) -> Iterator[Outcome]:
    def add(csl: Mapping[str, Any]) -> int:
        return cataloguing.add_reference(csl, by=by).pk

    def complete(pk: int, csl: Mapping[str, Any]) -> None:
        reference = Reference.objects.get(pk=pk)
        cataloguing.change_reference(reference, completed(reference.csl, csl), by=by)

    outcomes = _outcomes(file, suffix, by, add, complete)
    while True:
        with transaction.atomic():
            some = list(islice(outcomes, TOGETHER))
        if not some:
            return
        yield from some


def _tried(file: BinaryIO, suffix: str, by: User) -> Iterator[Outcome]:
    numbers = iter(range(-1, -1_000_000_000, -1))
    return _outcomes(file, suffix, by, lambda csl: next(numbers), lambda pk, csl: None)


def _outcomes(file: BinaryIO, suffix: str, by: User, add: Add, complete: Complete) -> Iterator[Outcome]:
    insist(objection_to_catalogue(by=by))
    known = Known()
    for pk, merged_into, csl in Reference.objects.values_list("pk", "merged_into", "csl").iterator():
        known.take(merged_into or pk, csl)
    for record in READERS[suffix.lower()](file):
        yield _outcome(record, known, add, complete)


def _outcome(record: Record, known: Known, add: Add, complete: Complete) -> Outcome:
    if isinstance(record, Broken):
        return Outcome(record.line, REFUSED, record.reason)
    if reason := objection_to_description(record.csl):
        return Outcome(record.line, REFUSED, reason)
    try:
        return _joined(record, known, add, complete)
    except Refusal as refusal:
        return Outcome(record.line, REFUSED, str(refusal))


def _joined(record: Found, known: Known, add: Add, complete: Complete) -> Outcome:
    title = record.csl["title"]
    found = next((mark for mark in sought(record.csl) if mark in known.works), None)
    if found is None:
        known.take(add(record.csl), record.csl)
        return Outcome(record.line, ADDED, title, record.notes)
    pk = known.works[found]
    if other := next((mark for mark in identifiers(record.csl) if known.works.get(mark, pk) != pk), None):
        return Outcome(record.line, REFUSED, f"{title}: {found[0]} as one work, {other[0]} as another. Merge the two.")
    lacking = sorted(_said(record.csl) - known.described[pk])
    if not lacking:
        return Outcome(record.line, KNOWN, f"{title} ({found[0]})")
    complete(pk, record.csl)
    known.take(pk, record.csl)
    return Outcome(record.line, COMPLETED, f"{title} ({found[0]}): {', '.join(lacking)}", record.notes)


def _said(csl: Mapping[str, Any]) -> frozenset[str]:
    """The variables that say something; our own notes, each by its name."""
    custom = csl.get("custom")
    notes = [f"custom {name}" for name in custom] if isinstance(custom, Mapping) else []
    return frozenset([name for name, value in csl.items() if value and name not in ("id", "custom")] + notes)
