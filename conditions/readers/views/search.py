"""Search, and what is suggested while somebody types. What was asked for is written down nowhere."""

import json
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from conditions.readers.answers import cacheable, listing, public, region_of, scripted
from conditions.readers.finding import find, suggest
from conditions.search.query import query_of


@public
def search(request: HttpRequest, region_slug: str) -> HttpResponse:
    """Pages, sections, organisations and reviewers for a query; whatever was typed, there is a page."""
    region = region_of(region_slug)
    query = query_of(request.GET.get("q", ""))
    context = {
        "region": region,
        "query": query,
        "found": find(query, region),
        "own_url": f"/{region.slug}/search/",
        "other_url": f"/{region.other.slug}/search/",
    }
    text = render_to_string("conditions/search.html", context)
    return scripted(cacheable(request, text, headers=listing(region)))


@public
def suggestions(request: HttpRequest, region_slug: str) -> HttpResponse:
    """Names of pages that begin like what was typed, or are close to it, as JSON."""
    region = region_of(region_slug)
    found = suggest(query_of(request.GET.get("q", "")), region)
    body = json.dumps([asdict(each) for each in found], ensure_ascii=False)
    return cacheable(request, body, content_type="application/json", headers=listing(region))
