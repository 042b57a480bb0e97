"""Whether the record is whole: every digest, seal, chain link and guard, looked at again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from alsinfo.guards import engine
from conditions.content import seals
from conditions.content.canonical import digest
from conditions.models import DissentNote, Publication, RecordVerification, RenderedPage, Revision, SignOff
from conditions.sealing import page_parts


@dataclass
class Verification:
    """How many of each kind were looked at, and a sentence for everything that is not as it was written."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def verify() -> Verification:
    """Look at everything; memory stays bounded, since rows are read one after the other."""
    found = Verification()
    for kind, problem in _findings():
        found.counts[kind] += 1
        if problem:
            found.problems.append(problem)
    found.counts["audit events"] = AuditEvent.objects.count()
    found.counts["guards"] = len(engine.registry())
    found.problems += chain.verify() + engine.problems(connection)
    return found


def keep(found: Verification) -> RecordVerification:
    """Note what was found, for the queue of who looks after safety."""
    return RecordVerification.objects.create(verified_at=clock_now(), problems=found.problems)


def _findings() -> Iterator[tuple[str, str]]:
    for revision in Revision.objects.iterator(chunk_size=50):
        is_whole = digest(revision.text) == revision.digest
        yield "revisions", "" if is_whole else f"Revision {revision.digest[:12]} is not the text of its digest."
    for signature in SignOff.objects.iterator():
        is_whole = seals.holds(settings.SEAL_KEYS, signature.seal, *signature.sealed_values())
        yield "signatures", "" if is_whole else f"Signature {signature.pk} was altered."
    for note in DissentNote.objects.iterator():
        is_whole = seals.holds(settings.SEAL_KEYS, note.seal, *note.sealed_values())
        yield "dissents", "" if is_whole else f"Dissent {note.pk} was altered."
    for page in _live_pages():
        yield "pages", "" if _is_whole(page) else f"The page of {page.publication} ({page.notice}) was altered."


def _live_pages() -> Iterator[RenderedPage]:
    live = Publication.objects.filter(ended_at__isnull=True)
    return RenderedPage.objects.filter(publication__in=live).select_related("publication").iterator(chunk_size=50)


def _is_whole(page: RenderedPage) -> bool:
    beneath = page.publication.rests_on()
    parts = page_parts(page.publication, page.notice, bytes(page.body), beneath)
    return seals.holds(settings.SEAL_KEYS, page.seal, *parts)
