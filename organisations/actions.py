"""Describe organisations: one person proposes an entry, another approves it, and readers see it.

A contact that is wrong is hidden by one person at once; that the details were checked is a fact of its own.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.dispatch import Signal
from django.forms import model_to_dict

from alsinfo import surrogates
from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from alsinfo.imaging import Rendition
from alsinfo.outbox.purging import purge
from organisations import contacts, policies, registers
from organisations.areas import AREAS
from organisations.errors import (
    AlreadyApproved,
    BadCheck,
    BadContact,
    BadRegistration,
    BadSuccessor,
    NotHidden,
    NothingNew,
    UnknownArea,
    UnusableWords,
)
from organisations.models import (
    CharityRegistration,
    Contact,
    Coverage,
    DetailsCheck,
    Entry,
    Hiding,
    Logo,
    Organisation,
    Reply,
    Service,
)
from organisations.regions import Region
from organisations.showing import show
from organisations.vocabulary import CheckedBy, Standing

shown_anew = Signal()
"""Sent inside an action after which readers see something else, with `organisation`.

Receivers render the pages that list it again and answer with a sentence for the audit.
"""

CONTACT = ("kind", "value", "label", "hours", "time_zone", "languages", "cost", "youngest", "oldest", "note")
"""What an entry says of each contact."""

Row = Coverage | Contact | CharityRegistration | Service


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
    entry = write_entry(organisation, by=by, fields=fields, put=put, remove=remove)
    record("propose_entry", entry, by=by, after=organisation.name)
    return entry


@action
def propose_logo(organisation: Organisation, logo: Rendition | None, licence: str, *, by: User) -> Entry:
    """Propose a logo and what allows us to show it, or that the organisation is shown without. Raises `NothingNew`."""
    insist(policies.objection_to_describe(by=by) or policies.objection_to_logo(logo, licence))
    fields = {"logo": _kept(logo) if logo else None, "logo_licence": licence if logo else ""}
    entry = write_entry(organisation, by=by, fields=fields)
    record("propose_entry", entry, by=by, after=organisation.name)
    return entry


def write_entry(
    organisation: Organisation,
    *,
    by: User,
    fields: Mapping[str, Any] | None = None,
    put: Iterable[Row] = (),
    remove: Iterable[Row] = (),
) -> Entry:
    """Write rows of the desk and freeze them; part of an action, raises what `propose` raises."""
    put = list(put)
    for row in (organisation, *put):
        _insist_on_visible(model_to_dict(row).values())
    _insist_on_visible((fields or {}).values())
    _insist_on_successor(organisation, fields or {})
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
    return _freeze(organisation, by=by)


@action
def approve(entry: Entry, *, by: User) -> Entry:
    """A second person stands behind the entry: readers see it, in every page that lists the organisation."""
    insist(policies.objection_to_approve(entry, by=by))
    now = clock_now()
    if not Entry.objects.filter(pk=entry.pk, approved_by=None).update(approved_by=by, approved_at=now):
        raise AlreadyApproved
    entry.refresh_from_db()
    organisation = lock(entry.organisation)
    check = organisation.details_check if _is_still_checked(organisation, entry) else None
    swap(organisation, entry=entry, details_check=_said_by_itself(organisation, entry, now) or check)
    record("approve_entry", entry, by=by, reason=show_everywhere(organisation), after=organisation.name)
    return entry


@action
def hide_contact(organisation: Organisation, kind: str, value: str, *, by: User, reason: str) -> Hiding:
    """Take a wrong contact from readers at once; what replaces it is proposed and approved like any change."""
    organisation = lock(organisation)
    insist(policies.objection_to_hide(organisation, kind, value, by=by, reason=reason))
    hiding = Hiding.objects.create(
        organisation=organisation, kind=kind, value=value, reason=reason.strip(), hidden_by=by, hidden_at=clock_now()
    )
    record("hide_contact", hiding, by=by, reason=f"{reason.strip()} {show_everywhere(organisation)}", before=value)
    return hiding


@action
def show_contact(hiding: Hiding, *, by: User) -> Hiding:
    """A second person shows a hidden contact again, as it was."""
    insist(policies.objection_to_show_again(hiding, by=by))
    organisation = lock(hiding.organisation)
    if not Hiding.objects.filter(pk=hiding.pk, ended_at=None).update(ended_by=by, ended_at=clock_now()):
        raise NotHidden
    hiding.refresh_from_db()
    record("show_contact", hiding, by=by, reason=show_everywhere(organisation), after=hiding.value)
    return hiding


@action
def record_details_check(entry: Entry, *, by: User, checked_on: date, how: str, asked: str) -> DetailsCheck:
    """Somebody asked the organisation itself, and it confirmed the entry that readers see."""
    organisation, now = lock(entry.organisation), clock_now()
    entry.organisation = organisation
    if how == CheckedBy.LINK:
        raise BadCheck("Only the organisation itself answers through its link.")
    insist(policies.objection_to_check(entry, by=by, checked_on=checked_on, asked=asked, today=now.date()))
    check = DetailsCheck.objects.create(
        organisation=organisation,
        entry=entry,
        checked_on=checked_on,
        how=how,
        asked=asked.strip(),
        checked_by=by,
        recorded_at=now,
    )
    swap(organisation, details_check=check)
    record("record_details_check", check, by=by, reason=show_everywhere(organisation), after=f"{checked_on:%Y-%m-%d}")
    return check


def described(organisation: Organisation) -> dict[str, Any]:
    """The desk rows of an organisation as an entry's content."""
    return {
        "name": organisation.name,
        "former_names": organisation.former_names,
        "kind": organisation.kind,
        "what": organisation.what_it_does,
        "serves": organisation.whom_it_serves,
        "parent": organisation.parent_note,
        "standing": organisation.standing,
        "successor": _named(organisation.successor) if organisation.successor else {},
        "coverage": [row.code for row in organisation.coverage.all()],
        "services": [row.kind for row in organisation.services.all()],
        "contacts": [{name: getattr(row, name) for name in CONTACT} for row in organisation.contacts.all()],
        "registrations": [{"register": row.register, "number": row.number} for row in organisation.registrations.all()],
        **_logo_of(organisation),
    }


