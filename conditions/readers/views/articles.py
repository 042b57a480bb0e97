"""The article page and its history."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from conditions.content.citations import numbering
from conditions.content.library import shareable
from conditions.exporting import FORMATS, exported
from conditions.models import Correction, DissentNote, Publication, SignOff
from conditions.page_facts import signature_fact
from conditions.readers.answers import cacheable, not_vouched_for, otherwise, public, region_of
from conditions.readers.dissents import DissentFact, dissent_fact, notes_of
from conditions.readers.serving import Whole, read, read_cached, signature_is_whole, text_is_whole
from conditions.reading_facts import DraftFact, drafts_of
from conditions.rendering import SignatureFact, article_path
from organisations.regions import Region


@dataclass(frozen=True)
class Version:
    """One published version, as the history shows it."""

    number: int
    published_on: date
    change_note: str
    kind: str
    signatures: tuple[SignatureFact, ...]
    dissents: tuple[DissentFact, ...]
    digest: str
    is_live: bool
    draft: DraftFact | None = None
    correction: Correction | None = None


@public
def article(request: HttpRequest, region_slug: str, slug: str) -> HttpResponse:
    """The signed page, checked on this very read."""
    region = region_of(region_slug)
    reading = read_cached(region, slug, timezone.now())
    if isinstance(reading, Whole):
        return cacheable(request, reading.body, reading.etag)
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
    response = cacheable(request, exported(works, suffix), f"{revision.digest}.{suffix}")
    response.headers["Content-Type"] = FORMATS[suffix].media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-references.{suffix}"'
    return response


@public
def history(request: HttpRequest, region_slug: str, slug: str) -> HttpResponse:
    """Every published version: what changed, and who signed it."""
    region = region_of(region_slug)
    today = region.day(timezone.now())
    reading = read(region, slug, today)
    if not isinstance(reading, Whole):
        return otherwise(request, region, reading, suffix="history/")
    live = Publication.objects.select_related("revision", "regional_article").get(pk=reading.publication_id)
    beside = ("change_note", "correction", "revision", "regional_edition")
    publications = list(live.regional_article.publications.select_related(*beside).order_by("-sequence"))
    if not all(_is_whole(publication) for publication in publications):
        return not_vouched_for(request)
    drafts = drafts_of(live.regional_article, publications)
    context = {
        "region": region,
        "title": live.revision.content["title"],
        "article_url": article_path(region, slug),
        "versions": [_version(each, region, today, drafts.get(each.pk)) for each in publications],
    }
    return render(request, "conditions/history.html", context)


def _is_whole(publication: Publication) -> bool:
    sealed: list[SignOff | DissentNote] = [*publication.rests_on(), *notes_of(publication)]
    return text_is_whole(publication.revision_id, publication.revision.text) and all(
        signature_is_whole(each.seal, each.sealed_values()) for each in sealed
    )


def _version(publication: Publication, region: Region, today: date, draft: DraftFact | None) -> Version:
    return Version(
        number=publication.sequence,
        published_on=publication.published_on,
        change_note=publication.change_note.text,
        kind="Reviewed again without a change" if publication.assignment_id else "",
        signatures=tuple(signature_fact(signature) for signature in publication.signatures()),
        dissents=tuple(dissent_fact(note, region, today) for note in notes_of(publication)),
        digest=publication.revision_id,
        is_live=publication.ended_at is None,
        draft=draft,
        correction=getattr(publication, "correction", None),
    )
