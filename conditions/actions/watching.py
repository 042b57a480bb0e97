"""Take in what was published about works we cite, and answer for what a page still cites."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, one_at_a_time
from conditions import notices
from conditions.actions.pages import due_today, hold_organisations, note_sources, rebuild, render_again
from conditions.content.citations import uses
from conditions.content.retractions import Standing, identifiers_of
from conditions.errors.publishing import RecordAltered
from conditions.models import (
    LookedUp,
    Publication,
    RegionalArticle,
    RetractionAnswer,
    RetractionEvent,
    RetractionList,
    SourcesShown,
)
from conditions.models.retractions import events_on, standing_by, standings, works_of
from conditions.policies import watching as policies

LISTS = 0x616C73_0002  # the advisory lock under which lists of retractions are taken in
MOST_AT_ONCE = 50  # pages rendered in the transaction that takes a list in
RENEWED_AFTER = timedelta(days=28)
MEANWHILE = timedelta(hours=1)


@dataclass(frozen=True)
class ReadList:
    """A list that was read to its end: how many rows, what it says of our works (not saved), which rows are unread.

    `looked_up` are the identifiers of our works that were looked for in it.
    """

    source: str
    as_of: date
    rows: int
    events: list[RetractionEvent]
    unread: int
    looked_up: frozenset[str]


@dataclass(frozen=True)
class Taken:
    """What came of a list: how many events were new, and how many pages cite a work that is newly retracted."""

    new_events: int
    pages: int


@dataclass(frozen=True)
class Affected:
    """A live text of which a source stands otherwise; for each newly retracted work the sections that rely on it."""

    publication: int
    page: RegionalArticle
    relying: Mapping[str, list[str]]


@action
def take_in(read: ReadList, *, is_whole: bool = True) -> Taken:
    """Keep what a list says; live pages that cite what it is about are marked and, if retracted, due for review today.

    is_whole: nothing in the list was unread, so its day is kept: from then on works it does not name are known
    not to be in it. A repeat changes nothing and is no event.
    """
    one_at_a_time(LISTS)
    now = clock_now()
    new, later = _new_events(read.events), _looked_up_later(read) if is_whole else []
    if not new and not later and (not is_whole or _was_read(read)):
        return Taken(0, 0)
    taken = RetractionList.objects.create(
        source=read.source,
        as_of=read.as_of,
        rows=read.rows,
        ours=len(read.events),
        unread=read.unread,
        taken_in_at=now,
    )
    for event in new:
        event.found_in = taken
        event.save(force_insert=True)
    LookedUp.objects.bulk_create(
        later, 1000, update_conflicts=True, unique_fields=["identifier"], update_fields=["as_of"]
    )
    pages = _mark(taken, new, now)
    _ask_for_renewal(read.as_of, now)
    reason = f"To review again: {', '.join(map(str, pages))}" if pages else ""
    record("take_in", taken, by=None, reason=reason, after=str(taken))
    return Taken(len(new), len(pages))


@action
def answer_retraction(event: RetractionEvent, page: RegionalArticle, *, by: User, reason: str) -> RetractionAnswer:
    """Say why a page may go on citing a retracted work; readers go on seeing that it is retracted."""
    insist(policies.objection_to_answer(event, page, by=by, reason=reason))
    made = RetractionAnswer.objects.create(
        event=event, regional_article=page, reason=reason.strip(), answered_by=by, answered_at=clock_now()
    )
    record("answer_retraction", made, by=by, reason=reason.strip(), after=str(event))
    return made


def render_wanted(limit: int = MOST_AT_ONCE) -> int:
    """Render pages that say of their sources what is not so any more; how many. Each is an action of its own."""
    wanted = SourcesShown.objects.filter(wanted_at__isnull=False, publication__ended_at=None)
    beside = ("publication__revision", "publication__regional_article__article__condition")
    found = [shown.publication for shown in wanted.select_related(*beside).order_by("wanted_at")[:limit]]
    return sum(_rendered(publication) for publication in [*found, *_published_meanwhile(clock_now())])


def _rendered(publication: Publication) -> bool:
    try:
        rebuild(publication)
    except RecordAltered:
        SourcesShown.objects.filter(publication=publication).update(wanted_at=clock_now())
        return False
    return True


def _published_meanwhile(now: datetime) -> list[Publication]:
    """Pages of the last hour whose citations are marked otherwise than is known: a list was taken in just then."""
    new = Publication.objects.filter(ended_at=None, published_at__gte=now - MEANWHILE)
    return [publication for publication in new.select_related("revision") if not _is_marked(publication)]


def _is_marked(publication: Publication) -> bool:
    known = standings(works_of(publication.revision.content))
    retracted = {(key, each.event.number) for key, each in known.items() if each.is_retracted and each.event}
    return retracted == set(publication.cited_retractions.values_list("key", "event"))


def _new_events(events: Iterable[RetractionEvent]) -> list[RetractionEvent]:
    """Those that are not kept yet, each once."""
    columns = ("source", "entry", "doi", "pmid", "nature", "happened_on", "notice_doi", "notice_pmid")
    known = set(RetractionEvent.objects.values_list(*columns))
    new: dict[tuple[Any, ...], RetractionEvent] = {}
    for event in events:
        row = tuple(getattr(event, column) for column in columns)
        if row not in known:
            new.setdefault(row, event)
    return list(new.values())


def _looked_up_later(read: ReadList) -> list[LookedUp]:
    """The identifiers that were not looked for in so new a list before."""
    before = dict(LookedUp.objects.values_list("identifier", "as_of"))
    return [
        LookedUp(identifier=identifier, as_of=read.as_of)
        for identifier in sorted(read.looked_up)
        if before.get(identifier, date.min) < read.as_of
    ]


def _was_read(read: ReadList) -> bool:
    return RetractionList.objects.filter(source=read.source, as_of__gte=read.as_of).exists()


def _mark(taken: RetractionList, new: list[RetractionEvent], now: datetime) -> list[RegionalArticle]:
    """Mark every live page whose sources stand otherwise; gives those to review again, and tells whom it concerns."""
    found = sorted(_affected(new), key=lambda each: each.page.pk) if new else []
    cited = [each for each in found if each.relying]
    pages = due_today((each.page for each in cited), now)
    publications = Publication.objects.select_related("revision", "regional_article__article", "change_note")
    at_once = list(publications.filter(pk__in=[each.publication for each in found[:MOST_AT_ONCE]]).order_by("pk"))
    hold_organisations([publication.revision.content for publication in at_once])
    for publication in at_once:
        render_again(publication, now=now)
    for each in found[MOST_AT_ONCE:]:
        note_sources(publications.get(pk=each.publication), wanted_at=now)
    if cited:
        notices.retracted(taken, [(each.page, each.relying) for each in cited])
    return pages


def _affected(new: list[RetractionEvent]) -> Iterator[Affected]:
    """Every live text that cites a work which stands otherwise by the new events."""
    touched = frozenset().union(*(event.identifiers for event in new))
    live = Publication.objects.filter(ended_at__isnull=True).select_related(
        "revision", "regional_article__article__condition", "regional_article__article__owner"
    )
    for publication in live.iterator(chunk_size=50):
        content = publication.revision.content
        named = {key: identifiers_of(work) for key, work in works_of(content).items()}
        works = {key: own for key, own in named.items() if own & touched}
        changed = _changed(works, {event.pk for event in new})
        if changed:
            retracted = [key for key, (before, after) in changed.items() if after.is_retracted > before.is_retracted]
            sections = {_title(changed[key][1], new): _sections_citing(content, key) for key in retracted}
            yield Affected(publication.pk, publication.regional_article, sections)


def _changed(works: Mapping[str, frozenset[str]], new: set[int]) -> dict[str, tuple[Standing, Standing]]:
    """The standing before and after of the works that stand otherwise without the new events."""
    after = events_on(frozenset().union(*works.values()))
    before = {name: [event for event in events if event.number not in new] for name, events in after.items()}
    both = {key: (standing_by(own, before, {}), standing_by(own, after, {})) for key, own in works.items()}
    return {key: pair for key, pair in both.items() if pair[0].event != pair[1].event}


def _title(standing: Standing, new: Iterable[RetractionEvent]) -> str:
    """The title that the list gives the work."""
    return next((each.title for each in new if standing.event and each.pk == standing.event.number), "")


def _sections_citing(content: Mapping[str, Any], key: str) -> list[str]:
    """The headings of the sections that rely on a source."""
    return [each["heading"] for each in content["sections"] if key in (use.key for use in uses(each["body"]))]


def _ask_for_renewal(as_of: date, now: datetime) -> None:
    """Have pages rendered again whose day is a month behind, or that had a source nobody had looked up."""
    shown = SourcesShown.objects.filter(publication__ended_at=None, wanted_at=None)
    shown.filter(Q(as_of=None) | Q(as_of__lte=as_of - RENEWED_AFTER)).update(wanted_at=now)
