"""A text as readers in a region would get it, for those who may see its edition."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from alsinfo.admin.records import RecordAdmin, page_of
from conditions.content.canonical import UnusableText
from conditions.models import Edition
from conditions.page_facts import page_of_draft
from conditions.rendering import article_html
from organisations.regions import Region


def preview_urls(editions: RecordAdmin) -> list[URLPattern]:
    """The addresses below an edition's own."""

    def preview(request: HttpRequest, object_id: str, region_slug: str) -> HttpResponse:
        return answer(request, edition_of(editions, request, object_id), region_slug)

    view = editions.admin_site.admin_view(preview)
    return [path("<path:object_id>/preview/<slug:region_slug>/", view, name="conditions_edition_preview")]


def edition_of(editions: RecordAdmin, request: HttpRequest, object_id: str) -> Edition:
    """The edition, for those who may see it. Raises PermissionDenied, Http404."""
    if not editions.has_view_permission(request):
        raise PermissionDenied
    edition = editions.get_object(request, unquote(object_id))
    if not isinstance(edition, Edition):
        raise Http404
    return edition


def answer(request: HttpRequest, edition: Edition, region_slug: str) -> HttpResponse:
    """The page, kept by no cache and by no search engine."""
    regions = {region.slug: region for region in edition.covered}
    if region_slug not in regions:
        raise Http404
    try:
        html = preview_html(edition, regions[region_slug])
    except UnusableText as problem:
        messages.error(request, str(problem))
        return HttpResponseRedirect(page_of(edition))
    return HttpResponse(html, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})


def preview_html(edition: Edition, region: Region) -> str:
    """The page as it would be published, without a signature, under a line that says what it is."""
    return article_html(page_of_draft(edition, region))
