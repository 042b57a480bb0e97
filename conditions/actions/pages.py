"""Render publications to the bytes readers get, and seal them."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.dispatch import receiver

from alsinfo.acting import action
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions.actions.purging import page_rendered
from conditions.content import seals
from conditions.content.links import PageLink, signs_of
from conditions.content.pictures import digests
from conditions.content.retractions import Standing, identifiers_of
from conditions.errors.publishing import RecordAltered
from conditions.models import CitedRetraction, PictureShown, Publication, RegionalArticle, RenderedPage, SourcesShown
from conditions.models.retractions import standings, works_of
from conditions.page_facts import page_of_publication
from conditions.policies.deferring import last_day
from conditions.policies.linking import slugs_of
from conditions.rendering import article_htmls, article_path
from conditions.sealing import etag, page_parts, record_is_whole
from conditions.search import index
from conditions.vocabulary import Notice, PageState
from organisations import mentioning
from organisations.actions import shown_anew
from organisations.models import Organisation
from organisations.regions import Region

MOST_AT_ONCE = 50  # pages; what else lists an organisation follows with the next `run_due`

MOST_LINKING = 50

alarm = logging.getLogger("alsinfo.alarm")


def render_page(publication: Publication, *, now: datetime) -> None:
    """Render a publication, and let it be found by its words; part of an action. Raises `RecordAltered`."""
    _render(publication, now=now)
    index.note(publication)


def _render(publication: Publication, *, now: datetime) -> None:
    """Render a publication for each notice it may carry, and seal the bytes.

    Raises `RecordAltered`: what was altered or forged in the database is never put under a seal.
    """
    if not record_is_whole(publication):
        raise RecordAltered
    beneath = publication.rests_on()
    page = page_of_publication(publication, beneath)
    rendered = []
    for notice, html in zip(Notice.values, article_htmls(page, Notice.values), strict=True):
        body = html.encode()
        seal = seals.make(settings.SEAL_KEYS, *page_parts(publication, notice, body, beneath))
        fields = {"body": body, "etag": etag(body), "seal": seal, "rendered_at": now}
        rendered.append(RenderedPage(publication=publication, notice=notice, **fields))
    RenderedPage.objects.bulk_create(
        rendered,
        update_conflicts=True,
        unique_fields=["publication", "notice"],
        update_fields=["body", "etag", "seal", "rendered_at"],
    )
    _note_sources(publication, page.sources)
    _note_mentions(publication, page.slug)
    _note_pictures(publication)
    page_rendered(publication.regional_article)


def note_sources(publication: Publication, *, wanted_at: datetime) -> None:
    """Keep what is known by now of the works a page cites; the stored page does not say so yet. Part of an action."""
    _note_sources(publication, standings(works_of(publication.revision.content)), wanted_at)


def _note_sources(publication: Publication, known: Mapping[str, Standing], wanted_at: datetime | None = None) -> None:
    """Keep which retracted works a page cites, and as of which day it says so.

    No day where a source that could be looked up was not yet. wanted_at: the stored page does not say so yet.
    """
    works = works_of(publication.revision.content)
    days = [standing.as_of for key, standing in known.items() if identifiers_of(works[key])]
    if days:
        as_of = None if None in days else min(day for day in days if day)
        SourcesShown.objects.bulk_create(
            [SourcesShown(publication=publication, as_of=as_of, wanted_at=wanted_at)],
            update_conflicts=True,
            unique_fields=["publication"],
            update_fields=["as_of", "wanted_at"],
        )
    publication.cited_retractions.all().delete()
    CitedRetraction.objects.bulk_create(
        CitedRetraction(publication=publication, key=key, event_id=standing.event.number)
        for key, standing in known.items()
        if standing.is_retracted and standing.event
    )


def hold_organisations(contents: Iterable[Mapping[str, Any]]) -> None:
    """Keep the entries that contents list as they are until the transaction ends; part of an action.

    Without it a page could be rendered with an entry that is replaced in the same moment, and stay so.
    """
    listed = {listing["organisation"] for content in contents for listing in content["listings"]}
    rows = Organisation.objects.filter(uuid__in=listed).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def due_today(pages: Iterable[RegionalArticle], now: datetime) -> list[RegionalArticle]:
    """Every page readers get, or would get again, is due for review today at the latest; those. Part of an action."""
    moved = []
    for each in sorted(pages, key=lambda page: page.pk):
        page = lock(each)
        if page.state in (PageState.LIVE, PageState.SUSPENDED) and page.next_review_due_on:
            swap(page, next_review_due_on=min(page.next_review_due_on, page.day(now)))
            moved.append(page)
    return moved


def render_again(publication: Publication, *, now: datetime) -> bool:
    """Render a page that changes with something else; one whose record was altered stays as it is, with an alarm."""
    try:
        _render(publication, now=now)
    except RecordAltered as refusal:
        alarm.critical("%s was not rendered again: %s", publication, refusal)
        return False
    return True


def render_sibling(page: RegionalArticle, *, now: datetime) -> None:
    """Render the other region's live page again, since it links to this one."""
    for publication in _live(RegionalArticle.objects.filter(article=page.article_id).exclude(pk=page.pk)):
        render_again(publication, now=now)


