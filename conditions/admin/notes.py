"""Notes on an edition: what editors, publishers and leads say to each other about its text, in threads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from alsinfo.accounts.models import User
from alsinfo.admin.permissions import person
from alsinfo.admin.problems import Problem
from alsinfo.admin.records import RecordAdmin
from alsinfo.refusals import Refusal
from conditions.actions import noting
from conditions.admin.previews import edition_of
from conditions.models import Edition, Note
from conditions.policies import noting as policies
from conditions.policies.commenting import LONGEST, OTHER_PARTS, SECTION
from conditions.vocabulary import NoteState

HINT = "@username sends that person a mail. Only those who may read editions can be mentioned."
SOMETHING = "to be said"
OPENED = "note"
REPLIES = ("reply", "reopen")  # what carries a reply


class SayForm(forms.Form):
    """What is said."""

    body = forms.CharField(
        label="Your reply",
        required=False,
        max_length=LONGEST["body"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=HINT,
    )


class NoteForm(SayForm):
    """What is said first, and about which part."""

    part = forms.ChoiceField(label="About", required=False)
    field_order = ("part", "body")

    def __init__(self, edition: Edition, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{OPENED}-%s")
        self.fields["part"].choices = list(_parts(edition).items())  # type: ignore[attr-defined]
        self.fields["body"].label = "Your note"


@dataclass(frozen=True)
class Thread:
    """A note with its place in words and the form of a reply; `is_carried` says that it began on an earlier edition."""

    note: Note
    place: str
    is_carried: bool
    reply: SayForm

    @property
    def is_open(self) -> bool:
        """Whether it waits for something."""
        return self.note.state == NoteState.OPEN


@dataclass(frozen=True)
class NotesCard:
    """How many threads beside an edition are open, the newest of them, and where all are."""

    url: str
    open: int
    resolved: int
    newest: list[Note]


def notes_card(edition: Edition) -> NotesCard:
    """What the page of an edition shows of its notes."""
    found = list(Note.objects.beside(edition).select_related("author"))
    waiting = [note for note in found if note.state == NoteState.OPEN]
    return NotesCard(address(edition), len(waiting), len(found) - len(waiting), waiting[:-4:-1])


def address(edition: Edition) -> str:
    """The page of an edition's notes."""
    return reverse("admin:conditions_edition_notes", args=[edition.pk])


def note_urls(editions: RecordAdmin) -> list[URLPattern]:
    """The address below an edition's own."""

    def notes(request: HttpRequest, object_id: str) -> HttpResponse:
        return notes_page(request, editions, edition_of(editions, request, object_id))

    view = editions.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(notes))
    return [path("<path:object_id>/notes/", view, name="conditions_edition_notes")]


def notes_page(request: HttpRequest, editions: RecordAdmin, edition: Edition) -> HttpResponse:
    """Every thread; a POST says something, resolves or opens again. What is refused is shown again as typed."""
    refusal = None
    if request.method == "POST":
        try:
            note, sentence = _act(request, edition)
        except Refusal as objection:
            refusal = objection
        else:
            messages.success(request, sentence)
            return HttpResponseRedirect(f"{address(edition)}#note-{note.pk}")
    context = {
        **editions.admin_site.each_context(request),
        "title": f"Notes: {edition}",
        "edition": edition,
        **_shown(edition, person(request), request.POST if refusal else None),
        "problems": [_problem(refusal, request.POST)] if refusal else [],
    }
    status = refusal.status if refusal else 200
    return TemplateResponse(request, "admin/conditions/notes.html", context, status=status)


def _act(request: HttpRequest, edition: Edition) -> tuple[Note, str]:
    """Do what the button says; the note and a sentence. Raises Refusal, Http404."""
    deed, by, body = request.POST.get("deed", ""), person(request), request.POST.get("body", "")
    if deed == "open":
        note = noting.open_note(edition, body, by=by, part=request.POST.get("part", ""))
        return note, f"Noted.{_hint(body)}"
    note = _note(edition, request.POST.get("note", ""))
    if deed == "reply":
        return noting.reply_to_note(note, body, by=by), f"Replied.{_hint(body)}"
    if deed == "resolve":
        return noting.resolve_note(note, by=by), "The note is resolved."
    if deed == "reopen":
        note = noting.reopen_note(note, by=by)
        note = noting.reply_to_note(note, body, by=by) if body.strip() else note
        return note, f"The note is open again.{_hint(body)}"
    raise Http404


def _note(edition: Edition, number: str) -> Note:
    found = Note.objects.beside(edition).filter(pk=int(number)) if number.isdecimal() and len(number) < 10 else []
    for note in found:
        return note
    raise Http404


def _hint(body: str) -> str:
    """A word about names that nobody has."""
    unknown = policies.mentioned_in(body).unknown
    names = ", ".join(f"@{name}" for name in unknown)
    return f" Nobody here is called {names}, so nobody was told: is the name right?" if unknown else ""


def _shown(edition: Edition, by: User, typed: Any) -> dict[str, Any]:
    """The threads, open ones first, with the form that was refused filled in."""
    found = Note.objects.beside(edition).select_related("author", "resolved_by", "edition")
    parts = _parts(edition)
    threads = [_thread(note, edition, parts, typed) for note in found.prefetch_related("replies__author")]
    is_opening = typed is not None and typed.get("deed") == "open"
    return {
        "threads": sorted(threads, key=lambda thread: not thread.is_open),
        "form": NoteForm(edition, typed if is_opening else None),
        "objection": policies.objection_to_note(edition, "", SOMETHING, by=by),
        "barred": policies.objection_to_talk(by=by),
    }


def _thread(note: Note, edition: Edition, parts: dict[str, str], typed: Any) -> Thread:
    is_refused = typed is not None and typed.get("deed") in REPLIES and typed.get("note") == str(note.pk)
    reply = SayForm(typed if is_refused else None, auto_id=f"reply-{note.pk}-%s")
    place = parts.get(note.part, note.part.removeprefix(SECTION))
    return Thread(note, place, note.edition_id != edition.pk, reply)


def _parts(edition: Edition) -> dict[str, str]:
    """The parts a note can be about, in words."""
    headings: Iterable[tuple[str, str]] = edition.sections.order_by("position", "pk").values_list("key", "heading")
    return {part: words.capitalize() for part, words in OTHER_PARTS.items()} | {
        f"{SECTION}{key}": heading or key for key, heading in headings
    }


def _problem(refusal: Refusal, typed: Any) -> Problem:
    """The refusal, with a link to what was typed."""
    number = typed.get("note", "") if typed.get("deed") in REPLIES else ""
    return Problem(
        "Your reply" if number else "Your note", str(refusal), f"reply-{number}-body" if number else f"{OPENED}-body"
    )
