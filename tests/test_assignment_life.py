"""A review that was accepted: another date, another reviewer; and where the editors see whose move it is."""

from datetime import date, timedelta

import pytest

from alsinfo.accounts.models import User
from alsinfo.audit.models import AuditEvent
from alsinfo.outbox.models import Message
from conditions.actions import assigning, credentials
from conditions.errors.assigning import AlreadyAsked, CannotReview, DateProposed, SameReviewer, UnusableDate
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import ReasonMissing, WrongState
from conditions.models import RegionalEdition, ReviewAssignment
from tests import world as w
from tests.at_desk import address, at_desk
from tests.pages import messages, send, signed_in
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "No time."


@pytest.fixture
def row(world: w.World) -> RegionalEdition:
    """A UK text in review, its reviewer invited."""
    return w.submit(world, w.draft(world, regions="GB"))[GB]


@pytest.fixture
def accepted(row: RegionalEdition) -> ReviewAssignment:
    return w.accept(w.assignment(row))


def bodies(person: User) -> str:
    return "\n".join(Message.objects.filter(to_user=person).values_list("body", flat=True))


def later(assignment: ReviewAssignment, days: int) -> date:
    return assignment.due_on + timedelta(days=days)


# Another date


def test_a_reviewer_moves_the_date_once_and_who_invited_is_told(world: w.World, accepted: ReviewAssignment) -> None:
    before = accepted.due_on
    moved = assigning.propose_due(accepted, later(accepted, 14), by=world.uk.user)
    assert (moved.due_on, moved.first_due_on, moved.state) == (before + timedelta(days=14), before, "accepted")
    assert f"{moved.due_on:%-d %B %Y} instead of {before:%-d %B %Y}" in bodies(world.editor)
    with pytest.raises(DateProposed):
        assigning.propose_due(moved, later(moved, 1), by=world.uk.user)


@pytest.mark.parametrize("days", [-1, 0, 15])
def test_a_date_is_later_by_14_days_at_most(world: w.World, accepted: ReviewAssignment, days: int) -> None:
    with pytest.raises(UnusableDate):
        assigning.propose_due(accepted, later(accepted, days), by=world.uk.user)


def test_a_late_review_moves_to_a_day_that_has_not_passed(world: w.World, row: RegionalEdition) -> None:
    for days_late, days, fits in ((10, 9, False), (10, 10, True), (15, 14, False)):
        late = assigning.invite(row, world.other_uk, by=world.editor, due_on=w.today() - timedelta(days=days_late))
        w.accept(late)
        if fits:
            assert assigning.propose_due(late, later(late, days), by=world.other_uk.user).due_on == w.today()
        else:
            with pytest.raises(UnusableDate):
                assigning.propose_due(late, later(late, days), by=world.other_uk.user)
        assigning.cancel(late, by=world.lead, reason=WHY)


def test_the_date_is_proposed_at_the_desk_with_nothing_but_a_day(world: w.World, accepted: ReviewAssignment) -> None:
    client, where, day = at_desk(world.uk), address(accepted, "date/"), later(accepted, 7)
    page = client.get(where).text
    assert f'max="{later(accepted, 14)}"' in page
    wrong = client.post(where, {"day": later(accepted, 20)})
    assert wrong.status_code == 400
    assert "Error:" in wrong.text
    assert "Choose a day from" in wrong.text
    assert str(later(accepted, 20)) in wrong.text
    assert "Choose a day." in client.post(where, {}).text
    done = client.post(where, {"day": day}, follow=True)
    assert f"Your review is due on {day:%-d %B %Y}. Editor was told." in done.text
    assert "Another date was proposed for this review already." in client.get(where).text
    assert client.post(where, {"day": later(accepted, 9)}).status_code == 409


def test_an_american_reviewer_reads_american_days(world: w.World) -> None:
    to = w.accept(w.assignment(w.submit(world, w.draft(world, regions="US"))[US]))
    page = at_desk(world.us).get(address(to, "date/")).text
    assert f"{to.due_on:%B} {to.due_on.day}, {to.due_on.year}" in page


def test_no_date_is_proposed_for_a_review_that_is_not_going_on(world: w.World, row: RegionalEdition) -> None:
    invited = w.assignment(row)
    response = at_desk(world.uk).get(address(invited, "date/"))
    assert response.headers["Location"] == address(invited)
    assert at_desk(world.other_uk).get(address(invited, "date/")).status_code == 404


# Whom to ask instead


def test_who_declines_may_suggest_somebody_and_only_who_invited_reads_it(world: w.World, row: RegionalEdition) -> None:
    declined = assigning.decline(w.assignment(row), by=world.uk.user, reason=WHY, suggestion=" Dr Brown of Leeds. ")
    assert declined.suggestion == "Dr Brown of Leeds."
    assert "They suggest whom to ask instead: Dr Brown of Leeds." in bodies(world.editor)
    assert "Dr Brown" not in bodies(world.publisher) + bodies(world.lead)
    page = signed_in(world.editor).get(f"/admin/conditions/edition/{row.edition_id}/change/").text
    assert "Suggests to ask: <q>Dr Brown of Leeds.</q>" in page


