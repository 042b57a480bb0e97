"""A draft as its reader gets it: part by part in the order of the page, each with the box for what they say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from conditions.content import citations
from conditions.content.pictures import figures
from conditions.content.subset import CitationLinks
from conditions.desk.reading_forms import RemarksForm
from conditions.medicine_tables import ShownMedicine
from conditions.models import Reading, ReviewComment
from conditions.models.pictures import inline_address
from conditions.page_facts import organisation_facts
from conditions.policies.commenting import OTHER_PARTS, SECTION
from conditions.rendering import ShownReference, shown_references, shown_sections, trusted
from organisations.facts import OrganisationFact

OPENING, URGENT, WHOLE_PAGE = "opening", "urgent-care", ""
Content = Mapping[str, Any]


class PlainNumbers(CitationLinks):
    """Citations as numbers that lead nowhere: who steers by a switch passes every link of a text."""

    def link(self, use: citations.Use) -> str:
        """The number of the reference."""
        number = self.numbers.get(use.key)
        return f'<span class="visually-hidden">Reference </span>{number}' if number else super().link(use)


@dataclass(frozen=True)
class Box:
    """Where a reader says what they think of a part; `about` names it."""

    about: str
    say: BoundField
    weight: BoundField

    @property
    def is_used(self) -> bool:
        """Whether something is written here, or is wrong with it."""
        return bool(self.say.value() or self.say.errors or self.weight.errors)


@dataclass(frozen=True)
class ReadPart:
    """A section of the text with its box."""

    heading: str
    body: SafeString
    anchor: str
    box: Box
    medicines: tuple[ShownMedicine, ...] = ()


@dataclass(frozen=True)
class ReadingText:
    """Everything a reader gets to see, in the order of the page."""

    content: Content
    opening: Box
    urgent_care: Mapping[str, SafeString]
    urgent: Box
    sections: tuple[ReadPart, ...]
    organisations: tuple[OrganisationFact, ...]
    references: list[ShownReference]
    disclaimer: SafeString
    whole: Box


def parts_of(content: Content) -> list[str]:
    """What can be remarked on, as `ReviewComment.part` names it, in the order of the page."""
    sections = [SECTION + section["key"] for section in content["sections"]]
    return [OPENING, URGENT, *sections, WHOLE_PAGE]


def reading_text(content: Content, form: RemarksForm) -> ReadingText:
    """The text with the boxes of a form. Raises UnusableText as rendering does."""

    def box(part: str, about: str) -> Box:
        return Box(about, *form.box(part))

    shown_figures = figures(content, inline_address([content]))
    links = PlainNumbers(citations.numbering(content), figures=shown_figures)
    sections = []
    for section, shown in zip(content["sections"], shown_sections(content, links), strict=True):
        about = box(SECTION + section["key"], f"“{shown.heading}”")
        sections.append(ReadPart(shown.heading, shown.body, shown.anchor, about, shown.medicines))
    return ReadingText(
        content=content,
        opening=box(OPENING, OTHER_PARTS[OPENING]),
        urgent_care={level: trusted(text) for level, text in content["urgent_care"].items()},
        urgent=box(URGENT, OTHER_PARTS[URGENT]),
        sections=tuple(sections),
        organisations=organisation_facts(content),
        references=shown_references(content, links),
        disclaimer=trusted(content["disclaimer"]),
        whole=box(WHOLE_PAGE, OTHER_PARTS[WHOLE_PAGE]),
    )


@dataclass(frozen=True)
class AnsweredRemark:
    """A remark with the name of its part in the text that was read, and what editors said to it."""

    about: str
    remark: ReviewComment
    replies: tuple[str, ...]


def answered_remarks(reading: Reading) -> list[AnsweredRemark]:
    """What a reader said, in the order in which it was said, and what became of it."""
    headings = {SECTION + part["key"]: part["heading"] for part in reading.revision.content["sections"]}
    names = {**OTHER_PARTS, **headings}
    remarks = reading.comments.prefetch_related("replies")
    return [
        AnsweredRemark(names.get(each.part, each.part), each, tuple(reply.body for reply in each.replies.all()))
        for each in remarks
    ]
