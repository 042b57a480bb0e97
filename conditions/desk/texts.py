"""What the desk shows of a text: its parts as HTML, and which of them differ from what readers see now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from conditions.content import canonical, citations, markup, readability
from conditions.content.subset import CitationLinks
from conditions.models import RegionalArticle, Revision
from conditions.page_facts import organisation_facts
from conditions.rendering import (
    OrganisationFact,
    ShownReference,
    ShownSection,
    shown_references,
    shown_section,
    trusted,
)

NEW, CHANGED = "new", "changed"
OTHER_PARTS = {
    "title": "title",
    "names": "other names",
    "summary": "one-sentence answer",
    "key_points": "key points",
    "urgent_care": "urgent help",
    "listings": "organisations",
    "citations": "references",
    "disclaimer": "disclaimer",
}

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """How a text differs from the one readers see; by section key `new` or `changed`; words for the other parts."""

    sections: Mapping[str, str]
    removed: tuple[str, ...]
    other_parts: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        """Whether readers see this very text."""
        return not (self.sections or self.removed or self.other_parts)


@dataclass(frozen=True)
class ReviewText:
    """A text as its readers will get it; `difference` is None when they have none yet."""

    content: Content
    urgent_care: Mapping[str, SafeString]
    sections: tuple[tuple[ShownSection, str], ...]
    references: list[ShownReference]
    organisations: tuple[OrganisationFact, ...]
    disclaimer: SafeString
    minutes: int
    difference: Difference | None


def review_text(page: RegionalArticle, revision: Revision) -> ReviewText:
    """The whole text of a revision beside what the page's readers see now. Raises UnusableText as rendering does."""
    content = revision.content
    links = CitationLinks(citations.numbering(content))
    difference = difference_from_live(page, content)
    marks = difference.sections if difference else {}
    sections = tuple((shown_section(part, links), marks.get(part["key"], "")) for part in content["sections"])
    return ReviewText(
        content=content,
        urgent_care={level: trusted(text) for level, text in content["urgent_care"].items()},
        sections=sections,
        references=shown_references(content, links),
        organisations=organisation_facts(content),
        disclaimer=trusted(content["disclaimer"]),
        minutes=minutes_to_read(content),
        difference=difference,
    )


def difference_from_live(page: RegionalArticle, content: Content) -> Difference | None:
    """How the content differs from the live one; None when nothing is live."""
    live = page.live_publication()
    return difference(live.revision.content, content) if live is not None else None


def difference(before: Content, after: Content) -> Difference:
    """Which parts of `after` a reader of `before` has not seen."""
    old = {part["key"]: part for part in before["sections"]}
    new = {part["key"]: part for part in after["sections"]}
    return Difference(
        sections={key: CHANGED if key in old else NEW for key, part in new.items() if old.get(key) != part},
        removed=tuple(part["heading"] for key, part in old.items() if key not in new),
        other_parts=tuple(words for name, words in OTHER_PARTS.items() if before[name] != after[name]),
    )


def is_whole(revision: Revision) -> bool:
    """Whether the text is the one its digest was computed over."""
    return canonical.digest(revision.text) == revision.digest


def minutes_to_read(content: Content) -> int:
    """Whole minutes for the whole text, at least 1."""
    parts = [content["summary"], *content["key_points"], *content["urgent_care"].values(), content["disclaimer"]]
    bodies = [f"{part['heading']}\n{part['body']}" for part in content["sections"]]
    return readability.minutes_to_read("\n".join(markup.visible_text(text) for text in [*parts, *bodies]))
