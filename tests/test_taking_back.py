"""Taking a text back to the desk, and dropping it: one region goes, the other stays."""

import pytest

from alsinfo.outbox.models import Message
from conditions.actions import drafting, submitting
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import NotYourDraft, ReasonMissing, WrongState
from conditions.models import Publication
from conditions.vocabulary import PageState
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "A mistake."


# Taking back


def test_reopening_cuts_the_reviews_of_that_region_only(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    submitting.reopen(rows[US], by=world.publisher, reason=WHY)
    edition.refresh_from_db()
    assert (edition.state, w.rounds(edition), w.rounds(edition, US)) == ("draft", ["in_review"], ["reopened"])
    assert (w.asked(rows[GB])[0][1], w.asked(rows[US])[0][1]) == ("invited", "cancelled")
    assert Message.objects.filter(to_user=world.us.user, subject__startswith="No longer needed").count() == 1


def test_the_other_region_is_signed_and_published_as_it_was_sent_while_the_text_changes(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    submitting.reopen(rows[US], by=world.editor, reason=WHY)
    w.edit(edition, world.editor, "overview", "It is a disease.")
    publication = w.publish(world, rows[GB])
    assert publication.revision == rows[GB].revision
    assert "nerve cells" in publication.revision.text


def test_reopening_needs_a_reason_a_role_and_an_open_edition(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    row = w.submit(world, edition)[GB]
    with pytest.raises(ReasonMissing):
        submitting.reopen(row, by=world.editor, reason=" ")
    with pytest.raises(MissingRole):
        submitting.reopen(row, by=world.lead, reason=WHY)
    w.publish(world, row)
    with pytest.raises(WrongState, match="closed"):
        submitting.reopen(row, by=world.editor, reason=WHY)


def test_reopening_leaves_a_published_text_live(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    w.publish(world, rows[GB])
    submitting.reopen(rows[GB], by=world.editor, reason=WHY)
    assert (w.rounds(edition), w.page(edition.article).state) == (["published"], PageState.LIVE)


# Dropping


def test_discarding_every_region_closes_the_edition_and_changes_nothing_public(world: w.World, live: w.Article) -> None:
    edition = w.edit(drafting.start(live, by=world.editor), world.editor, "overview", "Worse.")
    row = w.submit(world, edition)[GB]
    for region in (GB, US):
        submitting.discard(edition, region, by=world.editor, reason=WHY)
    edition.refresh_from_db()
    assert (edition.state, w.asked(row)) == ("closed", [("uk-reviewer", "cancelled")])
    assert Publication.objects.filter(ended_at=None).count() == 2
    drafting.start(live, by=world.editor)


def test_a_discarded_region_stays_out_of_the_next_submission(world: w.World) -> None:
    edition = w.draft(world)
    submitting.discard(edition, US, by=world.editor)
    rows = w.submit(world, edition)
    assert (list(rows), w.rounds(edition, US)) == ([GB], ["discarded"])
    w.publish(world, rows[GB])
    edition.refresh_from_db()
    assert edition.state == "closed"


def test_what_is_discarded_after_a_publication_is_the_text_written_since(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    second = w.draft(world, w.article(world, "pls", "PLS"))
    rows = w.submit(world, second)
    live = w.publish(world, rows[GB])
    submitting.reopen(rows[GB], by=world.editor, reason=WHY)
    w.edit(second, world.editor, "help-uk", "Ring 111.")
    submitting.discard(second, GB, by=world.publisher, reason=WHY)
    assert w.rounds(second) == ["published", "discarded"]
    assert w.page(second.article).live_publication() == live
    assert edition.state == "draft"


def test_discarding_needs_a_reason_once_in_review_and_ones_own_work(world: w.World) -> None:
    edition = w.draft(world)
    with pytest.raises(NotYourDraft):
        submitting.discard(edition, GB, by=world.other_editor)
    with pytest.raises(MissingRole):
        submitting.discard(edition, GB, by=world.lead)
    w.submit(world, edition)
    with pytest.raises(ReasonMissing):
        submitting.discard(edition, GB, by=world.editor)
    submitting.discard(edition, GB, by=world.editor, reason=WHY)
    with pytest.raises(WrongState):
        submitting.discard(edition, GB, by=world.editor, reason=WHY)
