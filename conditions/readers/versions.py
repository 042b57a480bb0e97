"""The published versions of a page, checked: what changed with each, who signed it, and whether it may be shown."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from conditions.content.timeline import Down, Live, Span, spans
from conditions.models import Correction, Publication, RegionalArticle
from conditions.models.publications import read_signatures
from conditions.page_facts import signature_fact
from conditions.readers.dissents import DissentFact, dissent_fact, notes_of
from conditions.readers.serving import signature_is_whole
from conditions.reading_facts import DraftFact, drafts_of
from conditions.rendering import SignatureFact, version_path
from conditions.sealing import record_is_whole
from organisations.regions import Region

alarm = logging.getLogger("alsinfo.alarm")


class AlteredVersion(Exception):
    """What the database holds of a version is not what was signed and published."""


@dataclass(frozen=True)
class Version:
    """One published version, as the history shows it.

    `url` is empty and `withdrawn_on` a day where a signature that it rests on was withdrawn: readers get no word of it.
    `ended_on` is None while readers see it.
    """

    number: int
    published_on: date
    ended_on: date | None
    change_note: str
    kind: str
    signatures: tuple[SignatureFact, ...]
    dissents: tuple[DissentFact, ...]
    digest: str
    url: str
    withdrawn_on: date | None = None
    draft: DraftFact | None = None
    correction: Correction | None = None

    @property
    def is_live(self) -> bool:
        """Whether it is what readers see now, unless the page is taken down."""
        return self.ended_on is None


@dataclass(frozen=True)
class Absence:
    """A time in which the page was taken down, and why; `until_on` is None while it is."""

    since_on: date
    until_on: date | None
    reason: str


def published(page: RegionalArticle) -> list[Publication]:
    """Every version of a page, the newest first. Raises `AlteredVersion`, with an alarm."""
    beside = ("change_note", "correction", "revision", "regional_edition", "regional_article")
    found = list(page.publications.select_related(*beside).order_by("-sequence"))
    read_signatures(found)
    insist_on_whole(found)
    return found


def insist_on_whole(publications: Sequence[Publication]) -> None:
    """Raise `AlteredVersion`, with an alarm, unless text, signatures and dissents are as they were sealed."""
    notes = notes_of(publications)
    for publication in publications:
        own = notes.get(publication.pk, ())
        are_whole = all(signature_is_whole(note.seal, note.sealed_values()) for note in own)
        if not are_whole or not record_is_whole(publication):
            alarm.critical("%s is altered: its text or who signed it.", publication)
            raise AlteredVersion


def versions_of(page: RegionalArticle, slug: str, today: date) -> list[Version]:
    """Every version of a page, the newest first. Raises `AlteredVersion`, with an alarm."""
    publications = published(page)
    drafts, notes = drafts_of(page, publications), notes_of(publications)
    region = Region(page.region)
    return [
        replace(
            version_of(each, slug),
            draft=drafts.get(each.pk),
            dissents=tuple(dissent_fact(note, region, today) for note in notes.get(each.pk, ())),
        )
        for each in publications
    ]


def version_of(publication: Publication, slug: str) -> Version:
    """A version as the history shows it, without what was said of it before it was published."""
    region, ended_at = Region(publication.regional_article.region), publication.ended_at
    withdrawn_on = withdrawn_on_of(publication)
    return Version(
        number=publication.sequence,
        published_on=publication.published_on,
        ended_on=region.day(ended_at) if ended_at else None,
        change_note=publication.change_note.text,
        kind="Reviewed again without a change" if publication.assignment_id else "",
        signatures=tuple(signature_fact(signature) for signature in publication.signed()),
        dissents=(),
        digest=publication.revision_id,
        url="" if withdrawn_on else version_path(region, slug, publication.sequence),
        withdrawn_on=withdrawn_on,
        correction=getattr(publication, "correction", None),
    )


def withdrawn_on_of(publication: Publication) -> date | None:
    """The day on which the first of the signatures that a version rests on was withdrawn, or None."""
    withdrawn = [each.revocation.revoked_at for each in publication.rests_on() if hasattr(each, "revocation")]
    return publication.regional_article.day(min(withdrawn)) if withdrawn else None


def absences_of(page: RegionalArticle) -> list[Absence]:
    """Every time the page was taken down, the newest first."""
    return [
        Absence(page.day(down.since), page.day(down.until) if down.until else None, down.reason)
        for down in reversed(downs_of(page))
    ]


def downs_of(page: RegionalArticle) -> list[Down]:
    """The same by the moment, the oldest first."""
    return [
        Down(each.reason, each.suspended_at, each.lift.lifted_at if hasattr(each, "lift") else None)
        for each in page.suspensions.select_related("lift").order_by("pk")
    ]


def as_it_was(page: RegionalArticle, day: date, now: datetime) -> list[Span]:
    """What readers of the region got on a day, up to now; nothing for a day that has not come."""
    if day > page.day(now):
        return []
    live = [Live(each.sequence, each.published_at, each.ended_at) for each in page.publications.order_by("sequence")]
    zone = Region(page.region).time_zone
    since, until = (datetime.combine(each, time(), zone) for each in (day, day + timedelta(days=1)))
    return spans(since, min(until, now), live, downs_of(page))
