"""Ask Crossref what was published about our works: a few at a time, each about once a week.

The order in which works are asked for is kept in the cache; without it the first ones are asked for again, which
does no harm: what is known already is not taken in twice.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache

from alsinfo.concurrency import clock_now
from conditions.actions.watching import ReadList, Taken, take_in
from conditions.content.identifiers import normal_doi
from conditions.errors.looking_up import LookupGarbled, LookupTooLarge, WorkNotFound
from conditions.importing.retractions import our_identifiers
from conditions.lookups import crossref
from conditions.models import RetractionEvent
from conditions.vocabulary import RetractionNature, RetractionSource

AT_ONCE = 20  # works; `run_due` comes back every minute
EVERY = timedelta(days=7)
QUEUE = "crossref-updates"
DOI = "doi:"

# Crossref's types of updates that bear on whether a work holds; what is retracted in part is warned of.
NATURES = {
    **dict.fromkeys(("retraction", "withdrawal", "removal"), RetractionNature.RETRACTION),
    **dict.fromkeys(("expression_of_concern", "partial_retraction"), RetractionNature.CONCERN),
    **dict.fromkeys(("correction", "corrigendum", "erratum"), RetractionNature.CORRECTION),
    "reinstatement": RetractionNature.REINSTATEMENT,
}


def watch(limit: int = AT_ONCE) -> Taken:
    """Ask for the next works and take in what is said of them. Raises `LookupRefused` when Crossref does not answer.

    What was answered before that is taken in all the same; the rest is asked for with the next call, and the work
    that was not answered for comes last.
    """
    now = clock_now()
    begun, waiting = _queue(now)
    events: list[RetractionEvent] = []
    looked_up: set[str] = set()
    unread = 0
    try:
        for doi in waiting[:limit]:
            waiting = [*waiting[1:], doi]
            found = _asked(doi)
            waiting.pop()
            events += found or []
            unread += found is None
            looked_up |= {DOI + doi} if found is not None else set()
    finally:
        cache.set(QUEUE, (begun, waiting), EVERY.total_seconds() * 2)
        read = ReadList(
            RetractionSource.CROSSREF, now.date(), len(looked_up) + unread, events, unread, frozenset(looked_up)
        )
        taken = take_in(read) if looked_up else Taken(0, 0)
    return taken


def _queue(now: datetime) -> tuple[datetime, list[str]]:
    """When the present round of all our works began, and those that are still to be asked for."""
    kept: tuple[datetime, list[str]] | None = cache.get(QUEUE)
    if kept is not None and (kept[1] or now - kept[0] < EVERY):
        return kept
    return now, sorted(name.removeprefix(DOI) for name in our_identifiers() if name.startswith(DOI))


def _asked(doi: str) -> list[RetractionEvent] | None:
    """What Crossref says was published about a work; None when it does not know the work or cannot be read."""
    try:
        work = crossref.message(doi)
        return list(events_of(doi, work))
    except (WorkNotFound, LookupGarbled, LookupTooLarge):
        return None


def events_of(doi: str, work: crossref.Message) -> Iterator[RetractionEvent]:
    """The updates to a work that bear on whether it holds. Raises `LookupGarbled` for one that names no day."""
    updates = work.get("updated-by")
    title = work.get("title")
    for update in updates if isinstance(updates, list) else []:
        nature = NATURES.get(str(update.get("type", "")).lower()) if isinstance(update, dict) else None
        if nature is None:
            continue
        notice = normal_doi(str(update.get("DOI", "")))
        yield RetractionEvent(
            source=RetractionSource.CROSSREF,
            entry=f"{doi} {notice.lower()}"[:200],
            doi=doi[:200],
            title=str(title[0])[:500] if isinstance(title, list) and title else doi,
            nature=nature,
            happened_on=_day(update.get("updated")),
            notice_doi=notice[:200],
        )


def _day(updated: Any) -> date:
    """The day of an update; of a year or a month its first."""
    try:
        year, month, day = (*updated["date-parts"][0], 1, 1)[:3]
        return date(year, month, day)
    except (TypeError, KeyError, IndexError, ValueError) as problem:
        raise LookupGarbled from problem
