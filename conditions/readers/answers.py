"""Answers that several pages give: cacheable pages, gone, missing, moved, not to be vouched for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from conditions.models import RegionalArticle
from conditions.page_facts import organisation_facts
from conditions.policies.withdrawing import open_suspension
from conditions.readers.serving import Altered, Gone, Missing, Moved, Reading, text_is_whole
from conditions.rendering import article_path
from organisations.regions import Region

View = Callable[..., HttpResponse]

NOT_MODIFIED = 304
CACHE_CONTROL = "public, max-age=60"  # seconds; a suspension reaches every reader within this time
RETRY_AFTER = "300"  # seconds


def public(view: View) -> View:
    """A public view: GET and HEAD only, and one 404 for all."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = not_found()
        if response.status_code != NOT_MODIFIED:
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return require_safe(answer)


def not_found() -> HttpResponse:
    """404: the same words and headers whatever was asked for, so that nobody learns that a draft exists."""
    response = HttpResponse(render_to_string("404.html"), status=404)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def region_of(slug: str) -> Region:
    """The region of an address part; 404 for any other word."""
    try:
        return Region.of_slug(slug)
    except KeyError as error:
        raise Http404 from error


def cacheable(request: HttpRequest, body: bytes | str, etag: str = "") -> HttpResponse:
    """The page for caches to keep a minute; 304 to a reader who has it."""
    response = HttpResponse(body)
    if etag:
        response.headers["ETag"] = quote_etag(etag)
    response.headers["Cache-Control"] = CACHE_CONTROL
    found = get_conditional_response(request, etag=quote_etag(etag), response=response) if etag else response
    return found or response


def otherwise(request: HttpRequest, region: Region, reading: Reading, suffix: str = "") -> HttpResponse:
    """The answer when there is no whole page: 404, 301, 410 or 503."""
    match reading:
        case Moved(slug):
            return HttpResponsePermanentRedirect(article_path(region, slug) + suffix)
        case Gone(regional_article_id):
            return gone(request, region, RegionalArticle.objects.get(pk=regional_article_id))
        case Altered():
            return not_vouched_for(request)
        case Missing():
            raise Http404
        case _:
            raise TypeError(f"{reading} is a whole page.")


def gone(request: HttpRequest, region: Region, page: RegionalArticle) -> HttpResponse:
    """410 with the public reason, urgent numbers and organisations; never a word of the text."""
    suspension = open_suspension(page)
    live = page.live_publication()
    is_whole = live is not None and text_is_whole(live.revision_id, live.revision.text)
    context = {
        "region": region,
        "reason": suspension.reason if suspension else "",
        "organisations": organisation_facts(live.revision.content) if live and is_whole else (),
    }
    response = render(request, "conditions/gone.html", context, status=410)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def not_vouched_for(request: HttpRequest) -> HttpResponse:
    """503: the database holds something else than what was signed."""
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    return response
