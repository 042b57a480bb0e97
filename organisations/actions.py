"""Describe organisations: one person proposes an entry, another approves it, and readers see it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.dispatch import Signal
from django.forms import model_to_dict

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, swap
from organisations import contacts, policies, registers
from organisations.areas import AREAS
from organisations.errors import AlreadyApproved, BadContact, BadRegistration, NothingNew, UnknownArea, UnusableWords
from organisations.models import CharityRegistration, Contact, Coverage, Entry, Organisation

entry_approved = Signal()
"""Sent inside the transaction of `approve`, with `organisation`: pages that show it are rendered again."""

Row = Coverage | Contact | CharityRegistration


@action
def propose(
    organisation: Organisation,
    *,
    by: User,
    fields: Mapping[str, Any] | None = None,
    put: Iterable[Row] = (),
    remove: Iterable[Row] = (),
) -> Entry:
    """Write a description and freeze it as a proposal; readers go on seeing the last approved entry.

    Raises `BadContact`, `BadRegistration`, `UnknownArea`, and `NothingNew` when this is what the last proposal says.
    """
    insist(policies.objection_to_describe(by=by))
    put = list(put)
    for row in (organisation, *put):
        _insist_on_visible(model_to_dict(row).values())
    _insist_on_visible((fields or {}).values())
    if organisation._state.adding:
        organisation.save()
    if fields:
        swap(organisation, **fields)
    for row in remove:
        row.delete()
    for row in put:
        _insist_on_shape(row)
        row.organisation = organisation
        row.save()
    entry = _freeze(organisation, by=by)
    record("propose_entry", entry, by=by, after=organisation.name)
    return entry


@action
def approve(entry: Entry, *, by: User) -> Entry:
    """A second person stands behind the entry: readers see it, in every page that lists the organisation."""
    insist(policies.objection_to_approve(entry, by=by))
    now = clock_now()
    if not Entry.objects.filter(pk=entry.pk, approved_by=None).update(approved_by=by, approved_at=now):
        raise AlreadyApproved
    entry.refresh_from_db()
    organisation = entry.organisation
    swap(organisation, entry=entry)
    answers: list[Any] = entry_approved.send(sender=Organisation, organisation=organisation)
    pages = ", ".join(str(page) for _, rendered in answers for page in rendered)
    record("approve_entry", entry, by=by, reason=f"Rendered again: {pages or 'no page'}", after=organisation.name)
    return entry


def described(organisation: Organisation) -> dict[str, Any]:
    """The desk rows of an organisation as an entry's content."""
    return {
        "name": organisation.name,
        "former_names": organisation.former_names,
        "kind": organisation.kind,
        "what": organisation.what_it_does,
        "parent": organisation.parent_note,
        "coverage": [row.code for row in organisation.coverage.all()],
        "contacts": [
            {"kind": row.kind, "value": row.value, "label": row.label, "note": row.note}
            for row in organisation.contacts.all()
        ],
        "registrations": [{"register": row.register, "number": row.number} for row in organisation.registrations.all()],
    }


def _freeze(organisation: Organisation, *, by: User) -> Entry:
    body = json.dumps(described(organisation), sort_keys=True, ensure_ascii=False)
    last = organisation.entries.order_by("-number").first()
    if last is not None and last.body == body:
        raise NothingNew
    return Entry.objects.create(
        organisation=organisation,
        number=last.number + 1 if last else 1,
        body=body,
        proposed_by=by,
        proposed_at=clock_now(),
    )


def _insist_on_visible(values: Iterable[Any]) -> None:
    """Refuse control characters and marks that reorder what is displayed."""
    for value in values:
        if isinstance(value, str) and not value.replace("\n", "").replace("\r", "").isprintable():
            raise UnusableWords


def _insist_on_shape(row: Row) -> None:
    if isinstance(row, CharityRegistration):
        row.number = registers.normal_number(row.register, row.number)
        if sentence := registers.objection_to_number(row.register, row.number):
            raise BadRegistration(sentence)
    if isinstance(row, Contact) and (sentence := contacts.objection_to_contact(row.kind, row.value)):
        raise BadContact(sentence)
    if isinstance(row, Coverage) and row.code not in AREAS:
        raise UnknownArea(f"“{row.code}” is not the code of a region, nation or state (ISO 3166).")
