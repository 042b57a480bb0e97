"""The article page and its history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from conditions.content.citations import numbering
from conditions.content.library import shareable
from conditions.exporting import FORMATS, exported
from conditions.models import Publication
from conditions.readers.answers import about_page, cacheable, otherwise, public, region_of
from conditions.readers.serving import Whole, read, read_cached


@public
def article(request: HttpRequest, region_slug: str, slug: str) -> HttpResponse:
    """The signed page, checked on this very read."""
    region = region_of(region_slug)
    reading = read_cached(region, slug, timezone.now())
    if isinstance(reading, Whole):
        headers = about_page(reading.regional_article_id)
        return cacheable(request, reading.body, reading.etag, changed_at=reading.changed_at, headers=headers)
    return otherwise(request, region, reading)


@public
def references(request: HttpRequest, region_slug: str, slug: str, suffix: str) -> HttpResponse:
    """The references of the signed text, in the order of their numbers, as a file for reference programs."""
    region = region_of(region_slug)
    if suffix not in FORMATS:
        raise Http404
    reading = read(region, slug, region.day(timezone.now()))
    if not isinstance(reading, Whole):
        return otherwise(request, region, reading, suffix=f"references.{suffix}")
    revision = Publication.objects.select_related("revision").get(pk=reading.publication_id).revision
    content = revision.content
    described = {citation["key"]: citation["description"] for citation in content["citations"]}
    works = [shareable(described[key]) for key in numbering(content)]
    headers = about_page(reading.regional_article_id)
    headers["Content-Disposition"] = f'attachment; filename="{slug}-references.{suffix}"'
    return cacheable(
        request,
        exported(works, suffix),
        f"{revision.digest}.{suffix}",
        content_type=FORMATS[suffix].media_type,
        headers=headers,
    )
