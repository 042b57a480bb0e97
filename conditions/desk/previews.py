"""The page of a draft, for whoever was given a link: as its readers would get it, under a banner, kept nowhere."""

from dataclasses import replace
from time import monotonic

from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alsinfo.pacing import MINUTE, Pace
from alsinfo.tokens import hash_of
from conditions.content.canonical import UnusableText
from conditions.models import PreviewLink
from conditions.page_facts import page_of_draft
from conditions.rendering import article_html
from organisations.regions import Region

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}
MOST_A_MINUTE = 60  # views of one link in this process: each makes the whole page anew

_pace = Pace()


def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it is now; a link that does not work is an address like any that never was."""
    link = _working(token) if request.method in ("GET", "HEAD") else None
    if link is None:
        raise Http404
    response = _answer(request, link)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _working(token: str) -> PreviewLink | None:
    found = PreviewLink.objects.working(Now()).filter(token_hash=hash_of(token))
    link = found.select_related("edition__article").first()
    return link if link is not None and Region(link.region) in link.edition.covered else None


def _answer(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    if _pace.is_too_fast(link.token_hash, MOST_A_MINUTE, monotonic()):
        response = render(request, "429.html", status=429)
        response.headers["Retry-After"] = f"{MINUTE:.0f}"
        return response
    region = Region(link.region)
    shown = page_of_draft(link.edition, region)
    until = region.day(link.expires_at)
    asked = f"{shown.preview} This link works until {until:%-d %B %Y}; please do not pass it on."
    try:
        return HttpResponse(article_html(replace(shown, preview=asked)))
    except UnusableText as problem:
        raise Http404 from problem
