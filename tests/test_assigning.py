"""Asking reviewers, and their answers up to the signature."""

from datetime import timedelta

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.outbox.models import Message
from conditions.actions import assigning, cataloguing, submitting
from conditions.errors.assigning import (
    AlreadyAsked,
    CannotReview,
    DeclarationMissing,
    NothingLive,
    NotYourAssignment,
    OwnInterest,
)
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import ReasonMissing, WrongState
from conditions.models import RegionalEdition, ReviewAssignment
from conditions.policies.signing import objection_to_read
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "No time."


@pytest.fixture
def row(world: w.World) -> RegionalEdition:
    """A UK text in review, its reviewer invited."""
    return w.submit(world, w.draft(world, regions="GB"))[GB]


@pytest.fixture
def invited(row: RegionalEdition) -> ReviewAssignment:
    return w.assignment(row)


def subjects(person: User) -> list[str]:
    """What a person was told, oldest first."""
    return [
        subject.split(":")[0] for subject in Message.objects.filter(to_user=person).values_list("subject", flat=True)
    ]


# Asking


def test_an_invitation_says_by_when_to_answer_and_to_review(invited: ReviewAssignment) -> None:
    assert invited.respond_by == w.today() + timedelta(days=7)
    assert invited.due_on == w.today() + timedelta(days=21)


def test_an_editor_or_lead_asks_one_more_reviewer(world: w.World, row: RegionalEdition) -> None:
    due = w.today() + timedelta(days=3)
    asked = assigning.invite(row, world.other_uk, by=world.lead, due_on=due)
    assert (asked.revision_id, asked.due_on, asked.invited_by) == (row.revision_id, due, world.lead)
    with pytest.raises(MissingRole):
        assigning.invite(row, world.other_uk, by=world.publisher)


def test_a_cleared_text_is_in_review_again_when_one_more_is_asked(world: w.World, row: RegionalEdition) -> None:
    w.sign(row)
    assigning.invite(row, world.other_uk, by=world.editor)
    row.refresh_from_db()
    assert row.state == "in_review"


def test_nobody_is_asked_twice_at_once(world: w.World, row: RegionalEdition) -> None:
    with pytest.raises(AlreadyAsked):
        assigning.invite(row, world.uk, by=world.editor)


def test_who_declined_can_be_asked_again(world: w.World, row: RegionalEdition, invited: ReviewAssignment) -> None:
    assigning.decline(invited, by=world.uk.user, reason=WHY)
    assigning.invite(row, world.uk, by=world.editor)
    assert w.asked(row) == [("uk-reviewer", "declined"), ("uk-reviewer", "invited")]


def test_a_text_taken_back_is_given_to_nobody(world: w.World, row: RegionalEdition) -> None:
    submitting.reopen(row, by=world.editor, reason="A mistake.")
    with pytest.raises(WrongState):
        assigning.invite(row, world.other_uk, by=world.editor)


def test_a_reviewer_of_the_other_region_is_not_asked(world: w.World, row: RegionalEdition) -> None:
    with pytest.raises(CannotReview, match="the United Kingdom"):
        assigning.invite(row, world.us, by=world.editor)


