"""Bring organisations in from a CSV file and write them to one: what is new or different becomes a proposal.

A row changes what its columns say and nothing else; a row that says what is there already changes nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from alsinfo.accounts.models import User
from alsinfo.acting import insist
from alsinfo.refusals import Refusal
from organisations import actions, contacts, registers, sheet
from organisations.models import CharityRegistration, Contact, Coverage, Organisation, Service
from organisations.policies import objection_to_describe
from organisations.sheet import Row, UnreadableCell

ADDED, CHANGED, KNOWN, REFUSED = "added", "changed", "already there", "refused"
SLUG = re.compile(r"[A-Za-z0-9_-]{1,100}")
WORDS, UNSAID = frozenset(sheet.WORDS), frozenset({"uuid", "successor", "entry", "details_check"})
RELATED = ("coverage", "services", "registrations", "contacts")
SEVERAL = ("coverage", "help", "registrations", "contacts")

Rows = list[actions.Row]


@dataclass(frozen=True)
class Outcome:
    """What became of one row: where it begins, its state, the name or the reason; `notes` names what differs."""

    line: int
    state: str
    sentence: str
    notes: tuple[str, ...] = ()


@dataclass
class Change:
    """What a row says that is not there yet."""

    fields: dict[str, Any]
    put: Rows
    remove: Rows
    parts: list[str]


def bring_in(raw: bytes, *, by: User) -> Iterator[Outcome]:
    """Propose what is new or different. Raises `MissingRole` and `sheet.UnreadableSheet`."""
    insist(objection_to_describe(by=by))
    seen: dict[str, int] = {}
    for row in sheet.read(raw):
        yield _outcome(row, seen, by)


def preview(raw: bytes, *, by: User) -> Iterator[Outcome]:
    """What bringing in would do, each row on its own: all is undone."""
    insist(objection_to_describe(by=by))
    seen: dict[str, int] = {}
    for row in sheet.read(raw):
        with transaction.atomic():
            outcome = _outcome(row, seen, by)
            transaction.set_rollback(True)
        yield outcome


def export() -> str:
    """Every organisation as it stands on the desk, by slug, as the text of a file that reads back the same."""
    rows = Organisation.objects.select_related("successor").order_by("slug")
    return sheet.written(cells_of(body) for body in rows.prefetch_related(*RELATED))


def cells_of(organisation: Organisation) -> dict[str, str]:
    """An organisation's row, by column."""
    words = {name: str(getattr(organisation, name)).replace("\r\n", "\n") for name in sheet.WORDS}
    contact_rows = [{name: getattr(row, name) for name in actions.CONTACT} for row in organisation.contacts.all()]
    return {
        **words,
        "slug": organisation.slug,
        "successor": organisation.successor.slug if organisation.successor else "",
        "coverage": "\n".join(row.code for row in organisation.coverage.all()),
        "help": "\n".join(row.kind for row in organisation.services.all()),
        "registrations": "\n".join(f"{row.register} {row.number}" for row in organisation.registrations.all()),
        "contacts": "\n".join(map(sheet.contact_line, contact_rows)),
    }


def _outcome(row: Row, seen: dict[str, int], by: User) -> Outcome:
    try:
        return _proposed(row, seen, by)
    except (Refusal, UnreadableCell) as problem:
        return Outcome(row.line, REFUSED, str(problem))


def _proposed(row: Row, seen: dict[str, int], by: User) -> Outcome:
    slug = row.cells.get("slug", "")
    if row.fault:
        raise UnreadableCell(row.fault)
    if not SLUG.fullmatch(slug):
        raise UnreadableCell(f"slug: “{slug}” is not made of letters, digits and hyphens.")
    if slug in seen:
        raise UnreadableCell(f"slug: line {seen[slug]} is about “{slug}” already.")
    outcome = _taken(row, slug, by)
    seen[slug] = row.line
    return outcome


def _taken(row: Row, slug: str, by: User) -> Outcome:
    known = Organisation.objects.filter(slug=slug).select_related("successor").first()
    body = known or Organisation(slug=slug)
    change = change_of(body, row.cells)
    if known is not None and not change.parts:
        return Outcome(row.line, KNOWN, str(body))
    if known is None:
        for name, value in change.fields.items():
            setattr(body, name, value)
    fields = change.fields if known else {}
    actions.propose(body, by=by, fields=fields, put=change.put, remove=change.remove)
    return Outcome(row.line, CHANGED if known else ADDED, str(body), tuple(change.parts))


