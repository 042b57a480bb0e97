"""Facts of the record that stand on an article page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CorrectionFact:
    """What readers had been told wrongly, since which day, and the day and version that put it right."""

    text: str
    since: date
    fixed_on: date
    version: int


@dataclass(frozen=True)
class DeferralFact:
    """Why a page stays up although its review is overdue, and until which day."""

    reason: str
    until: date


@dataclass(frozen=True)
class ReadersFact:
    """How many people who live with the condition read the text as a draft, and the day on which the last did."""

    count: int
    last_on: date


@dataclass(frozen=True)
class VersionFact:
    """Which version of its page is shown; `ended_on` is None while readers see it, `current` is the number they see."""

    number: int
    published_on: date
    ended_on: date | None
    current: int
