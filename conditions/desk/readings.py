"""The desk of people who read drafts: what they were asked to read, one text, and what became of their remarks."""

import logging
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alsinfo.accounts.models import User
from alsinfo.refusals import Refusal
from conditions.actions import reading as actions
from conditions.desk.access import forget, kept, readers_only
from conditions.desk.reading_forms import RemarksForm, RequestForm, words_of
from conditions.desk.reading_text import answered_remarks, parts_of, reading_text
from conditions.desk.texts import is_whole, minutes_to_read
from conditions.models import Reading
from conditions.vocabulary import ReadingState

ACCEPT, DECLINE, SAVE, SEND = "accept", "decline", "save", "send"
SAVED = "Saved. You can go on later, on this or another device. Nothing was sent yet."
ALREADY = "That was sent already, so nothing was sent twice. This is how it stands."

alarm = logging.getLogger("alsinfo.alarm")


@require_safe
@readers_only
def readings(request: HttpRequest, person: User) -> HttpResponse:
    """What a person was asked to read, and what they read before."""
    own = Reading.objects.filter(reader=person)
    read = own.shown().filter(state=ReadingState.COMPLETED).order_by("-completed_at")
    return render(request, "desk/readings.html", {"waiting": own.waiting(), "read": read})


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def reading(request: HttpRequest, person: User, pk: int) -> HttpResponse:
    """One draft to read: the request, then the text with a box for each part; a POST answers, keeps or sends."""
    found = _reading(person, pk)
    if not is_whole(found.revision):
        alarm.critical("The text of reading %s is altered.", found.pk)
        return render(request, "503.html", status=503)
    if request.method == "POST":
        return _take(request, found, person)
    if found.state == ReadingState.INVITED:
        return _show_request(request, found, RequestForm(initial=kept(request)))
    if found.state == ReadingState.ACCEPTED:
        return _show_text(request, found, _form(found, initial={**_draft(found), **kept(request)}))
    return _show_ended(request, found)


def _take(request: HttpRequest, found: Reading, person: User) -> HttpResponse:
    step = request.POST.get("step", "")
    if found.is_open and step in (ACCEPT, DECLINE):
        return _answer(request, found, person, step)
    if found.state == ReadingState.ACCEPTED:
        return _remark(request, found, person, step)
    if found.state == ReadingState.CANCELLED:
        return _closed_meanwhile(request, found, person)
    messages.info(request, ALREADY)
    return redirect("desk:reading", pk=found.pk)


def _answer(request: HttpRequest, found: Reading, person: User, step: str) -> HttpResponse:
    form = RequestForm(data=request.POST)
    if not form.is_valid():
        return _show_request(request, found, form, status=400)
    if step == ACCEPT and found.state == ReadingState.ACCEPTED:
        return redirect("desk:reading", pk=found.pk)
    try:
        if step == ACCEPT:
            actions.accept_reading(found, by=person)
            messages.success(request, "Thank you. Here is the draft.")
        else:
            _keep(request, found, person)
            actions.decline_reading(found, by=person, reason=form.cleaned_data["reason"])
            messages.success(request, "The editors were told. Thank you for having a look.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    forget(request)
    return redirect("desk:reading", pk=found.pk)


def _remark(request: HttpRequest, found: Reading, person: User, step: str) -> HttpResponse:
    form, status = _form(found, data=request.POST), 400
    if form.is_valid() and step == SEND:
        form.insist_on_something()
    if form.is_valid() and step in (SAVE, SEND):
        try:
            if step == SEND:
                actions.complete_reading(found, form.remarks((found.region,)), by=person)
            else:
                actions.save_reading(found, form.typed, by=person)
                messages.success(request, SAVED)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            forget(request)
            return redirect("desk:reading", pk=found.pk)
    found = _reading(person, found.pk)
    if found.state == ReadingState.CANCELLED:
        return _closed_meanwhile(request, found, person)
    return _show_text(request, found, form, status)


def _closed_meanwhile(request: HttpRequest, found: Reading, person: User) -> HttpResponse:
    """The draft was closed while somebody wrote: what they wrote is kept and shown."""
    forget(request)
    _keep(request, found, person)
    return _show_ended(request, _reading(person, found.pk), status=409)


def _keep(request: HttpRequest, found: Reading, person: User) -> None:
    """Keep what was written but not sent, if anything was."""
    if typed := _form(found, data=request.POST).typed:
        actions.save_reading(found, typed, by=person)


def _show_request(request: HttpRequest, found: Reading, form: RequestForm, status: int = 200) -> HttpResponse:
    context = {
        **_facts(found),
        "summary": found.revision.content["summary"],
        "form": form,
        "is_kept": bool(kept(request)) and not form.is_bound,
    }
    return render(request, "desk/reading_request.html", context, status=status)


def _show_text(request: HttpRequest, found: Reading, form: RemarksForm, status: int = 200) -> HttpResponse:
    context = {
        **_facts(found),
        "text": reading_text(found.revision.content, form),
        "form": form,
        "is_kept": bool(kept(request)) and not form.is_bound,
    }
    return render(request, "desk/reading.html", context, status=status)


def _show_ended(request: HttpRequest, found: Reading, status: int = 200) -> HttpResponse:
    context = {
        **_facts(found),
        "remarks": answered_remarks(found),
        "words": words_of(_draft(found)),
        "completed_on": found.region.day(found.completed_at) if found.completed_at else None,
        "is_error": status != 200,
    }
    return render(request, "desk/reading_ended.html", context, status=status)


def _facts(found: Reading) -> dict[str, Any]:
    content = found.revision.content
    return {
        "reading": found,
        "region": found.region,
        "title": content["title"],
        "minutes": minutes_to_read(content),
        "path": f"/desk/readings/{found.pk}/",
    }


def _form(found: Reading, **kwargs: Any) -> RemarksForm:
    return RemarksForm(parts_of(found.revision.content), **kwargs)


def _draft(found: Reading) -> Mapping[str, str]:
    draft = getattr(found, "draft", None)
    return draft.fields if draft else {}


def _reading(person: User, pk: int) -> Reading:
    """One of the person's own; 404 for any other number, so that nobody learns what exists."""
    return get_object_or_404(Reading.objects.filter(reader=person).shown(), pk=pk)
