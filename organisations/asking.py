"""Ask an organisation about its own entry by a link: it confirms, or sends what a second person approves.

Who has the link needs no account. What comes through it counts as proposed by the person who sent it, so that
nobody approves what a link of their own brought.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from alsinfo.outbox import post
from alsinfo.tokens import hash_of
from organisations import actions, contacts, policies
from organisations.errors import AlreadyConfirmed, LinkOver, NothingNew, NotShown
from organisations.models import (
    CharityRegistration,
    Contact,
    Coverage,
    DetailsCheck,
    Entry,
    EntryLink,
    Organisation,
    Reply,
    Service,
)
from organisations.models.asking import MOST_REPLIES
from organisations.showing import hidden_of
from organisations.vocabulary import ReplyKind

LETTER = """Dear colleagues at {organisation},

{publisher} lists {organisation} among the organisations that help. Is your entry right? This page shows it as readers
see it. There you can confirm it, or send us what should change:

{address}

No account is needed. The link works until {until:%-d %B %Y} and brings us up to {most} answers. A second person looks
at every change before readers see it. If somebody else in your organisation should answer, please pass this on.

{sender}, {publisher}
"""
TOLD = """{organisation} answered through the link you sent: {kind}.

{address}
"""
FIELDS = {
    "name": "name",
    "former_names": "former_names",
    "parent": "parent_note",
    "what": "what_it_does",
    "serves": "whom_it_serves",
    "standing": "standing",
}
"""What an organisation may correct in words: by its name in an entry, the desk's."""

Key = tuple[str, str]
"""Kind and value of a contact, or a register and a number in it."""


