"""What becomes of a form of the admin whose sender is not let in: kept, or shown to be copied; never saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from alsinfo.accounts.keeping import WRITER, keep
from alsinfo.admin.conflicts import CARRY, CHOICE, KIND, MARKS, VERSION
from alsinfo.admin.sheets import address, mark, marks_in
from alsinfo.refusals import Refusal

NOT_TYPED = ("_", WRITER, VERSION, MARKS, "csrfmiddlewaretoken", KIND, CHOICE)
NOT_TYPED_IN_ROWS = ("-id", "_FORMS", "-DELETE", "-position")


class NotSentYet(Refusal):
    """What was typed before the session ended is shown again."""

    code = "not-sent-yet"
    sentence = (
        "You were not signed in any more when you sent this, so nothing was saved. "
        "What you typed is in the form again: look at it, then save."
    )


def keep_for_later(request: HttpRequest) -> str:
    """Keep what was sent; gives the page to come back to, of a button's form that of its thing."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if match is None or name.endswith(("_change", "_add")):
        keep(request)
        return request.path
    begin, _, deed = name.rpartition("_")
    try:
        page = reverse(f"{begin}_change", args=[match.kwargs.get("object_id", "")])
    except NoReverseMatch:
        return reverse("admin:index")
    keep(request, page, deed=deed)
    return page


def not_saved(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """403 with what was typed, to be copied."""
    return render(request, "admin/not_saved.html", {**context, "typed": typed_in(request)}, status=403)


def typed_in(request: HttpRequest) -> str:
    """What somebody typed or changed in the form that was sent, each text under the name of its field."""
    opened = marks_in(request.POST.get(MARKS, ""))
    parts = []
    for name, text in request.POST.items():
        prefix, _, rest = name.partition("-")
        place, _, field = rest.partition("-")
        key = request.POST.get(f"{prefix}-{place}-id", "")
        was = opened.get(address(prefix, key, field) if field else address("", "", name))
        is_known = was is not None or not opened or (bool(field) and not key)
        if is_typed(name, str(text)) and is_known and was != mark(str(text)):
            label = f"{prefix} {int(place) + 1}, {field}" if place.isdecimal() else name
            parts.append(f"{label.removeprefix(CARRY).replace('_', ' ').capitalize()}:\n{text}\n")
    return "\n".join(parts)


def is_typed(name: str, text: str) -> bool:
    """Whether a field is one that people type into, as far as its name and text tell."""
    is_own = not name.startswith(NOT_TYPED) and not name.endswith(NOT_TYPED_IN_ROWS) and "__prefix__" not in name
    return is_own and bool(text) and not text.isdecimal()
