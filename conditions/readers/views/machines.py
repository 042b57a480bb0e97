"""What is for machines: sitemaps, feeds, robots.txt, security.txt."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from conditions.readers import published
from conditions.readers.answers import cacheable, listing, public, region_of
from organisations.regions import Region

MOST_IN_ONE = 50_000  # addresses in a file, by the sitemap protocol
EXPIRES_DAYS = 180  # RFC 9116 asks for less than a year
SITEMAPS: dict[str, Callable[[], Iterable[published.Address]]] = {
    "pages": published.fixed_pages,
    "conditions": published.articles,
    "histories": published.histories,
    "organisations": published.organisations,
    "reviewers": published.reviewers,
}


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Which addresses are not for search engines, and where all the others are listed."""
    closed = [*settings.STAFF_PREFIXES, *(f"/{region.slug}/search/" for region in Region)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return cacheable(request, "\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); 404 where SECURITY_CONTACT is not set."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=EXPIRES_DAYS)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return cacheable(request, "\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemaps there are: as many of each kind as its addresses need."""
    names = [
        f"{name}-{number}"
        for name, addresses in SITEMAPS.items()
        for number in range(1, 2 + (max(len(list(addresses())), 1) - 1) // MOST_IN_ONE)
    ]
    return _xml(request, "feeds/sitemap_index.xml", {"names": names, "changed_on": published.last_change()})


@public
def sitemap(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """The addresses of one kind, fifty thousand at most, numbered from 1."""
    if name not in SITEMAPS or number < 1:
        raise Http404
    start = (number - 1) * MOST_IN_ONE
    addresses = list(SITEMAPS[name]())[start : start + MOST_IN_ONE]
    if not addresses and number > 1:
        raise Http404
    return _xml(request, "feeds/sitemap.xml", {"addresses": addresses})


@public
def feed(request: HttpRequest, region_slug: str) -> HttpResponse:
    """What was published, changed, corrected and reviewed again for a region's readers, as Atom."""
    region = region_of(region_slug)
    entries = published.news(region)
    context: dict[str, object] = {"region": region, "entries": entries, "updated": entries[0].at if entries else None}
    text = render_to_string("feeds/feed.xml", context)
    return cacheable(request, text, content_type="application/atom+xml; charset=utf-8", headers=listing(region))


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    text = render_to_string(template, context)
    return cacheable(request, text, content_type="application/xml; charset=utf-8", headers=listing())
