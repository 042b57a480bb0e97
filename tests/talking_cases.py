"""Notes among editors and links that show a draft, as rows of the table of actions."""

from typing import Any

from alsinfo.accounts.models import User
from conditions.actions import noting, previewing
from conditions.models import Note, PreviewLink
from tests import situations as s
from tests.action_case import Case
from tests.acts import Place, now
from tests.world import GB


def open_note(place: Place, by: User) -> Any:
    return noting.open_note(now(place.edition), "Is this right, @publisher?", by=by, part="section:symptoms")


def noted(place: Place) -> None:
    open_note(place, place.world.editor)


def resolve(place: Place, by: User) -> Any:
    return noting.resolve_note(Note.objects.get(), by=by)


def resolved(place: Place) -> None:
    resolve(place, place.world.editor)


def share(place: Place, by: User) -> Any:
    return previewing.share_preview(now(place.edition), GB, by=by).link


def shared(place: Place) -> None:
    share(place, place.world.editor)


NOTED = (s.drafted, noted)
TALKING = (
    Case("open_note", "publisher", (s.drafted,), "Note", after="open", act=open_note),
    Case(
        "reply_to_note",
        "lead",
        NOTED,
        "Note",
        act=lambda place, by: noting.reply_to_note(Note.objects.get(), "Yes, @editor.", by=by),
    ),
    Case("resolve_note", "editor", NOTED, "Note", "open", "resolved", act=resolve),
    Case(
        "reopen_note",
        "editor",
        (*NOTED, resolved),
        "Note",
        "resolved",
        "open",
        act=lambda place, by: noting.reopen_note(Note.objects.get(), by=by),
    ),
    Case("share_preview", "editor", (s.drafted,), "PreviewLink", after="UK, 7 days", act=share),
    Case(
        "revoke_preview",
        "lead",
        (s.drafted, shared),
        "PreviewLink",
        act=lambda place, by: previewing.revoke_preview(PreviewLink.objects.get(), by=by),
    ),
)
