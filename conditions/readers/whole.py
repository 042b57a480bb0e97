"""Live pages for lists and for searching, each checked: nothing altered, forged or withdrawn is ever named."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from conditions.content import seals
from conditions.content.canonical import content_of
from conditions.models import Findable, Path, Publication, Revocation, SignOff
from conditions.policies.deferring import readable
from conditions.readers.serving import signature_is_whole, text_is_whole
from conditions.rendering import article_path
from organisations.regions import Region


@dataclass(frozen=True)
class Listed:
    """A live page as lists show it: its signed title and other names."""

    title: str
    names: tuple[str, ...]
    url: str
    last_reviewed_on: date


@dataclass(frozen=True)
class WholePage:
    """A live page whose text and signatures were checked on this read."""

    title: str
    url: str
    last_reviewed_on: date
    content: dict[str, Any]


def listed_pages(region: Region) -> Iterator[Listed]:
    """The region’s live pages in two queries, by names under a seal; one whose names were altered is left out."""
    columns = ("slug", "regional_article__last_reviewed_on", "regional_article__findable")
    rows = _addresses(region).filter(regional_article__findable__publication__ended_at__isnull=True)
    found = dict[int, tuple[str, date]]({key: (slug, day) for slug, day, key in rows.values_list(*columns)})
    for each in Findable.objects.filter(pk__in=rows.values("regional_article__findable")).order_by("pk"):
        if each.pk in found and seals.holds(settings.SEAL_KEYS, each.seal, *each.sealed_values()):
            slug, last_reviewed_on = found[each.pk]
            title, *names = each.signed_names
            yield Listed(title, tuple(names), article_path(region, slug), last_reviewed_on)


def recently_reviewed(region: Region, most: int) -> list[WholePage]:
    """The region's pages that were reviewed last, by day and title; a few are looked at beyond those shown."""
    rows = _addresses(region).order_by("-regional_article__last_reviewed_on", "slug")
    keys = list(rows.values_list("regional_article", flat=True)[: 2 * most])
    found = sorted(whole_pages(region, keys).values(), key=lambda page: page.title.casefold())
    return sorted(found, key=lambda page: page.last_reviewed_on, reverse=True)[:most]


def whole_pages(region: Region, keys: Collection[int]) -> dict[int, WholePage]:
    """Those of the pages (by primary key) that readers get, in two queries."""
    signed = _signed_publications(Publication.objects.filter(regional_article__in=keys, ended_at__isnull=True))
    live = "regional_article__publications"
    columns = (
        "regional_article",
        "slug",
        "regional_article__last_reviewed_on",
        live,
        f"{live}__revision",
        f"{live}__revision__text",
    )
    rows = _addresses(region).filter(regional_article__in=keys, **{f"{live}__ended_at__isnull": True})
    found = {}
    for key, slug, last_reviewed_on, publication, digest, text in rows.values_list(*columns):
        if publication in signed and text_is_whole(digest, text):
            content = content_of(text)
            found[key] = WholePage(content["title"], article_path(region, slug), last_reviewed_on, content)
    return found


def _addresses(region: Region) -> QuerySet[Path]:
    pages = readable(region, region.day(timezone.now()))
    return Path.objects.filter(region=region, is_canonical=True, regional_article__in=pages)


def _signed_publications(live: QuerySet[Publication]) -> set[int]:
    """Those whose every signature is whole, on their very text and not withdrawn, by primary key."""
    made_with = Q(regional_edition__publication__in=live) | Q(assignment__publication__in=live)
    signatures = SignOff.objects.filter(made_with)
    revoked = set(Revocation.objects.filter(sign_off__in=signatures).values_list("sign_off", flat=True))
    found: dict[int, bool] = {}
    for signature in signatures.select_related("regional_edition__publication", "assignment__publication"):
        publication = (signature.regional_edition or signature.assignment).publication
        is_whole = signature.revision_id == publication.revision_id and signature.pk not in revoked
        is_whole = is_whole and signature_is_whole(signature.seal, signature.sealed_values())
        found[publication.pk] = found.get(publication.pk, True) and is_whole
    return {key for key, is_whole in found.items() if is_whole}
