"""Every public place that could show a text or lead to it: who adds one, adds it here.

A text that was revoked, suspended, withdrawn, led elsewhere or that expired is on none of them.
"""

from collections.abc import Iterator

from django.test import Client

from conditions.models import Publication, RegionalArticle
from organisations.regions import region_of

OWN = (
    *("", "history/", "history/?on={day}", "v1/", "v2/", "compare/", "compare/?from=1&to=2"),
    *("references.ris", "references.bib", "references.nbib", "references.json"),
)
"""What hangs on the address of an article: each answers 410, or 301 to another page."""

LISTS = (
    "/{region}/",
    "/{region}/conditions/",
    "/{region}/search/?q=muscles+weak",
    "/{region}/search/?q={slug}",
    "/{region}/search/suggest/?q={slug}",
    "/{region}/medical-team/",
    "/{region}/medical-team/{region}-reviewer/",
    "/{region}/organisations/?condition={slug}",
    "/{region}/organisations/support-{region}/",
    "/{region}/corrections/",
    "/{region}/editorial-process/",
    "/{region}/feedback/?page={slug}",
    "/{region}/feed.xml",
    "/sitemaps/conditions-1.xml",
    "/sitemaps/histories-1.xml",
)
"""Pages that would name or link the page of a live text."""


def own(region: str, slug: str) -> Iterator[str]:
    """The addresses under an article's, and those of each text that it had."""
    paths = {"paths__slug": slug, "paths__region": region_of(region)}
    published = Publication.objects.filter(regional_article__in=RegionalArticle.objects.filter(**paths))
    for day in published.order_by("published_on").values_list("published_on", flat=True)[:1]:
        yield from (f"/{region}/conditions/{slug}/{part.format(day=day)}" for part in OWN)
    for digest in published.order_by("revision").values_list("revision", flat=True).distinct():
        yield from (f"/verify/{digest}/", f"/verify/{digest}/content.json")


def lists(region: str, slug: str) -> Iterator[str]:
    """The pages that would name it."""
    return (address.format(region=region, slug=slug) for address in LISTS)


def leaking(client: Client, region: str, slug: str, *words: str) -> dict[str, str]:
    """The surfaces that answer as if the text were there, or hold one of its words or its address, with what."""
    found, address = {}, f"/{region}/conditions/{slug}/"
    places = list(own(region, slug))
    for each in (*places, *lists(region, slug)):
        answer = client.get(each)
        text = b"".join(answer).decode()
        held = [word for word in (*words, f'href="{address}', f"testserver{address}") if word in text]
        if each in places and answer.status_code not in (301, 404, 410):
            held.append(str(answer.status_code))
        if held:
            found[each] = held[0]
    return found
