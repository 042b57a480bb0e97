"""Open a note on a text, reply, resolve it, open it again; none of it is a contribution."""

from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions import notices
from conditions.content.canonical import normalise_text
from conditions.models import Edition, Note, NoteReply
from conditions.policies import noting as policies
from conditions.vocabulary import EditionState, NoteState


@action
def open_note(edition: Edition, body: str, *, by: User, part: str = "") -> Note:
    """Say something about a text or a part of it; whoever is mentioned gets a mail."""
    insist(policies.objection_to_note(edition, part, body, by=by))
    note = Note.objects.create(edition=edition, part=part, author=by, body=normalise_text(body), made_at=clock_now())
    notices.mentioned(policies.mentioned_in(body).people, note, edition, by=by)
    record("open_note", note, by=by, after=note.state)
    return note


@action
def reply_to_note(note: Note, body: str, *, by: User) -> Note:
    """Say more; whoever is mentioned gets a mail."""
    note = lock(note)
    insist(policies.objection_to_reply_to_note(note, body, by=by))
    NoteReply.objects.create(note=note, author=by, body=normalise_text(body), made_at=clock_now())
    notices.mentioned(policies.mentioned_in(body).people, note, _where_to_read(note), by=by)
    record("reply_to_note", note, by=by)
    return note


@action
def resolve_note(note: Note, *, by: User) -> Note:
    """Nothing more is to be said or done."""
    note = lock(note)
    insist(policies.objection_to_resolve_note(note, by=by))
    return _settle(note, "resolve_note", by=by, state=NoteState.RESOLVED, resolved_by_id=by.pk, resolved_at=clock_now())


@action
def reopen_note(note: Note, *, by: User) -> Note:
    """There is more to say or do."""
    note = lock(note)
    insist(policies.objection_to_reopen_note(note, by=by))
    return _settle(note, "reopen_note", by=by, state=NoteState.OPEN, resolved_by_id=None, resolved_at=None)


def _settle(note: Note, verb: str, *, by: User, **fields: Any) -> Note:
    before = note.state
    swap(note, **fields)
    record(verb, note, by=by, before=before, after=note.state)
    return note


def _where_to_read(note: Note) -> Edition:
    """The open edition of the article if there is one, else the note's own."""
    own = note.edition
    return Edition.objects.filter(article=own.article_id).exclude(state=EditionState.CLOSED).first() or own
