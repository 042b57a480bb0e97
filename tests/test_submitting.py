"""Sending to review: what is new, what is the same, what is live already."""

from datetime import timedelta

import pytest

from alsinfo.outbox.models import Message
from conditions.actions import assigning, drafting, publishing, scheduling, signing, submitting, withdrawing
from conditions.errors.assigning import CannotReview
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import (
    Incomplete,
    NoReviewer,
    NotADraft,
    SavedMeanwhile,
    Scheduled,
)
from conditions.models import Publication, Revision
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "A mistake."


# Sending to review


def test_each_region_is_sent_to_its_own_reviewer_with_its_own_text(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    edition.refresh_from_db()
    assert edition.state == "frozen"
    assert [w.asked(rows[region]) for region in (GB, US)] == [
        [("uk-reviewer", "invited")],
        [("us-reviewer", "invited")],
    ]
    assert rows[GB].revision != rows[US].revision
    assert Message.objects.filter(to_user=world.uk.user, subject__startswith="Please review").count() == 1


def test_no_word_of_the_text_is_in_an_invitation(world: w.World) -> None:
    w.submit(world, w.draft(world))
    for message in Message.objects.all():
        assert "nerve" not in message.body + message.subject


def test_only_editors_send_to_review(world: w.World) -> None:
    edition = w.draft(world)
    for person in (world.publisher, world.lead, world.uk.user, world.superuser):
        with pytest.raises(MissingRole):
            w.submit(world, edition, by=person)


def test_a_text_in_review_is_not_sent_again(world: w.World) -> None:
    edition = w.draft(world)
    w.submit(world, edition)
    with pytest.raises(NotADraft):
        w.submit(world, edition)


def test_a_text_saved_meanwhile_is_not_sent(world: w.World) -> None:
    edition = w.draft(world)
    opened = edition.lock_version
    w.edit(edition, world.other_editor, "overview", "Theirs.")
    edition.refresh_from_db()
    with pytest.raises(SavedMeanwhile):
        submitting.submit(edition, by=world.editor, opened_version=opened, reviewers={GB: [world.uk]})
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("title", "no title"), ("summary", "one-sentence"), ("emergency", "ambulance"), ("disclaimer", "disclaimer")],
)
def test_an_incomplete_text_is_not_sent(world: w.World, field: str, sentence: str) -> None:
    edition = w.draft(world)
    opening = edition.openings.get()
    setattr(opening, field, "")
    w.write(edition, world.editor, put=[opening])
    with pytest.raises(Incomplete, match=sentence):
        w.submit(world, edition)
    edition.refresh_from_db()
    assert (edition.state, w.rounds(edition)) == ("draft", [])


def test_a_text_without_a_public_change_note_is_not_sent(world: w.World) -> None:
    edition = w.write(w.draft(world), world.editor, fields={"change_note": "  "})
    with pytest.raises(Incomplete, match="what changed"):
        w.submit(world, edition)


def test_an_unknown_citation_is_not_sent(world: w.World) -> None:
    edition = w.edit(w.draft(world), world.editor, "overview", "So they say [@nobody1999].")
    with pytest.raises(Incomplete, match="nobody1999"):
        w.submit(world, edition)


def test_a_region_without_a_reviewer_stops_the_whole_submission(world: w.World) -> None:
    edition = w.draft(world)
    with pytest.raises(NoReviewer, match="US"):
        submitting.submit(
            edition, by=world.editor, opened_version=edition.lock_version, reviewers={GB: [world.uk], US: []}
        )
    edition.refresh_from_db()
    assert (edition.state, w.rounds(edition), Message.objects.count()) == ("draft", [], 0)


def test_a_reviewer_who_cannot_sign_for_the_region_is_not_asked(world: w.World) -> None:
    edition = w.draft(world)
    with pytest.raises(CannotReview, match="the United States"):
        submitting.submit(
            edition, by=world.editor, opened_version=edition.lock_version, reviewers={GB: [world.uk], US: [world.uk]}
        )