@dataclass(frozen=True)
class Said:
    """What an organisation says instead of an entry; what is not named here stays as it is.

    `words` by the names of `FIELDS`; `successor` the uuid of who goes on with its work, "" for nobody; `help` kinds of
    service, `coverage` codes of areas, `registrations` registers with numbers, None for as before; `contacts` new
    values of `actions.CONTACT` by the contact that they replace; `added` and `gone` contacts.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    successor: str | None = None
    help: frozenset[str] | None = None
    coverage: frozenset[str] | None = None
    registrations: frozenset[Key] | None = None
    contacts: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    added: tuple[Mapping[str, Any], ...] = ()
    gone: frozenset[Key] = frozenset()


@action
def send_link(organisation: Organisation, address: str, *, by: User, days: int = policies.DAYS) -> EntryLink:
    """Send an organisation a link to its own entry; nobody here learns the secret in it."""
    organisation, address = lock(organisation), address.strip()
    insist(policies.objection_to_send_link(organisation, address, by=by, days=days))
    token, now = secrets.token_urlsafe(), clock_now()
    until = now + timedelta(days=days)
    link = EntryLink.objects.create(
        organisation=organisation,
        token_hash=hash_of(token),
        sent_to=address,
        sent_by=by,
        sent_at=now,
        expires_at=until,
    )
    name = public_name(organisation)
    letter = LETTER.format(
        organisation=name,
        publisher=settings.PUBLISHER_NAME,
        address=f"{settings.SITE_URL}/your-entry/{token}/",
        until=until,
        most=MOST_REPLIES,
        sender=by,
    )
    post.send(address, f"Is the entry of {name} right?", letter)
    record("send_link", link, by=by, after=f"{name}, {days} days")
    return link


@action
def revoke_link(link: EntryLink, *, by: User) -> EntryLink:
    """The link works no longer. Raises `LinkOver` for one that does not work."""
    link = lock(link)
    insist(policies.objection_to_revoke_link(link, by=by))
    EntryLink.objects.filter(pk=link.pk).update(revoked_by=by, revoked_at=clock_now())
    link.refresh_from_db()
    record("revoke_link", link, by=by, before=str(link.organisation))
    return link


@action
def confirm_entry(link: EntryLink, entry: Entry, *, name: str) -> DetailsCheck:
    """The organisation says that the entry it read is right; readers see on which day. Raises `NotShown`."""
    link = lock(link)
    insist(policies.objection_to_reply(link, name=name))
    organisation, now = lock(link.organisation), clock_now()
    if organisation.entry_id != entry.pk:
        raise NotShown("Your entry changed since you opened this page. Look at it again.")
    if link.replies.filter(kind=ReplyKind.CONFIRMED, entry=entry, replied_at__date=now.date()).exists():
        raise AlreadyConfirmed
    reply = _replied(link, ReplyKind.CONFIRMED, entry, name=name)
    entry.organisation = organisation
    check = actions.confirmed(reply, entry, now=now)
    swap(organisation, details_check=check)
    record("confirm_entry", check, by=None, reason=actions.show_everywhere(organisation), after=str(organisation))
    return check


@action
def correct_entry(link: EntryLink, entry: Entry, said: Said, *, name: str, note: str = "") -> Reply:
    """What the organisation says instead of the entry it read becomes a proposal; a note alone reaches the staff.

    Raises `NothingNew`, and what `actions.propose` raises.
    """
    link = lock(link)
    insist(policies.objection_to_reply(link, name=name))
    organisation = lock(link.organisation)
    if entry.organisation_id != organisation.pk or entry.approved_by_id is None:
        raise NotShown
    fields, put, remove = _changes(organisation, entry, said)
    if not (fields or put or remove or note.strip()):
        raise NothingNew("Nothing was changed. If everything is right, say so above.")
    proposed = None
    if fields or put or remove:
        proposed = actions.write_entry(organisation, by=link.sent_by, fields=fields, put=put, remove=remove)
    reply = _replied(link, ReplyKind.CORRECTED, proposed, name=name, note=note)
    record("correct_entry", reply, by=None, after=str(proposed or organisation))
    return reply


def public_name(organisation: Organisation) -> str:
    """Its name as readers see it."""
    return str(organisation.entry.content["name"]) if organisation.entry else organisation.name


def seen_contacts(organisation: Organisation, entry: Entry) -> dict[Key, dict[str, Any]]:
    """The contacts of an entry that readers see, by kind and value."""
    hidden = hidden_of(organisation)
    rows = {(row["kind"], row["value"]): row for row in entry.content["contacts"]}
    return {key: row for key, row in rows.items() if key not in hidden}


def _replied(link: EntryLink, kind: ReplyKind, entry: Entry | None, *, name: str, note: str = "") -> Reply:
    """Keep the answer, and tell who sent the link."""
    number, organisation = link.replies.count() + 1, link.organisation
    if number > MOST_REPLIES:
        raise LinkOver
    told = TOLD.format(
        organisation=public_name(organisation),
        kind=kind.label.lower(),
        address=f"{settings.SITE_URL}/admin/organisations/organisation/{organisation.pk}/change/",
    )
    post.send(link.sent_by, f"{public_name(organisation)} answered", told)
    return Reply.objects.create(
        link=link,
        number=number,
        kind=kind,
        entry=entry,
        name=name.strip(),
        note=note.strip(),
        replied_at=clock_now(),
    )


def _changes(
    organisation: Organisation, entry: Entry, said: Said
) -> tuple[dict[str, Any], list[actions.Row], list[actions.Row]]:
    """What differs from the entry it read, as fields and rows of the desk; others' waiting changes stay."""
    content = entry.content
    fields: dict[str, Any] = {FIELDS[name]: text for name, text in said.words.items() if text != content[name]}
    if said.successor is not None and said.successor != content["successor"].get("uuid", ""):
        fields["successor"] = Organisation.objects.get(uuid=said.successor) if said.successor else None
    rows = {(row.kind, row.value): row for row in organisation.contacts.all()}
    put: list[actions.Row] = list(_changed_contacts(seen_contacts(organisation, entry), rows, said))
    remove: list[actions.Row] = [rows[key] for key in said.gone if key in rows]
    for wanted, before, known, new in _sets(organisation, content, said):
        if wanted is not None:
            put += [new(key) for key in sorted(wanted - before - known.keys())]
            remove += [known[key] for key in sorted(before - wanted) if key in known]
    return fields, put, remove


def _sets(
    organisation: Organisation, content: Mapping[str, Any], said: Said
) -> Iterator[tuple[frozenset[Any] | None, set[Any], dict[Any, Any], Callable[[Any], actions.Row]]]:
    """What it says it has several of; what the entry says; the rows of the desk by the same keys; how one is made."""
    known = {row.kind: row for row in organisation.services.all()}
    yield said.help, set(content["services"]), known, lambda kind: Service(kind=kind)
    areas = {row.code: row for row in organisation.coverage.all()}
    yield said.coverage, set(content["coverage"]), areas, lambda code: Coverage(code=code)
    numbers = {(row.register, row.number): row for row in organisation.registrations.all()}
    before = {(row["register"], row["number"]) for row in content["registrations"]}
    yield said.registrations, before, numbers, lambda key: CharityRegistration(register=key[0], number=key[1])


def _changed_contacts(seen: Mapping[Key, Any], rows: Mapping[Key, Contact], said: Said) -> Iterator[Contact]:
    last = max((row.position for row in rows.values()), default=0)
    for key, values in said.contacts.items():
        value = contacts.normal_value(values["kind"], values["value"])
        if key not in said.gone and {**values, "value": value} != seen.get(key):
            row = rows.get(key, Contact(position=last + 1))
            for name in actions.CONTACT:
                setattr(row, name, values[name])
            yield row
    for place, values in enumerate(said.added, start=last + 1):
        yield Contact(position=place, **{name: values[name] for name in actions.CONTACT})
