"""Answers that several pages give: cacheable pages, gone, missing, moved, not to be vouched for."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from alsinfo.answers import CACHE_CONTROL, cacheable, not_found, public, scripted
from conditions.models import RegionalArticle
from conditions.page_facts import organisation_facts
from conditions.policies.withdrawing import open_suspension
from conditions.readers.serving import Altered, Gone, Missing, Moved, Reading, text_is_whole
from conditions.rendering import article_path
from organisations.regions import Region, region_of

RETRY_AFTER = "300"  # seconds
__all__ = ["cacheable", "gone", "not_found", "not_vouched_for", "otherwise", "public", "region_of", "scripted"]


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
