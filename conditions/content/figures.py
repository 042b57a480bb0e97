"""Figures about how articles are kept: the share in date, and how long reviews take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from conditions.content.currency import add_months


@dataclass(frozen=True)
class Life:
    """A version that readers got, from a day to a day (None: still), and when its whole page was signed."""

    region: str
    began: date
    ended: date | None
    reviewed: date
    interval_months: int

    def is_live(self, day: date) -> bool:
        """Whether readers had it at the end of the day."""
        return self.began <= day and (self.ended is None or self.ended > day)

    def is_in_date(self, day: date) -> bool:
        """Whether the next review was not past."""
        return day <= add_months(self.reviewed, self.interval_months)


def month_ends(today: date, months: int) -> list[date]:
    """The last day of each of the months before, oldest first, then today."""
    first = today.replace(day=1)
    return [date.fromordinal(add_months(first, -back).toordinal() - 1) for back in range(months - 1, -1, -1)] + [today]


def share_in_date(lives: Iterable[Life], days: Sequence[date]) -> list[int | None]:
    """For each day the percentage of live versions that were in date, rounded down so that 100 means all."""
    found = list(lives)
    return [percentage([each.is_in_date(day) for each in found if each.is_live(day)]) for day in days]


def percentage(answers: Sequence[bool]) -> int | None:
    """How many in a hundred are true; None of nothing."""
    return 100 * sum(answers) // len(answers) if answers else None


def middle(days: Iterable[int]) -> int | None:
    """The median, of an even number the higher of the two whole days around it; None of nothing."""
    found = sorted(days)
    return -int(-median(found) // 1) if found else None