def change_of(body: Organisation, cells: Mapping[str, str]) -> Change:
    """What the cells say that the organisation's rows do not. Raises `UnreadableCell`."""
    said: dict[str, Any] = {name: cells[name] for name in sheet.WORDS if name in cells}
    if not said.get("standing"):
        said.pop("standing", None)
    unsaid = frozenset[str]() if body.pk is None else WORDS - said.keys()
    insist_on_values(Organisation(slug=body.slug, **said), leave=UNSAID | unsaid)
    if "successor" in cells:
        said["successor"] = _successor(cells["successor"])
    fields = {name: value for name, value in said.items() if body.pk is None or value != getattr(body, name)}
    change = Change(fields, [], [], list(fields))
    for name in SEVERAL:
        if name in cells:
            put, remove = _CHANGES[name](body, sheet.several(cells[name]))
            if put or remove:
                change.put += put
                change.remove += remove
                change.parts.append(name)
    return change


def insist_on_values(row: Model, leave: Iterable[str]) -> None:
    """Raise `UnreadableCell` for a value that is too long, missing, or none of those there are."""
    try:
        row.clean_fields(exclude=set(leave))
    except ValidationError as problem:
        name, sentences = next(iter(problem.message_dict.items()))
        value, choices = getattr(row, name), row._meta.get_field(name).flatchoices  # type: ignore[union-attr]
        known = f"“{value}” is none of {', '.join(str(choice) for choice, _ in choices)}."
        raise UnreadableCell(f"{name}: {known if value and choices else sentences[0]}") from problem


def _successor(slug: str) -> Organisation | None:
    if not slug:
        return None
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise UnreadableCell(f"successor: there is no organisation “{slug}”.")
    return found


def _rows(body: Organisation, name: str) -> list[Any]:
    return list(getattr(body, name).all()) if body.pk else []


def _coverage(body: Organisation, codes: list[str]) -> tuple[Rows, Rows]:
    known = {row.code: row for row in _rows(body, "coverage")}
    new = [Coverage(code=code) for code in dict.fromkeys(codes) if code not in known]
    return list(new), [row for code, row in known.items() if code not in codes]


def _help(body: Organisation, kinds: list[str]) -> tuple[Rows, Rows]:
    known = {row.kind: row for row in _rows(body, "services")}
    new = [Service(kind=kind) for kind in dict.fromkeys(kinds) if kind not in known]
    for row in new:
        insist_on_values(row, leave=("organisation",))
    return list(new), [row for kind, row in known.items() if kind not in kinds]


def _registrations(body: Organisation, lines: list[str]) -> tuple[Rows, Rows]:
    known = {(row.register, row.number): row for row in _rows(body, "registrations")}
    pairs = (sheet.registration_of(line) for line in lines)
    wanted = dict.fromkeys((register, registers.normal_number(register, number)) for register, number in pairs)
    new = [CharityRegistration(register=register, number=number) for register, number in wanted.keys() - known.keys()]
    return sorted(new, key=str), [row for pair, row in known.items() if pair not in wanted]


def _contacts(body: Organisation, lines: list[str]) -> tuple[Rows, Rows]:
    """Contacts in the order of the file; one with the kind and value of a known one is that one."""
    known = {(row.kind, row.value): row for row in _rows(body, "contacts")}
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for said in map(sheet.contact_of, lines):
        said["value"] = contacts.normal_value(said["kind"], said["value"])
        wanted[said["kind"], said["value"]] = said
    in_place = [key for key in known if key in wanted] + [key for key in wanted if key not in known]
    is_moved = list(wanted) != in_place
    first = 0 if is_moved else max((row.position for row in known.values()), default=0)
    put: Rows = []
    for place, (key, said) in enumerate(wanted.items()):
        row = known.get(key, Contact(position=first + place))
        is_same = key in known and all(getattr(row, name) == said[name] for name in actions.CONTACT)
        if is_same and not is_moved:
            continue
        for name in actions.CONTACT:
            setattr(row, name, said[name])
        row.position = place if is_moved else row.position
        insist_on_contact(row)
        put.append(row)
    return put, [row for key, row in known.items() if key not in wanted]


def insist_on_contact(row: Contact) -> None:
    """Raise `UnreadableCell` for a contact that the database would refuse."""
    insist_on_values(row, leave=("organisation",))
    if row.hours and not row.time_zone:
        raise UnreadableCell(f"contacts: the hours of “{row.value}” are in no time zone.")
    if row.youngest is not None and row.oldest is not None and row.youngest > row.oldest:
        raise UnreadableCell(f"contacts: the ages of “{row.value}” end before they begin.")


_CHANGES = {"coverage": _coverage, "help": _help, "registrations": _registrations, "contacts": _contacts}
