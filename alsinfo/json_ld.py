"""Facts of a page as schema.org JSON-LD in a script element, for machines; a browser runs none of it."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

JsonObject = dict[str, Any]

MOST_NAMED = 100

UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def as_script(document: JsonObject) -> SafeString:
    """The document as the text of a script element."""
    text = json.dumps({"@context": "https://schema.org", **document}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(UNSAFE))  # noqa: S308  nothing in it can end the element


def known(found: JsonObject) -> JsonObject:
    """Without what is not known."""
    return {name: value for name, value in found.items() if value}


def address(path: str) -> str:
    """A path of this site, or a part of a page, as others name it."""
    return f"{settings.SITE_URL}{path}"


def publisher() -> JsonObject:
    """Who publishes the site."""
    return {"@type": "Organization", "name": settings.PUBLISHER_NAME, "url": address("/")}


def collection(path: str, name: str, lang: str, pages: Sequence[tuple[str, str]]) -> JsonObject:
    """A page that lists others, by name and path in the order shown; of very many it counts all and names the first."""
    items = [
        {"@type": "ListItem", "position": place, "name": title, "url": address(url)}
        for place, (title, url) in enumerate(pages[:MOST_NAMED], start=1)
    ]
    return {
        "@type": "CollectionPage",
        "@id": address(path),
        "url": address(path),
        "name": name,
        "inLanguage": lang,
        "publisher": publisher(),
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(pages), "itemListElement": items},
    }
