"""Which sections of a text differ from an earlier text, and by how much."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conditions.content import citations, pictures
from conditions.content.difference import Summary, difference, summary, word_difference
from conditions.content.markup import render
from conditions.content.subset import CitationLinks

AROUND = ("title", "names", "summary", "key_points", "urgent_care", "disclaimer", "listings", "medicines")
NOTHING: Mapping[str, Any] = {"heading": "", "body": "", "pictures": []}


@dataclass(frozen=True)
class Changed:
    """A section that differs, and how much of it does."""

    heading: str
    summary: Summary


def changed_sections(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """The sections of the later content that differ as readers see them, then those that were taken out.

    A section whose text is the same in another place is not changed. Raises UnusableText as rendering does.
    """
    was, now = (
        {section["key"]: section for section in pictures.sections_with_pictures(content)} for content in (before, after)
    )
    links = [_links_of(content) for content in (before, after)]
    found = [_changed(was.get(key, NOTHING), section, links) for key, section in now.items()]
    found += [_changed(section, NOTHING, links) for key, section in was.items() if key not in now]
    return [each for each in found if not each.summary.is_same]


def is_changed_around(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether anything around the sections differs, such as the title, urgent help, medicines or organisations."""
    return any(before[name] != after[name] for name in AROUND)


def _links_of(content: Mapping[str, Any]) -> CitationLinks:
    return CitationLinks(citations.numbering(content), figures=pictures.reviewed_figures(content))


def _changed(was: Mapping[str, Any], now: Mapping[str, Any], links: list[CitationLinks]) -> Changed:
    return Changed(now["heading"] or was["heading"], summary(list(_blocks(was, now, links))))


def _blocks(was: Mapping[str, Any], now: Mapping[str, Any], links: list[CitationLinks]) -> Iterator[Any]:
    yield word_difference(was["heading"], now["heading"])
    if (was["body"], was["pictures"]) != (now["body"], now["pictures"]):
        yield from difference(render(was["body"], links[0]), render(now["body"], links[1]))
