"""Works from what somebody pasted: a DOI or PMID to look up, or references in one of the four formats."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from django.db import transaction

from alsinfo.accounts.models import User
from alsinfo.acting import insist
from conditions.actions import cataloguing
from conditions.content.descriptions import objection_to_description
from conditions.content.library import identifiers, marks, sought
from conditions.errors.cataloguing import NoWork
from conditions.importing import bibtex, csl_json, nbib, ris
from conditions.importing.records import Broken
from conditions.models import Reference
from conditions.policies.cataloguing import objection_to_catalogue

MOST_WORKS = 50
STARTS = {"TY  -": ris.read, "@": bibtex.read, "PMID-": nbib.read, "{": csl_json.read, "[": csl_json.read}
LookUp = Callable[[str], dict[str, Any]]


def bring_in(text: str, *, by: User, look_up: LookUp) -> list[Reference]:
    """The works described, those that are in the library from there, the others added.

    Raises `NoWork` with a sentence for what cannot be read, and whatever `look_up` raises; then none is added.
    """
    insist(objection_to_catalogue(by=by))
    rows = Reference.objects.values_list("pk", "csl")
    known = {mark: pk for pk, csl in rows.iterator() for mark in marks(csl)}
    if there := next((known[mark] for mark in _numbers(text.strip()) if mark in known), None):
        return [Reference.objects.get(pk=there).current]
    described = list(_described(text.strip(), look_up))
    for csl in described:
        if reason := objection_to_description(csl):
            raise NoWork(reason)
    with transaction.atomic():
        return [_in_library(csl, known, by) for csl in described]


def _numbers(text: str) -> list[tuple[str, ...]]:
    """The text as a DOI and as a PMID, as far as it can be one."""
    return identifiers({"DOI": text, "PMID": text.upper().removeprefix("PMID").lstrip(": ")})


def _described(text: str, look_up: LookUp) -> Iterator[Mapping[str, Any]]:
    read = next((reader for start, reader in STARTS.items() if text.startswith(start)), None)
    if read is None:
        if not text or "\n" in text:
            raise NoWork
        yield look_up(text)
        return
    found = 0
    for record in read(BytesIO(text.encode())):
        if isinstance(record, Broken):
            raise NoWork(f"Line {record.line}: {record.reason}")
        found += 1
        if found > MOST_WORKS:
            raise NoWork(f"These are more than {MOST_WORKS} references. Import them from a file instead.")
        yield record.csl
    if not found:
        raise NoWork


def _in_library(csl: Mapping[str, Any], known: dict[tuple[str, ...], int], by: User) -> Reference:
    pk = next((known[mark] for mark in sought(csl) if mark in known), None)
    if pk is not None:
        return Reference.objects.get(pk=pk).current
    made = cataloguing.add_reference(csl, by=by)
    known.update(dict.fromkeys(marks(csl), made.pk))
    return made
