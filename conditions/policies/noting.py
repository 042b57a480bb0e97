"""Who may say what on a note, and who may be mentioned there."""

from dataclasses import dataclass

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import held_by
from alsinfo.refusals import Refusal
from conditions.content.canonical import UnusableText, normalise_text
from conditions.content.mentions import mentions, without_stops
from conditions.errors.commenting import UnusableRemark
from conditions.errors.drafting import WrongState
from conditions.errors.noting import CannotMention, NoteOpen, NoteResolved
from conditions.models import Edition, Note
from conditions.policies.commenting import OTHER_PARTS, SECTION, objection_to_words
from conditions.policies.roles import objection_without
from conditions.vocabulary import EditionState, NoteState

READERS = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)


@dataclass(frozen=True)
class Mentioned:
    """Whom a text mentions, and the names that nobody has, as typed."""

    people: list[User]
    unknown: list[str]


def objection_to_talk(*, by: User) -> Refusal | None:
    """Whoever reads editions for work; a superuser only looks."""
    return objection_without(by, *READERS)


def objection_to_note(edition: Edition, part: str, body: str, *, by: User) -> Refusal | None:
    """Whoever reads editions, on an open one and a part of it, in words that can be kept."""
    if objection := objection_to_talk(by=by):
        return objection
    if edition.state == EditionState.CLOSED:
        return WrongState("This edition is closed. Start a new one to talk about its text.")
    if part not in OTHER_PARTS and part.removeprefix(SECTION) not in keys_of(edition):
        return UnusableRemark("Say which part of the text this is about.")
    return objection_to_said(body)


def objection_to_reply_to_note(note: Note, body: str, *, by: User) -> Refusal | None:
    """Whoever reads editions, while the note is open."""
    if objection := objection_to_talk(by=by):
        return objection
    return NoteResolved() if note.state == NoteState.RESOLVED else objection_to_said(body)


def objection_to_resolve_note(note: Note, *, by: User) -> Refusal | None:
    """Whoever reads editions."""
    if objection := objection_to_talk(by=by):
        return objection
    return NoteResolved("This note is resolved already.") if note.state == NoteState.RESOLVED else None


def objection_to_reopen_note(note: Note, *, by: User) -> Refusal | None:
    """Whoever reads editions."""
    if objection := objection_to_talk(by=by):
        return objection
    return NoteOpen() if note.state == NoteState.OPEN else None


def objection_to_said(body: str) -> Refusal | None:
    """Words that can be kept, mentioning nobody who may not read the text."""
    if objection := objection_to_words(body, "note"):
        return objection
    barred = [person for person in mentioned_in(body).people if not may_read(person)]
    names = ", ".join(f"{person} (@{person.username})" for person in barred)
    return (
        CannotMention(f"{names} cannot read editions. Take the @ away to name them all the same.") if barred else None
    )


def mentioned_in(body: str) -> Mentioned:
    """Whom the text mentions; a stop after a name is no part of it unless somebody is called so."""
    try:
        typed = {name: User.normalize_username(name) for name in mentions(normalise_text(body))}
    except UnusableText:
        return Mentioned([], [])
    names = {spelt for name in typed.values() for spelt in (name, without_stops(name))}
    known = {person.username: person for person in User.objects.filter(username__in=names)} if names else {}
    found = {name: known.get(spelt) or known.get(without_stops(spelt)) for name, spelt in typed.items()}
    people = {person.pk: person for person in found.values() if person}
    return Mentioned(list(people.values()), [without_stops(name) for name, person in found.items() if person is None])


def may_read(person: User) -> bool:
    """Whether the person may read editions in the admin."""
    return person.is_active and person.is_staff and (person.is_superuser or not held_by(person).isdisjoint(READERS))


def keys_of(edition: Edition) -> list[str]:
    """The keys of the edition's sections, in order."""
    return list(dict.fromkeys(edition.sections.order_by("position", "pk").values_list("key", flat=True)))
