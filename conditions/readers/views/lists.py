"""The pages that lead to articles: choice of region, home, A to Z."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from conditions.content.canonical import content_of
from conditions.models import Path, Publication, SignOff
from conditions.readers.answers import cacheable, public, region_of
from conditions.readers.serving import signature_is_whole, text_is_whole
from conditions.rendering import article_path
from conditions.vocabulary import PageState
from organisations.regions import Region

RECENT = 6


@dataclass(frozen=True)
class Listed:
    """A live page as lists show it: its signed title and other names."""

    title: str
    names: tuple[str, ...]
    url: str
    last_reviewed_on: date


@public
def region_choice(request: HttpRequest) -> HttpResponse:
    """Where the reader lives; never guessed."""
    return cacheable(request, render_to_string("conditions/region_choice.html"))


@public
def home(request: HttpRequest, region_slug: str) -> HttpResponse:
    """A region's home."""
    region = region_of(region_slug)
    recent = sorted(live_pages(region), key=lambda page: (page.last_reviewed_on, page.title), reverse=True)
    context = {"region": region, "recently_reviewed": recent[:RECENT]}
    return cacheable(request, render_to_string("conditions/home.html", context))


@public
def a_to_z(request: HttpRequest, region_slug: str) -> HttpResponse:
    """Every title and other name of the region's pages, by first letter."""
    region = region_of(region_slug)
    entries = sorted(
        (
            (name, page.title, page.url, name == page.title)
            for page in live_pages(region)
            for name in dict.fromkeys((page.title, *page.names))
        ),
        key=lambda entry: (_initial(entry[0]), entry[0].casefold()),
    )
    letters = [(letter, list(group)) for letter, group in groupby(entries, key=lambda entry: _initial(entry[0]))]
    return cacheable(request, render_to_string("conditions/a_to_z.html", {"region": region, "letters": letters}))


def live_pages(region: Region) -> Iterator[Listed]:
    """The region's live pages, in two queries; one whose text or signatures were altered is left out."""
    signed = _signed_publications(region)
    paths = Path.objects.filter(
        region=region,
        is_canonical=True,
        regional_article__state=PageState.LIVE,
        regional_article__publications__ended_at__isnull=True,
    )
    live = "regional_article__publications"
    columns = ("slug", "regional_article__last_reviewed_on", live, f"{live}__revision", f"{live}__revision__text")
    for slug, last_reviewed_on, publication, digest, text in paths.values_list(*columns):
        if publication in signed and text_is_whole(digest, text):
            content = content_of(text)
            yield Listed(content["title"], tuple(content["names"]), article_path(region, slug), last_reviewed_on)


def _signed_publications(region: Region) -> set[int]:
    """The live publications whose every signature is whole and on their very text, by primary key."""
    live = Publication.objects.filter(regional_article__region=region, ended_at__isnull=True)
    made_with = Q(regional_edition__publication__in=live) | Q(assignment__publication__in=live)
    signatures = SignOff.objects.filter(made_with)
    found: dict[int, bool] = {}
    for signature in signatures.select_related("regional_edition__publication", "assignment__publication"):
        publication = (signature.regional_edition or signature.assignment).publication
        is_whole = signature.revision_id == publication.revision_id
        is_whole = is_whole and signature_is_whole(signature.seal, signature.sealed_values())
        found[publication.pk] = found.get(publication.pk, True) and is_whole
    return {key for key, is_whole in found.items() if is_whole}


def _initial(name: str) -> str:
    first = name[:1].upper()
    return first if first.isalpha() else "#"
