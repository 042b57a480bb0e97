"""What visits to a web address come to: of a site that is slow or busy nothing is said until days have passed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SOFT_FAILURES = 4  # the first and three more
HARD_FAILURES = 2
WHEN_FINE = timedelta(days=30)
WHEN_BROKEN = timedelta(days=7)
AFTER_SOFT = (timedelta(days=1), timedelta(days=2), timedelta(days=4))
AFTER_HARD = timedelta(days=1)


class Answer(StrEnum):
    """What a site said."""

    FINE = "fine"
    GUARDED = "guarded"  # it answers people and not programs: nothing can be said
    SOFT = "soft"  # too slow, too busy, out of order
    HARD = "hard"  # there is no such page, or no such site
    REFUSED = "refused"  # an address that is never visited


class LinkState(StrEnum):
    """What is known of a link."""

    NEW = "new"
    FINE = "fine"
    GUARDED = "guarded"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"


@dataclass(frozen=True)
class Visit:
    """One visit: the answer, the HTTP status (0: none), where it ended after redirects, and in words what was wrong."""

    answer: Answer
    status: int = 0
    ended_at: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Tally:
    """What is known of a link after its visits; `soft` and `hard` count the failures in a row."""

    state: LinkState = LinkState.NEW
    soft: int = 0
    hard: int = 0


def after(visit: Visit, before: Tally, now: datetime) -> tuple[Tally, datetime]:
    """The tally after one more visit, and when to look again."""
    match visit.answer:
        case Answer.FINE:
            return Tally(LinkState.FINE), now + WHEN_FINE
        case Answer.GUARDED:
            return Tally(LinkState.GUARDED), now + WHEN_FINE
        case Answer.REFUSED:
            return Tally(LinkState.BROKEN, before.soft, before.hard), now + WHEN_FINE
        case Answer.HARD:
            return _failed(Tally(before.state, before.soft, before.hard + 1), now)
        case _:
            return _failed(Tally(before.state, before.soft + 1, before.hard), now)


def _failed(tally: Tally, now: datetime) -> tuple[Tally, datetime]:
    """Broken once it failed often enough; until then it is looked at sooner."""
    if tally.hard >= HARD_FAILURES or tally.soft + tally.hard >= SOFT_FAILURES:
        return Tally(LinkState.BROKEN, tally.soft, tally.hard), now + WHEN_BROKEN
    pause = AFTER_HARD if tally.hard else AFTER_SOFT[tally.soft - 1]
    return Tally(LinkState.DOUBTFUL, tally.soft, tally.hard), now + pause


def answer_to(status: int) -> Answer:
    """What an HTTP status says of a page."""
    if status < 400:
        return Answer.FINE
    if status in (404, 410):
        return Answer.HARD
    if status in (408, 425, 429) or status >= 500:
        return Answer.SOFT
    return Answer.GUARDED