def _logo_of(organisation: Organisation) -> dict[str, Any]:
    """Nothing where there is none, so that entries without a logo say what they said before there were any."""
    if organisation.logo is None:
        return {}
    size = {"width": organisation.logo.width, "height": organisation.logo.height}
    return {"logo": {"sha256": organisation.logo.pk, **size, "licence": organisation.logo_licence}}


def _kept(logo: Rendition) -> Logo:
    """Store the bytes once."""
    found = Logo.objects.filter(pk=logo.digest).first()
    return found or Logo.objects.create(digest=logo.digest, body=logo.body, width=logo.width, height=logo.height)


def _named(successor: Organisation) -> dict[str, str]:
    """The successor as readers know it."""
    name = successor.entry.content["name"] if successor.entry else successor.name
    return {"uuid": str(successor.uuid), "name": name}


def show_everywhere(organisation: Organisation) -> str:
    """Let readers see what is approved now, in every page; part of an action. Which pages those are, in a sentence."""
    show(organisation)
    purge(
        surrogates.organisation(organisation.slug),
        surrogates.NOT_FOUND,
        *(surrogates.lists(region.slug) for region in Region),
    )
    answers: list[Any] = shown_anew.send(sender=Organisation, organisation=organisation)
    return " ".join(sentence for _, sentence in answers)


def _is_still_checked(organisation: Organisation, entry: Entry) -> bool:
    """A check holds until a contact changes."""
    check = organisation.details_check
    return check is not None and check.entry.content["contacts"] == entry.content["contacts"]


def _said_by_itself(organisation: Organisation, entry: Entry, now: datetime) -> DetailsCheck | None:
    """The check that follows from an entry which the organisation itself corrected, having read the one before."""
    reply = entry.replies.select_related("link").first()
    if reply is None or organisation.entry is None or entry.number != organisation.entry.number + 1:
        return None
    return confirmed(reply, entry, now=now)


def confirmed(reply: Reply, entry: Entry, *, now: datetime) -> DetailsCheck:
    """The check that is an organisation's own word; part of an action."""
    return DetailsCheck.objects.create(
        organisation=entry.organisation,
        entry=entry,
        checked_on=reply.replied_at.date(),
        how=CheckedBy.LINK,
        asked=reply.name,
        checked_by=reply.link.sent_by,
        recorded_at=now,
    )


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


def _insist_on_successor(organisation: Organisation, fields: Mapping[str, Any]) -> None:
    standing = fields.get("standing", organisation.standing)
    successor = fields.get("successor", organisation.successor)
    if successor is None and standing == Standing.MERGED:
        raise BadSuccessor
    if successor is not None:
        if standing == Standing.ACTIVE:
            raise BadSuccessor("Only an organisation that closed or merged has a successor.")
        if successor.pk == organisation.pk or successor.entry_id is None:
            raise BadSuccessor


def _insist_on_shape(row: Row) -> None:
    if isinstance(row, CharityRegistration):
        row.number = registers.normal_number(row.register, row.number)
        if sentence := registers.objection_to_number(row.register, row.number):
            raise BadRegistration(sentence)
    if isinstance(row, Contact):
        row.value = contacts.normal_value(row.kind, row.value)
        if sentence := contacts.objection_to_contact(row.kind, row.value):
            raise BadContact(sentence)
    if isinstance(row, Coverage) and row.code not in AREAS:
        raise UnknownArea(f"“{row.code}” is not the code of a region, nation or state (ISO 3166).")
