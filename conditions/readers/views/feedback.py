"""A small page of its own on which readers tell us something: no account, no cookie, no script."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from alsinfo.answers import public, public_form
from alsinfo.refusals import Refusal
from conditions.actions import triaging
from conditions.policies.triaging import Said
from conditions.readers.answers import region_of
from conditions.readers.feedback_form import TOO_OLD, FeedbackForm, Opened, opened_for, opened_with
from conditions.readers.senders import comes_too_often, is_from_here, once
from conditions.rendering import article_path
from conditions.vocabulary.feedback import FeedbackAbout
from organisations.regions import Region

FROM_ELSEWHERE = "Another website sent this form. If it says what you mean, send it again from here."
TOO_OFTEN = "Many messages came from your connection within the hour. Nothing is lost: send this again in an hour."
OK, BAD, FORBIDDEN, TOO_MANY = 200, 400, 403, 429


@public_form
def feedback(request: HttpRequest, region_slug: str) -> HttpResponse:
    """Say that a page helped or did not, that something is wrong, or that it could harm somebody."""
    region = region_of(region_slug)
    if request.method == "POST":
        return _receive(request, region)
    about = request.GET.get("about", "")
    chosen = {"about": about} if about in FeedbackAbout.values else {}
    return _show(request, FeedbackForm(_asked(request, region), initial=chosen), OK)


@public
def feedback_sent(request: HttpRequest, region_slug: str) -> HttpResponse:
    """What happens next with what a reader sent, and whom to call in danger."""
    opened = _asked(request, region_of(region_slug))
    page = article_path(opened.region, opened.slug) if opened.publication else ""
    context = {"region": opened.region, "title": opened.title, "page": page}
    return _kept_nowhere(render(request, "conditions/feedback_sent.html", context))


def _receive(request: HttpRequest, region: Region) -> HttpResponse:
    opened = opened_with(region, request.POST.get("token", ""))
    form = FeedbackForm(opened or _asked(request, region), data=request.POST)
    if not form.is_valid():
        return _show(request, form, BAD)
    if opened is None:
        return _refuse(request, form, TOO_OLD, BAD)
    if not is_from_here(request):
        return _refuse(request, form, FROM_ELSEWHERE, FORBIDDEN)
    if comes_too_often(request):
        return _refuse(request, form, TOO_OFTEN, TOO_MANY)
    try:
        _send(request, opened, form.said())
    except Refusal as refusal:
        return _refuse(request, form, str(refusal), refusal.status)
    page = f"?{urlencode({'page': opened.slug})}" if opened.slug else ""
    return HttpResponseRedirect(f"/{region.slug}/feedback/sent/{page}")


def _send(request: HttpRequest, opened: Opened, said: Said) -> None:
    with once(request, "\n".join((opened.slug, said.about, said.section, said.stored))) as is_new:
        if is_new:
            triaging.send_feedback(said)


def _asked(request: HttpRequest, region: Region) -> Opened:
    return opened_for(region, request.GET.get("page", ""))


def _refuse(request: HttpRequest, form: FeedbackForm, sentence: str, status: int) -> HttpResponse:
    form.refuse(sentence)
    return _show(request, form, status)


def _show(request: HttpRequest, form: FeedbackForm, status: int) -> HttpResponse:
    context = {"region": form.opened.region, "opened": form.opened, "form": form}
    return _kept_nowhere(render(request, "conditions/feedback.html", context, status=status))


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