def render_linking(page: RegionalArticle, *, now: datetime) -> list[Publication]:
    """Render the live pages that link to one that readers get again; part of an action.

    At most `MOST_LINKING` in one action, the newest first: what is left shows the words without the link until its
    own next publication or `rebuild_pages`.
    """
    signs = [signs_of(PageLink("condition", slug)) for slug in slugs_of(page.article)]
    linking = reduce(or_, (Q(revision__text__contains=sign) for sign in signs))
    others = Publication.objects.filter(regional_article__region=page.region, ended_at__isnull=True)
    newest = others.exclude(regional_article=page).filter(linking).order_by("-pk")[:MOST_LINKING]
    found = list(newest.select_related("revision", "regional_article__article", "change_note"))
    return [publication for publication in found if render_again(publication, now=now)]


@receiver(shown_anew)
def render_pages_of(organisation: Organisation, **_: Any) -> str:
    """Render the live pages that list an organisation again, the first fifty at once; their digests stay.

    Returns a sentence that names every page.
    """
    now, listing = clock_now(), mentioning.pages_of(organisation)
    mentioning.make_stale(organisation)
    for publication in _live(RegionalArticle.objects.filter(pk__in=listing[:MOST_AT_ONCE])):
        render_again(publication, now=now)
    pages = {page.pk: str(page) for page in RegionalArticle.objects.filter(pk__in=listing).select_related("article")}
    at_once = ", ".join(pages[key] for key in listing[:MOST_AT_ONCE]) or "no page"
    later = ", ".join(pages[key] for key in listing[MOST_AT_ONCE:])
    return f"Rendered again: {at_once}." + (f" To follow: {later}." if later else "")


def stale_publications() -> list[Publication]:
    """The live pages that show an older entry of an organisation."""
    return _live(RegionalArticle.objects.filter(pk__in=mentioning.stale_pages()))


def bring_to_review(publications: Sequence[Publication], *, now: datetime) -> list[RegionalArticle]:
    """Make the pages of live publications due for review on this day, and show that; part of an action.

    Gives the pages that readers get, or would get again; a date that is past already stays.
    """
    pages = due_today((publication.regional_article for publication in publications), now)
    hold_organisations([live.revision.content for live in publications])
    for publication in publications:
        publication.regional_article.refresh_from_db()
        render_again(publication, now=now)
    return pages


@action
def rebuild(publication: Publication, render: Callable[..., None] = render_page) -> None:
    """Render a live page again after a release or a change of settings; readers' words stay those signed."""
    publication.regional_article = lock(publication.regional_article)
    if not Publication.objects.filter(pk=publication.pk, ended_at=None).exists():
        return
    hold_organisations([publication.revision.content])
    render(publication, now=clock_now())
    record("rebuild", publication, by=None)


def render_stale(publication: Publication) -> bool:
    """As `rebuild`, found by the same words; a page whose record was altered stays as it is, with an alarm."""
    try:
        rebuild(publication, _render)
    except RecordAltered as refusal:
        alarm.critical("%s was not rendered again: %s", publication, refusal)
        return False
    return True


def live_publications() -> list[Publication]:
    """Everything that is live, suspended pages too."""
    return _live(RegionalArticle.objects.all())


def _note_mentions(publication: Publication, slug: str) -> None:
    """Let the finder know for which condition the page lists whom."""
    page, content = publication.regional_article, publication.revision.content
    region = Region(page.region)
    condition = page.article.condition.slug
    address = article_path(region, slug)
    noted = mentioning.Page(page.pk, region, address, condition, content["title"], last_day(page))
    listed = [listing["organisation"] for listing in content["listings"]]
    mentioning.note(noted, listed, is_public=page.state == PageState.LIVE)


def _note_pictures(publication: Publication) -> None:
    """Let readers have the files of the pictures that a version shows."""
    rows = [PictureShown(publication=publication, file_id=each) for each in set(digests(publication.revision.content))]
    PictureShown.objects.bulk_create(rows, ignore_conflicts=True)


def _live(pages: QuerySet[RegionalArticle]) -> list[Publication]:
    found = Publication.objects.filter(regional_article__in=pages, ended_at__isnull=True)
    return list(found.select_related("revision", "regional_article__article__condition", "change_note"))
