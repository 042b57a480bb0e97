"""Make a signed text live for its region."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, swap
from alsinfo.guards.engine import assert_whole
from conditions.actions.assigning import cut_short
from conditions.actions.drafting import close_if_ended, locked_pages
from conditions.actions.pages import hold_organisations, render_linking, render_page, render_sibling
from conditions.actions.purging import page_changed
from conditions.actions.reading import close_readings
from conditions.actions.signing import prove, sign
from conditions.content.currency import add_months
from conditions.errors.drafting import WrongState
from conditions.models import (
    ChangeNote,
    Correction,
    Lift,
    Publication,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Revision,
    Suspension,
)
from conditions.policies import publishing as policies
from conditions.policies.prescribing import is_behind
from conditions.policies.signing import Signing
from conditions.policies.watching import unanswered
from conditions.policies.withdrawing import open_suspension
from conditions.vocabulary import PageState, ReviewState, Scope
from organisations import mentioning
from organisations.regions import Region

CONFIRMED = "Reviewed again; nothing changed."


@action
def publish(row: RegionalEdition, *, by: User) -> Publication:
    """Make a cleared text live: end the one before, render and seal the pages, note what changed."""
    pages = locked_pages(row.edition.article)
    row = RegionalEdition.objects.select_related("edition__article").get(pk=row.pk)
    insist(policies.objection_to_publish(row, by=by))
    before = row.state
    publication = put_live(row, pages, by=by)
    record("publish", publication, by=by, reason=row.change_note, before=before, after=ReviewState.PUBLISHED)
    return publication


def put_live(row: RegionalEdition, pages: Mapping[Region, RegionalArticle], *, by: User) -> Publication:
    """Make a text live to which there is no objection; `pages` are its article’s, locked. Part of an action."""
    assert_whole(connection)
    page, now = pages[Region(row.region)], clock_now()
    _hold_organisations(pages, _revision(row))
    publication = _make_live(page, _revision(row), row.change_note, regional_edition=row, by=by, now=now)
    swap(row, state=ReviewState.PUBLISHED)
    close_readings(row, "The text was published.")
    _supersede(row, page)
    _end_reconfirmations(page, publication)
    _settle_page(page, publication, lifter=by, now=now)
    close_if_ended(row.edition)
    return publication


@action
def reconfirm(assignment: ReviewAssignment, signing: Signing, *, by: User) -> Publication:
    """Sign the live text again, whole, and make it live anew, so that its dates move; a draft may stay open."""
    publication = confirm(assignment, signing, by=by)
    prove(signing, by=by)
    return publication


def confirm(assignment: ReviewAssignment, signing: Signing, *, by: User) -> Publication:
    """Sign the live text and make it live anew, with its audit event; part of an action that also calls `prove`."""
    assert_whole(connection)
    pages = locked_pages(assignment.regional_article.article)
    signature = sign(assignment, signing, by=by)
    if signature.regional_edition_id is not None:
        raise WrongState("This review is of a text that is not live yet. Sign it; a publisher makes it live.")
    page = pages[assignment.region]
    _hold_organisations(pages, signature.revision)
    publication = _make_live(
        page, signature.revision, CONFIRMED, assignment=signature.assignment, by=by, now=clock_now()
    )
    _settle_page(page, publication, lifter=by, now=publication.published_at)
    record("reconfirm", publication, by=by, after=page.state)
    return publication


def lift(suspension: Suspension, *, by: User, now: datetime, reason: str) -> Lift:
    """End a suspension; part of an action, audited by it."""
    mentioning.reveal(suspension.regional_article_id)
    return Lift.objects.create(suspension=suspension, lifted_by=by, lifted_at=now, reason=reason)


def _make_live(
    page: RegionalArticle,
    revision: Revision,
    note: str,
    *,
    by: User,
    now: datetime,
    regional_edition: RegionalEdition | None = None,
    assignment: ReviewAssignment | None = None,
) -> Publication:
    live = page.live_publication()
    if live is not None:
        Publication.objects.filter(pk=live.pk).update(ended_at=now)
    publication = Publication.objects.create(
        regional_article=page,
        sequence=live.sequence + 1 if live else page.publications.count() + 1,
        revision=revision,
        regional_edition=regional_edition,
        assignment=assignment,
        published_by=by,
        published_at=now,
        published_on=page.day(now),
    )
    ChangeNote.objects.create(publication=publication, text=note)
    if regional_edition and regional_edition.wrong_since and publication.sequence > 1:
        text, since = regional_edition.correction, regional_edition.wrong_since
        Correction.objects.create(publication=publication, text=text, since=since)
    return publication


def _hold_organisations(pages: Mapping[Region, RegionalArticle], revision: Revision) -> None:
    """Of the text that goes live, and of the other region's page, which is rendered again."""
    live = [publication for page in pages.values() if (publication := page.live_publication())]
    hold_organisations([revision.content, *(publication.revision.content for publication in live)])


def _supersede(row: RegionalEdition, page: RegionalArticle) -> None:
    """What was published before for this page, in this or an earlier edition, is superseded."""
    earlier = RegionalEdition.objects.filter(
        edition__article=page.article, region=page.region, state=ReviewState.PUBLISHED
    ).exclude(pk=row.pk)
    for former in earlier:
        swap(former, state=ReviewState.SUPERSEDED)


def _end_reconfirmations(page: RegionalArticle, publication: Publication) -> None:
    """Whoever was asked to confirm the text before is asked no more, since it is not live."""
    asked = page.assignments.filter(regional_edition=None).exclude(revision=publication.revision_id)
    cut_short(asked.select_related("regional_article", "reviewer__user"), "Another text was published.")


def _settle_page(page: RegionalArticle, publication: Publication, *, lifter: User, now: datetime) -> None:
    """Move the dates, lift a suspension of another person's, and render both regions' pages.

    A page that shows of a medicine what the library no longer says, or that cites a work retracted since it was
    signed, is due for review today.
    """
    suspension = open_suspension(page)
    if suspension is not None and suspension.suspended_by_id != lifter.pk:
        lift(suspension, by=lifter, now=now, reason="A text signed since the suspension was published.")
        suspension = None
    before = page.state
    if before in (PageState.WITHDRAWN, PageState.REDIRECTED):
        mentioning.reveal(page.pk)
    dates = _dates(page, publication)
    if is_behind(publication) or unanswered(publication.revision.content):
        dues = (dates.get("next_review_due_on"), page.next_review_due_on if not dates else None, page.day(now))
        dates["next_review_due_on"] = min(due for due in dues if due)
    swap(page, state=PageState.SUSPENDED if suspension else PageState.LIVE, **dates)
    render_page(publication, now=now)
    render_sibling(page, now=now)
    if page.state != before:
        render_linking(page, now=now)
    page_changed(page)


def _dates(page: RegionalArticle, publication: Publication) -> dict[str, Any]:
    """A whole-page signature moves last reviewed and next due; one on changes moves neither."""
    whole = [item.signed_on for item in publication.signatures() if item.scope == Scope.WHOLE_PAGE]
    if not whole:
        return {}
    reviewed_on = max(whole)
    due_on = add_months(reviewed_on, page.article.review_interval_months)
    return {"last_reviewed_on": reviewed_on, "next_review_due_on": due_on}


def _revision(row: RegionalEdition) -> Revision:
    return Revision.objects.get(pk=row.revision_id)
