"""What the public is told of people who live with the condition and read a draft: how many, when, what it changed.

Never who, and not a word of what they wrote.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conditions.article_facts import ReadersFact
from conditions.models import Publication, Reading, RegionalArticle, ReviewComment
from conditions.policies.commenting import OTHER_PARTS, SECTION
from conditions.vocabulary import CommentState, ReadingState
from organisations.regions import Region


@dataclass(frozen=True)
class DraftFact:
    """How many people read the draft of a version, how many remarks they made, how many changed it, and where."""

    people: int
    remarks: int
    changed: int
    parts: tuple[str, ...]


def readers_of(publication: Publication) -> ReadersFact | None:
    """Of the newest edition, up to the one published, that somebody read as a draft; None when nobody did."""
    page = publication.regional_article
    until = page.publications.filter(sequence__lte=publication.sequence, regional_edition__isnull=False)
    published = until.order_by("-sequence").values_list("regional_edition__edition__number", flat=True).first()
    found = _completed(page).filter(regional_edition__edition__number__lte=published or 0)
    rows = list(found.values_list("regional_edition__edition__number", "reader_id", "completed_at"))
    if not rows:
        return None
    newest = max(number for number, _, _ in rows)
    people = {reader for number, reader, _ in rows if number == newest}
    last = max(at for number, _, at in rows if number == newest and at is not None)
    return ReadersFact(len(people), Region(page.region).day(last))


def drafts_of(page: RegionalArticle, publications: Sequence[Publication]) -> Mapping[int, DraftFact]:
    """For each version that was read as a draft, by the publication's id; two queries however many there are."""
    readings: dict[int, list[Reading]] = defaultdict(list)
    for reading in _completed(page).select_related("regional_edition"):
        if version := _version_of(reading, publications):
            readings[version.pk].append(reading)
    numbers = [reading.pk for group in readings.values() for reading in group]
    remarks: dict[int | None, list[ReviewComment]] = defaultdict(list)
    for remark in ReviewComment.objects.filter(reading__in=numbers):
        remarks[remark.reading_id].append(remark)
    return {
        version.pk: _fact(
            version.revision.content,
            readings[version.pk],
            [remark for reading in readings[version.pk] for remark in remarks[reading.pk]],
        )
        for version in publications
        if version.pk in readings
    }


def _completed(page: RegionalArticle) -> Any:
    return Reading.objects.filter(
        state=ReadingState.COMPLETED,
        regional_edition__region=page.region,
        regional_edition__edition__article=page.article_id,
    )


def _version_of(reading: Reading, publications: Sequence[Publication]) -> Publication | None:
    """The first version that was published from the edition after it was read."""
    later = [
        each
        for each in publications
        if each.regional_edition is not None
        and each.regional_edition.edition_id == reading.regional_edition.edition_id
        and reading.completed_at is not None
        and each.published_at > reading.completed_at
    ]
    return min(later, key=lambda each: each.sequence, default=None)


def _fact(content: Mapping[str, Any], readings: Sequence[Reading], remarks: Sequence[ReviewComment]) -> DraftFact:
    changed = [remark.part for remark in remarks if remark.state == CommentState.DONE]
    headings = {SECTION + part["key"]: part["heading"] for part in content["sections"]}
    names = {**OTHER_PARTS, **headings}
    return DraftFact(
        people=len({reading.reader_id for reading in readings}),
        remarks=len(remarks),
        changed=len(changed),
        parts=tuple(name for part, name in names.items() if part in changed),
    )