def test_a_reviewer_chosen_twice_is_asked_once(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    rows = submitting.submit(
        edition, by=world.editor, opened_version=edition.lock_version, reviewers={GB: [world.uk, world.uk]}
    )
    assert w.asked(rows[0]) == [("uk-reviewer", "invited")]


# A text that is live, the same, or another


def test_an_edition_that_changed_nothing_closes_at_once(world: w.World, live: w.Article) -> None:
    edition = drafting.start(live, by=world.editor)
    w.write(edition, world.editor, fields={"change_note": "Nothing."})
    rows = w.submit(world, edition)
    edition.refresh_from_db()
    assert (edition.state, {row.state for row in rows.values()}) == ("closed", {"unchanged"})
    assert Publication.objects.count() == 2


def test_a_suspended_text_is_reviewed_again_although_it_did_not_change(world: w.World) -> None:
    article = w.live(world, regions="GB")
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    edition = drafting.start(article, by=world.editor, regions="GB")
    w.write(edition, world.editor, fields={"change_note": "Again."})
    assert w.submit(world, edition)[GB].state == "in_review"


def test_a_text_that_is_live_again_needs_no_review_any_more(world: w.World, live: w.Article) -> None:
    withdrawing.suspend(w.page(live), by=world.publisher, reason=WHY)
    edition = drafting.start(live, by=world.editor)
    w.edit(edition, world.editor, "help-us", "Call your doctor.")
    rows = w.submit(world, edition)
    withdrawing.lift(w.page(live), by=world.lead, reason="It was right.")
    submitting.reopen(rows[US], by=world.editor, reason=WHY)
    w.submit(world, edition)
    assert w.rounds(edition) == ["replaced", "unchanged"]
    assert w.asked(rows[GB]) == [("uk-reviewer", "cancelled")]


def test_another_text_replaces_the_row_and_cancels_its_reviews(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    submitting.reopen(rows[US], by=world.editor, reason=WHY)
    w.edit(edition, world.editor, "overview", "It is a disease.")
    w.submit(world, edition)
    assert w.rounds(edition) == w.rounds(edition, US) == ["replaced", "in_review"]
    assert w.asked(rows[GB]) == [("uk-reviewer", "cancelled")]


def test_a_text_replaced_while_scheduled_is_refused(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    w.sign(rows[GB])
    scheduling.schedule(rows[GB], w.clock_now() + timedelta(days=1), by=world.publisher)
    submitting.reopen(rows[US], by=world.editor, reason=WHY)
    w.edit(edition, world.editor, "overview", "It is a disease.")
    with pytest.raises(Scheduled):
        w.submit(world, edition)


def test_the_same_text_after_reopening_goes_to_the_same_reviewers(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    row = w.submit(world, edition)[GB]
    assigning.invite(row, world.other_uk, by=world.editor)
    submitting.reopen(row, by=world.editor, reason=WHY)
    assert {state for _, state in w.asked(row)} == {"cancelled"}
    w.submit(world, edition)
    assert w.rounds(edition) == ["in_review"]
    assert w.asked(row)[2:] == [("uk-reviewer", "invited"), ("other-uk-reviewer", "invited")]


def test_the_reviewer_who_asked_for_changes_is_asked_again_and_the_signature_stays(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    row = w.submit(world, edition)[GB]
    second = w.accept(assigning.invite(row, world.other_uk, by=world.editor))
    w.sign(row, of=world.uk)
    signing.request_changes(second, by=world.other_uk.user, note="Say more.")
    w.submit(world, edition)
    assert w.asked(row)[2:] == [("other-uk-reviewer", "invited")]
    w.sign(row, of=world.other_uk)
    assert (row.state, row.sign_offs.count()) == ("cleared", 2)


def test_the_same_text_whose_signature_stands_is_cleared_without_asking_anybody(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    row = w.submit(world, edition)[GB]
    w.sign(row)
    submitting.reopen(row, by=world.editor, reason=WHY)
    w.submit(world, edition)
    row.refresh_from_db()
    assert (row.state, len(w.asked(row))) == ("cleared", 1)
    publishing.publish(row, by=world.publisher)


def test_a_text_whose_signature_was_withdrawn_gets_a_new_round_and_can_be_published(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    row = w.submit(world, edition)[GB]
    withdrawing.revoke(w.sign(row), by=world.lead, reason="Struck off.")
    row.refresh_from_db()
    submitting.reopen(row, by=world.editor, reason="The signature was withdrawn.")
    again = w.submit(world, edition)[GB]
    assert (again.round, again.revision_id) == (2, row.revision_id)
    w.publish(world, again)
    assert w.page(edition.article).state == "live"


def test_the_same_text_goes_to_another_reviewer_when_the_first_has_lapsed(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    row = w.submit(world, edition)[GB]
    submitting.reopen(row, by=world.editor, reason="A second look.")
    w.check(world.uk.registrations.get(), world.lead, result="not-found")
    edition.refresh_from_db()
    again = submitting.submit(
        edition, by=world.editor, opened_version=edition.lock_version, reviewers={GB: [world.other_uk]}
    )[0]
    assert again.pk == row.pk
    assert w.assignment(again).reviewer == world.other_uk
