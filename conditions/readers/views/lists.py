"""The pages that lead to articles: choice of region, home, A to Z."""

from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from alsinfo.json_ld import address, as_script, collection, publisher
from conditions.readers.answers import cacheable, listing, public, region_of, scripted
from conditions.readers.whole import Listed, WholePage, listed_pages, recently_reviewed

RECENT = 6


@public
def region_choice(request: HttpRequest) -> HttpResponse:
    """Where the reader lives; never guessed."""
    site = {"@type": "WebSite", "url": address("/"), "name": settings.PUBLISHER_NAME, "publisher": publisher()}
    context = {"structured_data": as_script(site)}
    return cacheable(request, render_to_string("conditions/region_choice.html", context), headers=listing())


@public
def home(request: HttpRequest, region_slug: str) -> HttpResponse:
    """A region's home."""
    region = region_of(region_slug)
    own_url, recent = f"/{region.slug}/", recently_reviewed(region, RECENT)
    listed = collection(own_url, f"Conditions, explained for people in {region.country}", region.lang, _named(recent))
    context = {
        "region": region,
        "own_url": own_url,
        "recently_reviewed": recent,
        "structured_data": as_script(listed),
    }
    text = render_to_string("conditions/home.html", context)
    return scripted(cacheable(request, text, headers=listing(region)))


@public
def a_to_z(request: HttpRequest, region_slug: str) -> HttpResponse:
    """Every title and other name of the region's pages, by first letter."""
    region = region_of(region_slug)
    pages = list(listed_pages(region))
    entries = sorted(
        (
            (name, page.title, page.url, name == page.title)
            for page in pages
            for name in dict.fromkeys((page.title, *page.names))
        ),
        key=lambda entry: (_initial(entry[0]), entry[0].casefold()),
    )
    letters = [(letter, list(group)) for letter, group in groupby(entries, key=lambda entry: _initial(entry[0]))]
    own_url = f"/{region.slug}/conditions/"
    by_title = sorted(_named(pages), key=lambda each: each[0].casefold())
    context = {
        "region": region,
        "own_url": own_url,
        "letters": letters,
        "structured_data": as_script(collection(own_url, "Conditions A to Z", region.lang, by_title)),
    }
    return cacheable(request, render_to_string("conditions/a_to_z.html", context), headers=listing(region))


def _named(pages: Iterable[Listed | WholePage]) -> list[tuple[str, str]]:
    return [(page.title, page.url) for page in pages]


def _initial(name: str) -> str:
    first = name[:1].upper()
    return first if first.isalpha() else "#"
