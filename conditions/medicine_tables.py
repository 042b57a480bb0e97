"""What a text says of medicines, as tables of a page: plain facts in, no database is read here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from conditions.content import medicine_words, medicines
from conditions.content.citations import Use
from conditions.content.subset import CitationLinks


@dataclass(frozen=True)
class MedicineRow:
    """A fact of a medicine's table in words, with a link to its source as HTML, empty where it has none."""

    label: str
    words: str
    source: SafeString


@dataclass(frozen=True)
class ShownMedicine:
    """A medicine's table: its id on the page, its name, its rows."""

    anchor: str
    name: str
    rows: tuple[MedicineRow, ...]


def shown_medicines(content: Mapping[str, Any], links: CitationLinks) -> tuple[ShownMedicine, ...]:
    """The medicines' tables as the content's readers get them; each source counts as a place that cites it."""
    return tuple(
        ShownMedicine(
            f"page-medicine-{place}",
            item["name"],
            tuple(_row(fact, links) for fact in medicine_words.facts(item, content["region"])),
        )
        for place, item in enumerate(medicines.in_order(content), start=1)
    )


def _row(fact: medicine_words.Fact, links: CitationLinks) -> MedicineRow:
    is_cited = fact.source in links.numbers
    link = mark_safe(links.link(Use(fact.source))) if is_cited else SafeString("")  # noqa: S308
    return MedicineRow(fact.label, fact.words, link)
