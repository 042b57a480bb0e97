"""Read the public list of Retraction Watch: one line after the other, kept only where it is about a work of ours.

Nothing but identifiers, dates and natures is compared, and those are plain letters: what is not UTF-8 in a title or
a name does not stand in the way.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conditions.actions.watching import ReadList
from conditions.content.identifiers import normal_doi, normal_pmid
from conditions.content.retractions import identifiers, identifiers_of
from conditions.importing.records import Broken
from conditions.models import Citation, Reference, RetractionEvent
from conditions.vocabulary import RetractionNature, RetractionSource

COLUMNS = (
    "record id",
    "title",
    "retractiondate",
    "retractiondoi",
    "retractionpubmedid",
    "originalpaperdoi",
    "originalpaperpubmedid",
    "retractionnature",
    "reason",
)
NATURES = {
    "retraction": RetractionNature.RETRACTION,
    "expression of concern": RetractionNature.CONCERN,
    "correction": RetractionNature.CORRECTION,
    "reinstatement": RetractionNature.REINSTATEMENT,
}
MOST_NAMED = 50
Progress = Callable[[int], None]


class NotThisList(ValueError):
    """The file is no list of Retraction Watch; the message says what is missing."""


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file, by the names of its columns; `line` is where it begins."""

    line: int
    fields: dict[str, str]

    @property
    def doi(self) -> str:
        """The work's DOI in small letters, or nothing."""
        return normal_doi(self.fields["originalpaperdoi"]).lower()[:200]

    @property
    def pmid(self) -> str:
        """The work's PMID, or nothing; the list writes 0 where there is none."""
        return normal_pmid(self.fields["originalpaperpubmedid"])


def read(path: Path, as_of: date, progress: Progress = lambda rows: None) -> tuple[ReadList, list[Broken]]:
    """What the list says of our works, and the rows that cannot be read. Raises `NotThisList`.

    progress: called with the count of rows after each thousand.
    """
    wanted = our_identifiers()
    events: list[RetractionEvent] = []
    broken: list[Broken] = []
    count = 0
    for row in rows(path):
        count += 1
        found = row if isinstance(row, Broken) else event(row, wanted)
        if isinstance(found, Broken):
            broken.append(found)
        elif found is not None:
            events.append(found)
        if count % 1000 == 0:
            progress(count)
    return ReadList(RetractionSource.RETRACTION_WATCH, as_of, count, events, len(broken), wanted), broken


def our_identifiers() -> frozenset[str]:
    """Every DOI and PMID in the library, and those in the descriptions that articles copied."""
    found: set[str] = set()
    for works in (
        Reference.objects.values_list("csl", flat=True),
        Citation.objects.values_list("description", flat=True),
    ):
        for work in works.iterator(chunk_size=1000):
            found |= identifiers_of(work)
    return frozenset(found)


def rows(path: Path) -> Iterator[Row | Broken]:
    """The rows of the file, never more than one of them in memory. Raises `NotThisList`."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        places, width = _places(_next(reader))
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                yield Broken(line, f"This row cannot be read: {problem}.")
                continue
            if len(cells) == width:
                yield Row(line, {name: cells[place].strip() for name, place in places.items()})
            elif cells:
                yield Broken(line, f"This row has {len(cells)} columns instead of {width}.")


def event(row: Row, wanted: frozenset[str]) -> RetractionEvent | Broken | None:
    """What the row says of a work of ours; None if it is about another."""
    if wanted.isdisjoint(identifiers(row.doi, row.pmid)):
        return None
    nature, day = NATURES.get(row.fields["retractionnature"].casefold()), day_of(row.fields["retractiondate"])
    if nature is None:
        return Broken(row.line, f"“{row.fields['retractionnature'][:60]}” is no nature this list is known to have.")
    if day is None:
        return Broken(row.line, f"“{row.fields['retractiondate'][:60]}” is no date.")
    return RetractionEvent(
        source=RetractionSource.RETRACTION_WATCH,
        entry=row.fields["record id"][:200],
        doi=row.doi,
        pmid=row.pmid,
        title=row.fields["title"][:500],
        nature=nature,
        happened_on=day,
        notice_doi=normal_doi(row.fields["retractiondoi"])[:200],
        notice_pmid=normal_pmid(row.fields["retractionpubmedid"]),
        reasons=row.fields["reason"],
    )


def day_of(written: str) -> date | None:
    """A day as the list writes it, month first ("5/3/2026 0:00"), or as ISO 8601 does."""
    day = written.partition(" ")[0].partition("T")[0]
    try:
        if "/" not in day:
            return date.fromisoformat(day)
        month, number, year = map(int, day.split("/"))
        return date(year, month, number)
    except ValueError:
        return None


def _places(header: Sequence[str]) -> tuple[dict[str, int], int]:
    """Where each column we read stands, and how many columns there are."""
    names = [name.strip().casefold() for name in header]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise NotThisList(f"The first line has no column {', '.join(missing)}. Is this the list of Retraction Watch?")
    return {name: names.index(name) for name in COLUMNS}, len(names)


def _next(reader: Iterator[list[str]]) -> list[str]:
    try:
        return next(reader, [])
    except csv.Error as problem:
        raise NotThisList(f"The first line cannot be read: {problem}.") from problem
