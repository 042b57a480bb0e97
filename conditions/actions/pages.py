"""Render publications to the bytes readers get, and seal them."""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.dispatch import receiver

from alsinfo.concurrency import clock_now
from conditions.content import seals
from conditions.models import Publication, RegionalArticle, RenderedPage
from conditions.page_facts import page_of_publication
from conditions.rendering import article_html
from conditions.vocabulary import Notice
from organisations.actions import entry_approved
from organisations.models import Organisation


def render_page(publication: Publication, *, now: datetime) -> None:
    """Render a publication for each notice it may carry; part of an action.

    The seal covers the bytes, what they are of, and the seals of the signatures they rest on.
    """
    signature_seals = [signature.seal for signature in publication.rests_on()]
    for notice in Notice.values:
        body = article_html(page_of_publication(publication, notice)).encode()
        etag = hashlib.sha256(body).hexdigest()
        RenderedPage.objects.update_or_create(
            publication=publication,
            notice=notice,
            defaults={
                "body": body,
                "etag": etag,
                "seal": seals.make(settings.SEAL_KEYS, *sealed_parts(publication, notice, etag, signature_seals)),
                "rendered_at": now,
            },
        )


def render_sibling(page: RegionalArticle, *, now: datetime) -> None:
    """Render the other region's live page again, since it links to this one."""
    for publication in _live(RegionalArticle.objects.filter(article=page.article_id).exclude(pk=page.pk)):
        render_page(publication, now=now)


@receiver(entry_approved)
def render_pages_of(organisation: Organisation, **_: Any) -> list[RegionalArticle]:
    """Render every live page that lists an organisation again; their digests stay as they are."""
    now = clock_now()
    pages = []
    for publication in _live(RegionalArticle.objects.all()):
        listed = {listing["organisation"] for listing in publication.revision.content["listings"]}
        if str(organisation.uuid) in listed:
            render_page(publication, now=now)
            pages.append(publication.regional_article)
    return pages


def sealed_parts(publication: Publication, notice: str, etag: str, signature_seals: list[str]) -> list[object]:
    """What a page's seal is made over; `etag` is the SHA-256 of its bytes."""
    return [publication.pk, publication.regional_article_id, publication.revision_id, notice, etag, *signature_seals]


def _live(pages: object) -> list[Publication]:
    found = Publication.objects.filter(regional_article__in=pages, ended_at__isnull=True)
    return list(found.select_related("revision", "regional_article__article", "change_note"))