def test_a_contributor_is_not_asked(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    roles.grant(world.other_uk.user, Role.EDITOR, by=None)
    w.edit(edition, world.other_uk.user, "overview", "It is a disease.")
    row = w.submit(world, edition)[GB]
    with pytest.raises(CannotReview, match="contributed"):
        assigning.invite(row, world.other_uk, by=world.editor)


def test_an_inactive_reviewer_is_not_asked(world: w.World, row: RegionalEdition) -> None:
    cataloguing.change_reviewer(world.other_uk, by=world.lead, fields={"is_active": False})
    with pytest.raises(CannotReview, match="not an active reviewer"):
        assigning.invite(row, world.other_uk, by=world.editor)


def test_a_reviewer_who_lost_the_role_is_not_asked(world: w.World, row: RegionalEdition) -> None:
    roles.revoke(world.other_uk.user, Role.REVIEWER, by=None)
    with pytest.raises(CannotReview):
        assigning.invite(row, world.other_uk, by=world.editor)


def test_a_live_text_can_be_given_for_confirmation_and_no_other(world: w.World) -> None:
    article = w.live(world, regions="GB")
    asked = assigning.invite_to_reconfirm(w.page(article), world.uk, by=world.editor)
    assert (asked.regional_edition, asked.revision) == (None, w.page(article).live_publication().revision)  # type: ignore[union-attr]
    with pytest.raises(AlreadyAsked):
        assigning.invite_to_reconfirm(w.page(article), world.uk, by=world.editor)
    with pytest.raises(NothingLive):
        assigning.invite_to_reconfirm(w.page(article, US), world.us, by=world.editor)
    with pytest.raises(CannotReview):
        assigning.invite_to_reconfirm(w.page(article), world.us, by=world.editor)
    with pytest.raises(MissingRole):
        assigning.invite_to_reconfirm(w.page(article), world.other_uk, by=world.publisher)


# Reading and interests


def test_the_text_opens_when_the_reviewer_has_accepted(world: w.World, invited: ReviewAssignment) -> None:
    assert objection_to_read(invited, by=world.uk.user)
    accepted = assigning.accept(invited, by=world.uk.user)
    assert objection_to_read(accepted, by=world.uk.user) is None
    assert not accepted.declaration.has_interest


def test_nobody_else_reads_or_accepts(world: w.World, invited: ReviewAssignment) -> None:
    with pytest.raises(NotYourAssignment):
        assigning.accept(invited, by=world.other_uk.user)
    accepted = assigning.accept(invited, by=world.uk.user)
    assert isinstance(objection_to_read(accepted, by=world.lead), NotYourAssignment)


def test_a_declared_interest_keeps_the_text_closed_until_a_lead_clears_it(
    world: w.World, invited: ReviewAssignment
) -> None:
    pending = assigning.declare_interest(invited, by=world.uk.user, statement=" I advise a maker. ")
    assert objection_to_read(pending, by=world.uk.user)
    assert subjects(world.lead)[-1] == subjects(world.other_lead)[-1] == "Interest declared"
    cleared = assigning.clear_interest(pending, by=world.other_lead)
    assert objection_to_read(cleared, by=world.uk.user) is None
    signature = w.sign(invited.regional_edition)  # type: ignore[arg-type]
    assert signature.interests == "I advise a maker."


def test_an_interest_is_stated_in_words(world: w.World, invited: ReviewAssignment) -> None:
    with pytest.raises(DeclarationMissing):
        assigning.declare_interest(invited, by=world.uk.user, statement="  ")


def test_nobody_clears_their_own_interest(world: w.World, invited: ReviewAssignment) -> None:
    roles.grant(world.uk.user, Role.LEAD, by=None)
    pending = assigning.declare_interest(invited, by=world.uk.user, statement="I advise a maker.")
    with pytest.raises(OwnInterest):
        assigning.clear_interest(pending, by=world.uk.user)
    with pytest.raises(MissingRole):
        assigning.clear_interest(pending, by=world.publisher)


@pytest.mark.parametrize("who", ["lead", "uk"])
def test_an_interest_that_stands_in_the_way_ends_the_review(
    world: w.World, invited: ReviewAssignment, who: str
) -> None:
    person = world.uk.user if who == "uk" else world.lead
    pending = assigning.declare_interest(invited, by=world.uk.user, statement="I advise a maker.")
    with pytest.raises(ReasonMissing):
        assigning.recuse(pending, by=person, reason="")
    with pytest.raises(MissingRole):
        assigning.recuse(pending, by=world.editor, reason=WHY)
    assert assigning.recuse(pending, by=person, reason=WHY).state == "recused"
    assert subjects(world.editor)[-1] == "Dr Uk Reviewer stood aside"


def test_an_interest_is_settled_only_while_it_waits(world: w.World, invited: ReviewAssignment) -> None:
    with pytest.raises(WrongState):
        assigning.clear_interest(invited, by=world.lead)
    with pytest.raises(WrongState):
        assigning.recuse(invited, by=world.lead, reason=WHY)


# Leaving


def test_a_reviewer_declines_with_a_reason_before_or_after_accepting(world: w.World, row: RegionalEdition) -> None:
    with pytest.raises(ReasonMissing):
        assigning.decline(w.assignment(row), by=world.uk.user, reason=" ")
    second = w.accept(assigning.invite(row, world.other_uk, by=world.editor))
    assigning.decline(w.assignment(row, world.uk), by=world.uk.user, reason=WHY)
    assigning.decline(second, by=world.other_uk.user, reason=WHY)
    assert {state for _, state in w.asked(row)} == {"declined"}


def test_when_the_last_reviewer_declines_the_editors_are_told_that_nobody_is_reviewing(
    world: w.World, row: RegionalEdition, invited: ReviewAssignment
) -> None:
    assigning.decline(invited, by=world.uk.user, reason=WHY)
    row.refresh_from_db()
    assert row.state == "in_review"
    assert subjects(world.editor) == ["Nobody is reviewing", "Dr Uk Reviewer declined"]


def test_nobody_is_told_so_while_another_reviewer_is_awaited(
    world: w.World, row: RegionalEdition, invited: ReviewAssignment
) -> None:
    assigning.invite(row, world.other_uk, by=world.editor)
    assigning.decline(invited, by=world.uk.user, reason=WHY)
    assert subjects(world.editor) == ["Dr Uk Reviewer declined"]


@pytest.mark.parametrize("how", ["decline", "recuse", "cancel", "expire"])
def test_a_signature_that_stands_clears_the_text_once_the_last_other_reviewer_has_left(
    world: w.World, row: RegionalEdition, how: str
) -> None:
    second = assigning.invite(row, world.other_uk, by=world.editor)
    w.sign(row, of=world.uk)
    assert row.state == "in_review"
    if how == "decline":
        assigning.decline(second, by=world.other_uk.user, reason=WHY)
    if how == "recuse":
        assigning.declare_interest(second, by=world.other_uk.user, statement="I advise a maker.")
        assigning.recuse(second, by=world.lead, reason=WHY)
    if how == "cancel":
        assigning.cancel(second, by=world.lead, reason=WHY)
    if how == "expire":
        ReviewAssignment.objects.filter(pk=second.pk).update(respond_by=w.today() - timedelta(days=6))
        assigning.expire(second)
    row.refresh_from_db()
    assert row.state == "cleared"
    assert subjects(world.publisher) == ["Signed, not yet published"]


def test_a_lead_cancels_with_a_reason_and_text_and_link_close(world: w.World, invited: ReviewAssignment) -> None:
    accepted = w.accept(invited)
    with pytest.raises(ReasonMissing):
        assigning.cancel(accepted, by=world.lead, reason="")
    with pytest.raises(MissingRole):
        assigning.cancel(accepted, by=world.editor, reason=WHY)
    cancelled = assigning.cancel(accepted, by=world.lead, reason=WHY)
    assert isinstance(objection_to_read(cancelled, by=world.uk.user), WrongState)
    assert subjects(world.uk.user)[-1] == "No longer needed"
    with pytest.raises(WrongState):
        assigning.cancel(cancelled, by=world.lead, reason=WHY)


@pytest.mark.parametrize(("days", "state"), [(0, "invited"), (5, "invited"), (6, "expired")])
def test_an_invitation_expires_when_nobody_answered_for_more_than_five_days_after_its_date(
    world: w.World, invited: ReviewAssignment, days: int, state: str
) -> None:
    ReviewAssignment.objects.filter(pk=invited.pk).update(respond_by=w.today() - timedelta(days=days))
    assigning.expire(invited)
    invited.refresh_from_db()
    assert invited.state == state
    assert ("Dr Uk Reviewer did not answer in time" in subjects(world.editor)) is (state == "expired")


def test_an_accepted_review_never_expires(invited: ReviewAssignment) -> None:
    ReviewAssignment.objects.filter(pk=invited.pk).update(respond_by=w.today() - timedelta(days=99))
    w.accept(invited)
    assert assigning.expire(invited) is None
