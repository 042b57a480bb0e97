"""Whether a work was retracted: decided from what happened to it, and from the day on which lists were last read.

Four answers: retracted, under an expression of concern, none found as of a day, and could not be checked. A
correction is no retraction, and a work that was reinstated is not retracted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote

from conditions.content.works import Work, doi_of, pmid_of


class Nature(StrEnum):
    """What was published about a work."""

    RETRACTION = "retraction"
    CONCERN = "concern"
    CORRECTION = "correction"
    REINSTATEMENT = "reinstatement"


class Status(StrEnum):
    """What can be said of a work."""

    RETRACTED = "retracted"
    CONCERN = "concern"
    NONE_FOUND = "none-found"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True)
class Event:
    """Something that was published about a work; `number` grows with each that is taken in.

    `entry` names it in the list it comes from, such as "retraction-watch 51234"; a later one of the same entry
    replaces the earlier. `notice` is a web address or empty.
    """

    number: int
    entry: str
    nature: str
    happened_on: date
    notice: str = ""


@dataclass(frozen=True)
class Standing:
    """What can be said of a work: the event that decides it, and the day of the newest list it was looked up in."""

    status: Status
    event: Event | None = None
    as_of: date | None = None

    @property
    def is_retracted(self) -> bool:
        """Whether it is retracted."""
        return self.status is Status.RETRACTED

    @property
    def mark(self) -> str:
        """The words that stand beside a citation of it, or nothing."""
        return MARKS.get(self.status, "")


MARKS = {Status.RETRACTED: "retracted", Status.CONCERN: "expression of concern"}


def standing(events: Iterable[Event], as_of: date | None) -> Standing:
    """What the events on one work come to; only a reinstatement undoes what came before it.

    A retraction on the very day of a reinstatement counts: readers are warned once too often rather than not at all.
    """
    counted = _newest_of_each_entry(events)
    reinstated_on = [event.happened_on for event in counted if event.nature == Nature.REINSTATEMENT]
    since = max(reinstated_on, default=date.min)
    for nature, status in ((Nature.RETRACTION, Status.RETRACTED), (Nature.CONCERN, Status.CONCERN)):
        found = [event for event in counted if event.nature == nature and event.happened_on >= since]
        if found:
            return Standing(status, max(found, key=lambda event: (event.happened_on, event.number)), as_of)
    return Standing(Status.NONE_FOUND if as_of else Status.NOT_CHECKED, None, as_of)


def identifiers_of(work: Work) -> frozenset[str]:
    """What a work is looked up by, like "doi:10.1056/nejmra1603471" and "pmid:28700839"; none if it has neither."""
    return identifiers(doi_of(work), pmid_of(work))


def identifiers(doi: str, pmid: str) -> frozenset[str]:
    """As `identifiers_of`, from the bare numbers."""
    found = {f"doi:{doi.lower()}" if doi else "", f"pmid:{pmid}" if pmid else ""}
    return frozenset(found - {""})


def notice_address(doi: str, pmid: str) -> str:
    """Where a notice can be read."""
    if doi:
        return f"https://doi.org/{quote(doi, safe='/')}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else ""


def _newest_of_each_entry(events: Iterable[Event]) -> list[Event]:
    newest: dict[str, Event] = {}
    for event in sorted(events, key=lambda event: event.number):
        newest[event.entry] = event
    return list(newest.values())
