"""Pages about the site itself."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from alsinfo.json_ld import JsonObject, address, as_script, publisher
from conditions.content import markup
from conditions.models import SitePage, SitePageEntry
from conditions.readers.answers import cacheable, listing, public, region_of
from conditions.vocabulary import SitePageKind
from organisations.regions import Region

TYPES = {SitePageKind.ABOUT: "AboutPage"}
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
KINDS = "|".join(SitePageKind.values)


@public
def site_page(request: HttpRequest, region_slug: str, kind: str) -> HttpResponse:
    """A page about the site, as two persons stand behind it; where there is none yet, it says so."""
    region, found = region_of(region_slug), SitePageKind(kind)
    entry = shown_entry(region, found)
    context: dict[str, Any] = {"region": region, "kind": found, "entry": entry, "own_url": _path(region, kind)}
    if entry is not None:
        context |= {"body": body_of(entry.text), "structured_data": as_script(document(entry, region, found))}
        context["changed_on"] = region.day(entry.approved_at) if entry.approved_at else None
    return cacheable(request, render_to_string("conditions/site_page.html", context), headers=listing(region))


def shown_entry(region: Region, kind: SitePageKind) -> SitePageEntry | None:
    """What readers of a region see: its own page, else that for all regions."""
    pages = SitePage.objects.filter(Q(region=region) | Q(region=""), kind=kind, entry__isnull=False)
    page = pages.select_related("entry").order_by("-region").first()
    return page.entry if page else None


def body_of(text: str) -> SafeString:
    """The text as HTML, its sub-headings right below the page's title."""
    html = markup.render(text)
    for tag, above in (("h3", "h2"), ("h4", "h3")):
        html = html.replace(f"<{tag}>", f"<{above}>").replace(f"</{tag}>", f"</{above}>")
    return mark_safe(html)  # noqa: S308  made safe by the renderer of the subset


def document(entry: SitePageEntry, region: Region, kind: SitePageKind) -> JsonObject:
    """The page for machines."""
    return {
        "@type": TYPES.get(kind, "WebPage"),
        "url": address(_path(region, kind)),
        "name": entry.title,
        "inLanguage": region.lang,
        "dateModified": f"{region.day(entry.approved_at):%Y-%m-%d}" if entry.approved_at else "",
        "publisher": publisher(),
    }


def _path(region: Region, kind: str) -> str:
    return f"/{region.slug}/{kind}/"
