"""Every public place that could show a text or lead to it: who adds one, adds it here.

A text that was revoked, suspended, withdrawn or led elsewhere is on none of them.
"""

from collections.abc import Iterator

from django.test import Client

OWN = ("", "history/", "v1/", "compare/", "references.ris", "references.bib", "references.nbib", "references.json")
"""What hangs on the address of an article: each answers 410, or 301 to another page."""

LISTS = (
    "",
    "conditions/",
    "search/?q=muscles+weak",
    "search/?q=als",
    "medical-team/",
    "medical-team/{region}-reviewer/",
    "organisations/support-{region}/",
)
"""Pages of a region that would name or link the page of a live text."""


def own(region: str, slug: str) -> Iterator[str]:
    """The addresses under an article's."""
    return (f"/{region}/conditions/{slug}/{part}" for part in OWN)


def lists(region: str) -> Iterator[str]:
    """The pages that would name it."""
    return (f"/{region}/{part.format(region=region)}" for part in LISTS)


def leaking(client: Client, region: str, slug: str, *words: str) -> dict[str, str]:
    """The surfaces that answer as if the text were there, or hold one of its words or its address, with what."""
    found = {}
    for address in own(region, slug):
        answer = client.get(address)
        if answer.status_code not in (301, 404, 410):
            found[address] = str(answer.status_code)
    address = f"/{region}/conditions/{slug}/"
    for each in (*own(region, slug), *lists(region)):
        text = b"".join(client.get(each)).decode()
        held = [word for word in (*words, f'href="{address}') if word in text]
        if held:
            found[each] = held[0]
    return found
