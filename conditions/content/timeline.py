"""What readers got at an address from one moment to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise


@dataclass(frozen=True)
class Live:
    """A version and when readers got it, its end excluded; `until` is None while they do."""

    version: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Down:
    """A page taken down for a public reason; `until` is None while it is."""

    reason: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Span:
    """Between two moments readers got a version; or None, because the page was taken down, or not published."""

    since: datetime
    until: datetime
    version: int | None
    reason: str


def spans(since: datetime, until: datetime, live: Sequence[Live], down: Sequence[Down]) -> list[Span]:
    """What readers got between two moments, in order and without a gap; nothing if the second is not the later."""
    found: list[Span] = []
    for start, end in pairwise(sorted({since, until, *_turns(since, until, [*live, *down])})):
        closed = next((each for each in down if _covers(each, start)), None)
        shown = next((each for each in live if _covers(each, start)), None)
        version = shown.version if shown and not closed else None
        span = Span(start, end, version, closed.reason if closed else "")
        if found and (found[-1].version, found[-1].reason) == (span.version, span.reason):
            span = Span(found.pop().since, end, version, span.reason)
        found.append(span)
    return found if since < until else []


def _turns(since: datetime, until: datetime, periods: Sequence[Live | Down]) -> Iterator[datetime]:
    for period in periods:
        for moment in (period.since, period.until):
            if moment and since < moment < until:
                yield moment


def _covers(period: Live | Down, moment: datetime) -> bool:
    return period.since <= moment and (period.until is None or moment < period.until)
