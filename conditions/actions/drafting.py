"""Write the working text: start an edition, save it, close it when every region has ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import Conflict, clock_now, lock, swap
from conditions.content import canonical
from conditions.content.canonical import Content, digest, normalise_text
from conditions.content.library import shareable
from conditions.content.merge import merge
from conditions.errors.drafting import SavedMeanwhile, UnusableText
from conditions.models import Article, Citation, Contribution, Edition, MedicineUse, RegionalArticle
from conditions.models.desk import DeskRow, texts_of, write_rows
from conditions.models.editions import ALL_REGIONS
from conditions.policies import drafting as policies
from conditions.policies.drafting import ENDED, last_row
from conditions.policies.texts import MARKUP_FIELDS, PLAIN_FIELDS, objections_to_row
from conditions.vocabulary import EditionState, ReviewState
from organisations.regions import Region


@dataclass(frozen=True)
class Change:
    """What a save writes: the edition's own fields, rows to put (new or changed), rows to remove."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    put: Sequence[DeskRow] = ()
    remove: Sequence[DeskRow] = ()


@action
def start(article: Article, *, by: User, regions: str = ALL_REGIONS) -> Edition:
    """Open the next edition; its text is what each region last published."""
    article = lock(article)
    insist(policies.objection_to_start(article, by=by))
    edition = open_edition(article, last_published(article), by=by, regions=regions)
    record("start", edition, by=by, after=EditionState.DRAFT)
    return edition


def open_edition(
    article: Article,
    contents: Mapping[str, Content],
    *,
    by: User,
    regions: str = ALL_REGIONS,
    source: Article | None = None,
) -> Edition:
    """Write the article's next edition with these contents, one for each region; part of an action, audited by it.

    `source` is the article the contents are of, if it is another one.
    """
    now = clock_now()
    newest = article.editions.order_by("-number").first()
    edition = Edition.objects.create(
        article=article,
        number=newest.number + 1 if newest else 1,
        regions=regions,
        started_by=by,
        started_at=now,
        saved_at=now,
    )
    write_rows(edition, merge(contents), source=source or article)
    return edition


@action
def save(edition: Edition, change: Change, *, by: User, opened_version: int) -> Edition:
    """Write a change to a draft, if nobody saved since `opened_version` was read.

    Raises `SavedMeanwhile` when somebody did, `UnusableText` when readers would not see a text as written.
    """
    locked_pages(edition.article)
    insist(policies.objection_to_save(edition, by=by))
    put(edition, change, by=by, opened_version=opened_version)
    record("save", edition, by=by)
    return edition


def put(edition: Edition, change: Change, *, by: User, opened_version: int) -> None:
    """Write a change to a draft and note the contribution; part of an action, audited by it. Raises as `save`."""
    insist(policies.objection_to_coverage(edition, change.fields.get("regions", edition.regions)))
    now = clock_now()
    before = texts_of(edition)
    try:
        swap(edition, lock_version=opened_version, saved_at=now, **_normal_fields(change.fields))
    except Conflict as conflict:
        raise SavedMeanwhile from conflict
    _apply(edition, change)
    _note_contribution(edition, before, by=by, now=now)


def locked_pages(article: Article) -> dict[Region, RegionalArticle]:
    """Every regional article of an article, locked in one order, so that no two actions wait for each other."""
    return {Region(page.region): lock(page) for page in article.regional_articles.order_by("pk")}


def close_if_ended(edition: Edition) -> None:
    """Close an edition whose every region was published, unchanged or discarded; part of an action.

    A draft with text that was written since stays open, so that nobody's work is lost.
    """
    rows = {region: last_row(edition, region) for region in edition.covered}
    if any(row is None or row.state not in ENDED for row in rows.values()):
        return
    if edition.state == EditionState.DRAFT:
        texts = texts_of(edition)
        for region, row in rows.items():
            if row is not None and row.state != ReviewState.DISCARDED and row.revision_id != digest(texts[region]):
                return
    swap(edition, state=EditionState.CLOSED)


def back_to_draft(edition: Edition) -> None:
    """Let the text be changed again; part of an action."""
    if edition.state == EditionState.FROZEN:
        swap(edition, state=EditionState.DRAFT)


def last_published(article: Article) -> dict[str, dict[str, Any]]:
    """Each region's last published content; a region with none is left out and gets the other's."""
    contents = {}
    for page in article.regional_articles.all():
        newest = page.publications.order_by("-sequence").select_related("revision").first()
        if newest is not None:
            contents[page.region] = newest.revision.content
    return contents


def _apply(edition: Edition, change: Change) -> None:
    for row in (*change.remove, *change.put):
        insist(policies.objection_to_row(edition, row))
    for row in change.remove:
        row.delete()
    for row in change.put:
        row.edition = edition
        if faults := objections_to_row(row):
            name, sentences = next(iter(faults.items()))
            field = row._meta.get_field(name)
            raise UnusableText(f"{getattr(field, 'verbose_name', name)}: {sentences[0]}")
        _normalise(row)
        if isinstance(row, Citation) and not row.description:
            row.reference = row.reference.current
            row.description = shareable(row.reference.description)
        if isinstance(row, MedicineUse):
            row.settle()
        row.save()


def _normal_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {name: normalise_text(value) if isinstance(value, str) else value for name, value in fields.items()}
    except canonical.UnusableText as problem:
        raise UnusableText(str(problem)) from problem


def _normalise(row: DeskRow) -> None:
    """Bring the texts to normal form, so that a save without an edit changes no digest."""
    for name in (*MARKUP_FIELDS.get(type(row), ()), *PLAIN_FIELDS.get(type(row), ())):
        setattr(row, name, normalise_text(getattr(row, name)))


def _note_contribution(edition: Edition, before: Mapping[Region, str], *, by: User, now: datetime) -> None:
    """Every save is a contribution: to the regions whose text it changed, or, if to none, to all it covers."""
    after = texts_of(edition)
    touched = [region for region in edition.covered if before.get(region) != after[region]] or edition.covered
    known = set(edition.contributions.filter(user=by).values_list("region", flat=True))
    for region in touched:
        if region.value not in known:
            Contribution.objects.create(article=edition.article, edition=edition, region=region, user=by, made_at=now)
