"""How fresh a page's sources were when it was reviewed, in numbers that stay true however long the page stands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from conditions.content.currency import add_months
from conditions.content.evidence import listed
from conditions.content.retractions import Standing, Status
from conditions.content.works import Work, date_parts

YEARS = 10
SPOKEN_WITH_A_VOWEL = re.compile(r"[aeiou]|[AEFHILMNORSX](?![a-z])", re.ASCII)


@dataclass(frozen=True)
class Freshness:
    """Counts over a page's sources, and who checked it.

    `checked_by` like "a consultant neurologist", "" if unknown. `old` were older than ten years on the day of the
    review, `undated` have no year. `checked` were looked up in lists of retractions, the least recent of them in one
    of `as_of`; `unchecked` never. `old` and `undated` are None where there was no review yet.
    """

    checked_by: str
    sources: int
    old: int | None
    undated: int | None
    retracted: int
    concern: int
    unchecked: int
    as_of: date | None


def freshness(
    works: Mapping[str, Work], standings: Mapping[str, Standing], reviewed_on: date | None, checked_by: str
) -> Freshness:
    """The counts for the works and what is known of each, both by key."""
    statuses = [standings[key].status for key in works]
    days = [day for key in works if (day := standings[key].as_of)]
    return Freshness(
        checked_by=checked_by,
        sources=len(works),
        old=sum(is_older(work, reviewed_on) for work in works.values()) if reviewed_on else None,
        undated=sum(not date_parts(work, "issued") for work in works.values()) if reviewed_on else None,
        retracted=statuses.count(Status.RETRACTED),
        concern=statuses.count(Status.CONCERN),
        unchecked=statuses.count(Status.NOT_CHECKED),
        as_of=min(days, default=None),
    )


def is_older(work: Work, day: date) -> bool:
    """Whether a work had been out for more than ten years on a day; of a date known in part the latest day counts."""
    known = date_parts(work, "issued")
    limit = add_months(day, -12 * YEARS)
    return bool(known) and tuple(known) < (limit.year, limit.month, limit.day)[: len(known)]


def in_words(roles: Iterable[str]) -> str:
    """Roles as people in a sentence: "a consultant neurologist and an MS nurse"; each once."""
    return listed(list(dict.fromkeys(with_article(role) for role in roles if role.strip())))


def with_article(role: str) -> str:
    """ "Consultant neurologist" as "a consultant neurologist"; an abbreviation stays as it is."""
    first = role.strip().partition(" ")[0]
    lowered = role.strip()[0].lower() + role.strip()[1:] if first.istitle() else role.strip()
    return f"{'an' if SPOKEN_WITH_A_VOWEL.match(lowered) else 'a'} {lowered}"
