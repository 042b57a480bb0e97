"""The page on which a person chooses when notices that can wait reach them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from alsinfo.accounts import keeping
from alsinfo.accounts.adapter import place_of_work
from alsinfo.accounts.forms import form_helper, send_to
from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.outbox.choosing import LONGEST_PAUSE, choose_digest, next_digest
from alsinfo.outbox.digests import choice_of
from alsinfo.outbox.models import ZONES
from alsinfo.refusals import Refusal

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class DigestForm(forms.Form):
    """The hour, the zone it is in, and a pause."""

    hour = forms.TypedChoiceField(label="Hour", choices=HOURS, coerce=int)
    zone = forms.ChoiceField(label="Your time zone", choices=ZONES)
    paused_until = forms.DateField(
        label="Pause until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=f"Only if you want a pause, of {LONGEST_PAUSE.days} days at most. What came meanwhile comes then.",
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(auto_id="page-%s", **kwargs)
        self.helper = form_helper("Save", *self.fields)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """When the digest comes; a POST changes it at once, and what was typed is kept for who has to sign in again."""
    person = request.user
    if not isinstance(person, User):
        if request.method == "POST":
            keeping.keep(request)
        return redirect_to_login(request.path)
    if request.method != "POST":
        kept = keeping.kept(request)
        return _show(request, person, DigestForm(data=kept.as_post()) if kept else _form_of(person))
    form = DigestForm(data=request.POST)
    if not form.is_valid():
        return _show(request, person, form, 400)
    try:
        choose_digest(**form.cleaned_data, by=person)
    except Refusal as refusal:
        form.add_error("paused_until", str(refusal))
        return _show(request, person, form, refusal.status)
    keeping.forget(request)
    messages.success(request, "Saved.")
    return redirect("account_notices")


def _form_of(person: User) -> DigestForm:
    choice = choice_of(person)
    today = choice.day(clock_now())
    paused = choice.paused_until if choice.paused_until and choice.paused_until > today else None
    return DigestForm(initial={"hour": choice.hour, "zone": choice.zone, "paused_until": paused})


def _show(request: HttpRequest, person: User, form: DigestForm, status: int = 200) -> HttpResponse:
    send_to(form.helper, request.path)
    choice, now = choice_of(person), clock_now()
    next_day = next_digest(choice, now)
    context = {
        "form": form,
        "choice": choice,
        "paused_until": next_day if next_day > choice.day(now) else None,
        "place": place_of_work(person),
        "is_kept": bool(keeping.kept(request)),
    }
    return render(request, "accounts/notices.html", context, status=status)
