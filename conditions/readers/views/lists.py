"""The pages that lead to articles: choice of region, home, A to Z."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from conditions.readers.answers import cacheable, listing, public, region_of, scripted
from conditions.readers.whole import listed_pages, recently_reviewed

RECENT = 6


@public
def region_choice(request: HttpRequest) -> HttpResponse:
    """Where the reader lives; never guessed."""
    return cacheable(request, render_to_string("conditions/region_choice.html"), headers=listing())


@public
def home(request: HttpRequest, region_slug: str) -> HttpResponse:
    """A region's home."""
    region = region_of(region_slug)
    context = {"region": region, "own_url": f"/{region.slug}/", "recently_reviewed": recently_reviewed(region, RECENT)}
    text = render_to_string("conditions/home.html", context)
    return scripted(cacheable(request, text, headers=listing(region)))


@public
def a_to_z(request: HttpRequest, region_slug: str) -> HttpResponse:
    """Every title and other name of the region's pages, by first letter."""
    region = region_of(region_slug)
    entries = sorted(
        (
            (name, page.title, page.url, name == page.title)
            for page in listed_pages(region)
            for name in dict.fromkeys((page.title, *page.names))
        ),
        key=lambda entry: (_initial(entry[0]), entry[0].casefold()),
    )
    letters = [(letter, list(group)) for letter, group in groupby(entries, key=lambda entry: _initial(entry[0]))]
    context = {"region": region, "own_url": f"/{region.slug}/conditions/", "letters": letters}
    return cacheable(request, render_to_string("conditions/a_to_z.html", context), headers=listing(region))


def _initial(name: str) -> str:
    first = name[:1].upper()
    return first if first.isalpha() else "#"
