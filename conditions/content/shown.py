"""Whether a page shows the words that were signed."""

from collections.abc import Iterator, Mapping
from typing import Any

from conditions.content import markup, pictures
from conditions.content.reading import Reading


def parts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each part of a content that stands on its page in one piece: what it is, and its words without citations."""
    yield "title", content["title"]
    yield "answer", content["summary"]
    yield from (("name", name) for name in content["names"])
    yield from (("key point", point) for point in content["key_points"])
    yield from (("urgent care", markup.visible_text(text)) for text in content["urgent_care"].values())
    for section in content["sections"]:
        first, *others = (markup.visible_text(text) for text in pictures.parted(section["body"]))
        yield from ((f"section {section['key']}", text) for text in (f"{section['heading']} {first}", *others))
    for picture in pictures.in_order(content):
        yield from ((f"picture {picture['key']}", picture[name]) for name in ("caption", "credit"))
    yield "disclaimer", markup.visible_text(content["disclaimer"])


def missing(content: Mapping[str, Any], html: str) -> list[str]:
    """The parts whose words do not stand in the page, one after the other, just as they were signed."""
    page = _line(Reading(html).text())
    return [name for name, words in parts(content) if _line(words) not in page]


def _line(text: str) -> str:
    return " ".join(text.split())