def test_a_lead_asks_somebody_else_instead_in_one_act(
    world: w.World, row: RegionalEdition, accepted: ReviewAssignment
) -> None:
    events = AuditEvent.objects.count()
    asked = assigning.replace(accepted, world.other_uk, by=world.lead, reason=WHY)
    assert AuditEvent.objects.count() == events + 1
    accepted.refresh_from_db()
    row.refresh_from_db()
    assert (accepted.state, accepted.reason, row.state) == ("cancelled", WHY, "in_review")
    assert (asked.reviewer, asked.revision_id, asked.state) == (world.other_uk, row.revision_id, "invited")
    assert WHY in bodies(world.uk.user)
    assert "Dr Other Uk Reviewer" in bodies(world.editor)
    assert "Nobody is reviewing" not in str(list(Message.objects.values_list("subject", flat=True)))


def test_a_text_signed_by_another_stays_in_review_while_somebody_is_replaced(
    world: w.World, row: RegionalEdition
) -> None:
    third = w.reviewer("third", w.Register.GMC, "0000003", world.lead)
    second = assigning.invite(row, world.other_uk, by=world.editor)
    w.sign(row, of=world.uk)
    assigning.replace(second, third, by=world.lead, reason=WHY)
    row.refresh_from_db()
    assert row.state == "in_review"
    w.sign(row, of=third)
    assert row.state == "cleared"


def test_who_confirms_a_live_text_is_replaced_too(world: w.World) -> None:
    page = w.page(w.live(world, regions="GB"))
    asked = assigning.invite_to_reconfirm(page, world.uk, by=world.editor)
    made = assigning.replace(asked, world.other_uk, by=world.lead, reason=WHY)
    assert (made.regional_edition, made.revision_id) == (None, asked.revision_id)


def test_nobody_is_replaced_without_the_role_a_reason_or_somebody_able(
    world: w.World, row: RegionalEdition, accepted: ReviewAssignment
) -> None:
    asked = assigning.invite(row, world.other_uk, by=world.editor)
    cases = [
        (world.editor, world.other_uk, WHY, MissingRole),
        (world.lead, world.other_uk, " ", ReasonMissing),
        (world.lead, world.uk, WHY, SameReviewer),
        (world.lead, world.us, WHY, CannotReview),
        (world.lead, world.other_uk, WHY, AlreadyAsked),
    ]
    for by, reviewer, reason, refusal in cases:
        with pytest.raises(refusal):
            assigning.replace(accepted, reviewer, by=by, reason=reason)
    accepted.refresh_from_db()
    assert accepted.state == "accepted"
    assigning.cancel(asked, by=world.lead, reason=WHY)
    with pytest.raises(WrongState):
        assigning.replace(asked, world.uk, by=world.lead, reason=WHY)


def test_a_lead_replaces_in_the_admin(world: w.World, accepted: ReviewAssignment) -> None:
    page = f"/admin/conditions/reviewassignment/{accepted.pk}/change/"
    response = send(signed_in(world.lead), page, "/replace/", reviewer=world.other_uk.pk, reason=WHY)
    assert messages(response) == ["Dr Other Uk Reviewer was asked instead of Dr Uk Reviewer."]
    assert "is the one to be replaced" not in response.content.decode()


# Several reviewers


def test_a_lapsed_registration_of_the_last_reviewer_awaited_clears_what_another_signed(
    world: w.World, row: RegionalEdition
) -> None:
    second = assigning.invite(row, world.other_uk, by=world.editor)
    w.sign(row, of=world.uk)
    w.check(world.other_uk.registrations.get(), world.lead, result="not-found")
    assert assigning.lapse(second)
    row.refresh_from_db()
    assert row.state == "cleared"
    assert credentials.DAYS_BEFORE


def test_one_more_reviewer_of_three_is_awaited_whoever_leaves(world: w.World, row: RegionalEdition) -> None:
    third = w.reviewer("third", w.Register.GMC, "0000003", world.lead)
    second, last = (assigning.invite(row, each, by=world.editor) for each in (world.other_uk, third))
    w.sign(row, of=world.uk)
    assigning.decline(second, by=world.other_uk.user, reason=WHY)
    row.refresh_from_db()
    assert row.state == "in_review"
    w.sign(row, of=third)
    assert (row.state, last.reviewer) == ("cleared", third)


# The list


def test_the_list_says_whose_move_it_is_and_what_is_late_comes_first(world: w.World, row: RegionalEdition) -> None:
    late = w.accept(assigning.invite(row, world.other_uk, by=world.editor, due_on=w.today() - timedelta(days=2)))
    pending = w.submit(world, w.draft(world, w.article(world, "pls", "PLS"), regions="US"))[US]
    assigning.declare_interest(w.assignment(pending), by=world.us.user, statement="Shares.")
    ended = w.submit(world, w.draft(world, w.article(world, "pbp", "PBP"), regions="US"))[US]
    assigning.decline(w.assignment(ended), by=world.us.user, reason=WHY)
    response = signed_in(world.editor).get("/admin/conditions/reviewassignment/")
    shown = list(response.context["cl"].result_list)
    assert [each.state for each in shown] == ["accepted", "interest_pending", "invited", "declined"]
    assert shown[0] == late
    page = response.content.decode()
    assert "2 days late" in page
    for move in ("the reviewer: review", "the reviewer: answer", "a clinical lead: decide on the interest", "nobody"):
        assert move in page
