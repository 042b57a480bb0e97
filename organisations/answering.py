"""The page on which an organisation reads its own entry and answers, for whoever has the link sent to it.

It asks for no account and sets no cookie. The secret in its address is all that lets anybody in, so another site
cannot send these forms for a visitor, and no session could be ridden on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django import forms
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from alsinfo.answers import public
from alsinfo.pacing import MINUTE, Pace
from alsinfo.refusals import Refusal
from alsinfo.tokens import hash_of
from organisations import asking
from organisations.areas import covers
from organisations.dates import is_overdue
from organisations.facts import fact_of
from organisations.forms import (
    ContactForms,
    CorrectionForm,
    NameForm,
    RegistrationForms,
    initial_contacts,
    initial_of,
    said,
)
from organisations.models import Entry, EntryLink
from organisations.regions import Region

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
MOST_A_MINUTE = 30  # requests with one link
ID = "page-%s"

_pace = Pace()


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field, and the id of the control."""

    anchor: str
    sentence: str


@dataclass
class Answers:
    """The forms of the page: either says that everything is right, or what should change."""

    confirm: NameForm
    correct: CorrectionForm
    contacts: Any
    registrations: Any

    @property
    def correction(self) -> tuple[Any, ...]:
        """The forms that are sent together."""
        return self.correct, self.contacts, self.registrations

    @property
    def faults(self) -> list[Fault]:
        """Everything that is wrong."""
        rows = (each for forms in (self.contacts, self.registrations) for row in forms for each in _faults(row))
        return [*_faults(self.confirm), *_faults(self.correct), *rows]


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What readers see of the organisation, and its answer; one page for every link that does not work."""
    response = _answer(request, token)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


@public
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens with an answer; names nobody."""
    return render(request, "organisations/thanks.html")


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    links = EntryLink.objects.working(Now()).filter(token_hash=hash_of(token))
    link = links.select_related("organisation__entry", "organisation__shown__organisation", "sent_by").first()
    if link is None or link.organisation.entry is None:
        return render(request, "organisations/link_over.html", status=404)
    if _pace.is_too_fast(link.token_hash, MOST_A_MINUTE, monotonic()):
        response = render(request, "429.html", status=429)
        response.headers["Retry-After"] = f"{MINUTE:.0f}"
        return response
    if request.method != "POST":
        return _show(request, link, _fresh(link.organisation.entry))
    return _take(request, link, link.organisation.entry)


def _take(request: HttpRequest, link: EntryLink, shown: Entry) -> HttpResponse:
    """Act on what was sent; what cannot be taken comes back as it was typed."""
    answers = _fresh(shown)
    is_confirming = request.POST.get("answer") == "confirm"
    if is_confirming:
        answers.confirm = NameForm(request.POST, auto_id="confirm-%s")
        form: forms.Form = answers.confirm
        is_valid = form.is_valid()
    else:
        answers.correct = form = CorrectionForm(request.POST, auto_id=ID, content=shown.content)
        answers.contacts = ContactForms(request.POST, prefix="contacts", auto_id=ID)
        answers.registrations = RegistrationForms(request.POST, prefix="registrations", auto_id=ID)
        is_valid = all(each.is_valid() for each in answers.correction)
    if not is_valid:
        return _show(request, link, answers, 400)
    try:
        if is_confirming:
            read = link.organisation.entries.filter(pk=shown.pk, number=_number(request)).first()
            asking.confirm_entry(link, read or Entry(), name=form.cleaned_data["name"])
        else:
            _correct(link, answers)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(request, link, answers, refusal.status)
    return HttpResponseRedirect(reverse("organisations:thanks"))


def _correct(link: EntryLink, answers: Answers) -> None:
    form = answers.correct
    read = link.organisation.entries.filter(number=form.cleaned_data["number"]).first()
    name, note = form.cleaned_data["name"], form.cleaned_data["note"]
    asking.correct_entry(link, read or Entry(), said(*answers.correction), name=name, note=note)


def _number(request: HttpRequest) -> int:
    """The number of the entry that was read, 0 for anything else."""
    number = request.POST.get("number", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0


def _fresh(entry: Entry) -> Answers:
    """The forms as they are before anybody types."""
    content, rows = entry.content, initial_contacts(asking.seen_contacts(entry.organisation, entry))
    return Answers(
        NameForm(auto_id="confirm-%s"),
        CorrectionForm(auto_id=ID, initial=initial_of(content, entry.number), content=content),
        ContactForms(prefix="contacts", auto_id=ID, initial=rows),
        RegistrationForms(prefix="registrations", auto_id=ID, initial=content["registrations"]),
    )


def _show(request: HttpRequest, link: EntryLink, answers: Answers, status: int = 200) -> HttpResponse:
    body, entry = link.organisation, link.organisation.entry
    assert entry is not None  # noqa: S101
    region = Region.GB if covers(entry.content["coverage"], Region.GB) else Region.US
    fact = fact_of(body.shown, region)
    context = {
        "region": region,
        "organisation": fact,
        "is_overdue": fact.checked_on is not None and is_overdue(fact.checked_on, region.day(timezone.now())),
        "both": bool(covers(entry.content["coverage"], region.other)),
        "number": entry.number,
        "answers": answers,
        "faults": answers.faults,
        "replies": link.replies.all(),
        "works_until": region.day(link.expires_at),
        "own_url": request.path,
    }
    return render(request, "organisations/answering.html", context, status=status)


def _faults(form: Any) -> Iterator[Fault]:
    errors: Iterable[tuple[str, list[str]]] = form.errors.items()
    for name, sentences in errors:
        if name not in form.fields:
            yield from (Fault("", sentence) for sentence in sentences)
            continue
        field = form[name]
        anchor = field.id_for_label or f"{field.auto_id}_0"
        yield from (Fault(anchor, f"{field.label}: {sentence}") for sentence in sentences)
