"""Who may come to the desk, and what is kept for a person whose session ended while they wrote."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alsinfo.accounts import keeping
from alsinfo.accounts.keeping import forget
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from conditions.models import Reviewer

__all__ = ["forget", "keep", "kept", "readers_only", "reviewers_only"]

View = Callable[..., HttpResponse]

SECRET = ("password", "code", "passkey", "csrfmiddlewaretoken", "is_declaration_true", "digest", "group")


def reviewers_only(view: View) -> View:
    """Give the view the signed-in reviewer; others are sent to sign in, or told why they cannot enter."""

    @wraps(view)
    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.user
        if not isinstance(person, User):
            keep(request)
            return redirect_to_login(request.path)
        reviewer = Reviewer.objects.filter(user=person, is_active=True).select_related("user").first()
        if reviewer is None or not holds(person, Role.REVIEWER):
            if request.path == reverse("desk:queue") and holds(person, Role.DRAFT_READER):
                return redirect("desk:readings")
            return render(request, "desk/not_a_reviewer.html", {"person": person}, status=403)
        try:
            return view(request, reviewer, *args, **kwargs)
        except Http404:
            return render(request, "404.html", status=404)  # the one of public pages may be kept by caches

    return check


def readers_only(view: View) -> View:
    """Give the view the signed-in person who reads drafts; others are sent to sign in, or told why they cannot."""

    @wraps(view)
    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.user
        if not isinstance(person, User):
            keep(request)
            return redirect_to_login(request.path)
        if not holds(person, Role.DRAFT_READER):
            return render(request, "desk/not_a_reader.html", {"person": person}, status=403)
        try:
            return view(request, person, *args, **kwargs)
        except Http404:
            return render(request, "404.html", status=404)  # the one of public pages may be kept by caches

    return check


def keep(request: HttpRequest) -> None:
    """Remember what somebody without a session posted, but for passwords and ticks, until they are back."""
    if request.method == "POST":
        keeping.keep(request, without=SECRET)


def kept(request: HttpRequest) -> dict[str, str]:
    """What was kept for this page."""
    typed = keeping.kept(request)
    return {name: values[-1] for name, values in typed.fields.items() if values and values[-1]} if typed else {}
