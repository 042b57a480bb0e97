"""Attempts on notes among editors and on links that show a draft."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model

from alsinfo.concurrency import clock_now
from conditions.models import Note, NoteReply, PreviewLink
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, saved
from tests.refusals.scene import Scene
from tests.world import GB


def note(s: Scene, **but: Any) -> Note:
    """An open note on the draft."""
    values = {"edition": s.drafted, "author": s.world.editor, "body": "Is this right?", "made_at": clock_now()}
    return Note(**{**values, **but})


def reply(s: Scene, **but: Any) -> NoteReply:
    """Another word of the thread."""
    values = {"note": s.note, "author": s.world.lead, "body": "It is.", "made_at": clock_now()}
    return NoteReply(**{**values, **but})


def link(s: Scene, **but: Any) -> PreviewLink:
    """A link to the draft that works for a day."""
    now = clock_now()
    values = {"edition": s.drafted, "region": GB, "token_hash": "2" * 64, "made_by": s.world.editor, "made_at": now}
    return PreviewLink(**{**values, "expires_at": now + timedelta(days=1), **but})


@attempt("a_note_says_something")
def noting_nothing(s: Scene) -> Act:
    return lambda: note(s, body="").save()


@attempt("a_reply_to_a_note_says_something")
def replying_nothing(s: Scene) -> Act:
    return lambda: reply(s, body="").save()


@attempt("a_note_is_open_or_somebody_resolved_it")
def a_note_resolved_by_nobody(s: Scene) -> Act:
    return lambda: change(s.note, state="resolved", resolved_at=clock_now())


@attempt("a_note_is_open_or_somebody_resolved_it", repeats=("conditions_note_state_takes_allowed_steps",))
def a_note_in_an_unknown_state(s: Scene) -> Act:
    return lambda: change(s.note, state="lost")


@attempt("conditions_note_state_begins_at_the_beginning")
def a_note_that_begins_resolved(s: Scene) -> Act:
    by = {"resolved_by": s.world.lead, "resolved_at": clock_now()}
    return lambda: note(s, state="resolved", **by).save()


@attempt("conditions_note_state_takes_allowed_steps", repeats=("a_note_is_open_or_somebody_resolved_it",))
def a_note_that_is_neither_open_nor_resolved(s: Scene) -> Act:
    return lambda: change(s.note, state="lost")


@attempt("a_preview_ends_after_it_was_made")
def a_preview_that_ended_before_it_began(s: Scene) -> Act:
    return lambda: link(s, expires_at=clock_now() - timedelta(days=2)).save()


@attempt("a_preview_is_for_a_known_region")
def a_preview_for_another_country(s: Scene) -> Act:
    return lambda: link(s, region="FR").save()


@attempt("somebody_revoked_a_revoked_preview")
def a_preview_revoked_by_nobody(s: Scene) -> Act:
    return lambda: change(saved(link(s)), revoked_at=clock_now())


@attempt("a_revoked_preview_stays_revoked")
def a_revoked_preview_that_works_again(s: Scene) -> Act:
    revoked = saved(link(s))
    change(revoked, revoked_by=s.world.lead, revoked_at=clock_now())
    return lambda: change(revoked, revoked_by=None, revoked_at=None)


@attempt("conditions_previewlink.token_hash")
def two_previews_with_one_token(s: Scene) -> Act:
    saved(link(s))
    return lambda: link(s).save()


CHANGES: dict[str, dict[str, Any]] = {
    "conditions_note": {"body": "All is well."},
    "conditions_notereply": {"body": "All is well."},
    "conditions_previewlink": {"token_hash": "1" * 64},
}
NEW_AND_OLD: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "conditions_note": lambda s: (note(s), s.note),
    "conditions_notereply": lambda s: (reply(s), s.note.replies.get()),
    "conditions_previewlink": lambda s: (link(s), s.shared),
}
"""See `kept`."""
