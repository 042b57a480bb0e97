"""Answers that several pages give: cacheable pages, gone, missing, moved, not to be vouched for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from alsinfo import surrogates
from alsinfo.answers import CACHE_CONTROL, cacheable, keyed, not_found, public, scripted
from conditions.models import Publication, RegionalArticle
from conditions.page_facts import canonical_slug, organisation_facts
from conditions.policies.deferring import is_over
from conditions.policies.retiring import withdrawal_of
from conditions.policies.withdrawing import open_suspension
from conditions.readers.serving import Altered, Gone, Missing, Moved, Reading, Whole, read, text_is_whole
from conditions.rendering import article_path
from conditions.vocabulary import PageState
from organisations.regions import Region, region_of

RETRY_AFTER = "300"  # seconds
__all__ = [
    "about_page",
    "cacheable",
    "down",
    "gone",
    "keyed",
    "listing",
    "not_found",
    "not_vouched_for",
    "otherwise",
    "public",
    "region_of",
    "scripted",
]


def about_page(regional_article_id: int) -> dict[str, str]:
    """The headers of what is about one article: a cache drops it with the article."""
    return keyed(surrogates.page(regional_article_id))


def listing(*regions: Region) -> dict[str, str]:
    """The headers of a page that names others of the regions (none named: of both)."""
    return keyed(*(surrogates.lists(region.slug) for region in regions or Region))


def otherwise(request: HttpRequest, region: Region, reading: Reading, suffix: str = "") -> HttpResponse:
    """The answer when there is no whole page: 404, 301, 410 or 503."""
    match reading:
        case Moved(regional_article_id, slug, is_another_page):
            address = article_path(region, slug) + ("" if is_another_page else suffix)
            headers = {"Cache-Control": CACHE_CONTROL, **about_page(regional_article_id)}  # else kept for ever
            return HttpResponsePermanentRedirect(address, headers=headers)
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
    withdrawal = withdrawal_of(page)
    live = page.publications.select_related("revision").order_by("-sequence").first()
    is_whole = live is not None and text_is_whole(live.revision_id, live.revision.text)
    context = {
        "region": region,
        "reason": why_gone(page),
        "alternative": _link_to(withdrawal.alternative) if withdrawal and withdrawal.alternative else None,
        "organisations": organisation_facts(live.revision.content) if live and is_whole else (),
    }
    return down(request, "conditions/gone.html", context, page.pk)


def down(request: HttpRequest, template: str, context: dict[str, Any], regional_article_id: int) -> HttpResponse:
    """410, for caches to keep a minute like any page."""
    text = render_to_string(template, context)
    headers = {"Cache-Control": CACHE_CONTROL, **about_page(regional_article_id)}
    return HttpResponse(text, status=410, headers=headers)


def why_gone(page: RegionalArticle) -> str:
    """The public reason for which readers get no text, also where nobody took the page down yet; else nothing."""
    if decided := withdrawal_of(page) or open_suspension(page):
        return decided.reason
    is_over_now = page.state == PageState.LIVE and is_over(page, page.day(timezone.now()))
    return "The medical review of this page is long overdue." if is_over_now else ""


def _link_to(page: RegionalArticle) -> tuple[str, str] | None:
    """Address and signed title of a page named instead of one that is gone, while readers get it."""
    region, slug = Region(page.region), canonical_slug(page)
    reading = read(region, slug, region.day(timezone.now()))
    if not isinstance(reading, Whole):
        return None
    content = Publication.objects.select_related("revision").get(pk=reading.publication_id).revision.content
    return article_path(region, slug), content["title"]


def not_vouched_for(request: HttpRequest) -> HttpResponse:
    """503: the database holds something else than what was signed."""
    response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    response.headers["Cache-Control"] = "no-store"
    return response
