"""Attempts on assignments and declarations."""

from datetime import date, timedelta
from typing import Any

from alsinfo.concurrency import clock_now
from conditions.models import Declaration, InvitationLink, ReviewAssignment
from conditions.models.publications import Publication
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import assignment, change
from tests.refusals.scene import Scene


@attempt("conditions_reviewassignment_state_begins_at_the_beginning")
def a_review_that_begins_accepted(s: Scene) -> Act:
    return lambda: assignment(s.cleared, s.world.other_uk, s.world, state="accepted").save()


@attempt("conditions_reviewassignment_state_takes_allowed_steps")
def completing_a_review_nobody_accepted(s: Scene) -> Act:
    return lambda: change(s.asked, state="completed")


@attempt("assignment_state_is_known", repeats=("conditions_reviewassignment_state_takes_allowed_steps",))
def a_review_in_an_unknown_state(s: Scene) -> Act:
    return lambda: change(s.asked, state="signed")


@attempt("who_declines_says_why")
def declining_without_a_reason(s: Scene) -> Act:
    return lambda: change(s.asked, state="declined")


@attempt("an_assignment_keeps_its_text_and_reviewer")
def putting_another_text_under_an_accepted_review(s: Scene) -> Act:
    return lambda: change(s.accepted, revision=s.confirming.revision)


@attempt("an_assignment_is_for_a_text_of_its_own_page")
def a_reconfirmation_of_the_text_of_another_page(s: Scene) -> Act:
    elsewhere = {"regional_edition": None, "regional_article": s.suspended}
    return lambda: assignment(s.cleared, s.world.uk, s.world, **elsewhere).save()


@attempt("an_assignment_is_for_the_text_in_review")
def a_review_of_a_text_already_published(s: Scene) -> Act:
    row = Publication.objects.get(regional_article=s.page).regional_edition
    assert row is not None
    return lambda: assignment(row, s.world.other_uk, s.world).save()


@attempt("one_open_assignment_per_reviewer_and_row")
def asking_a_reviewer_twice(s: Scene) -> Act:
    return lambda: assignment(s.in_review, s.world.uk, s.world).save()


@attempt("one_open_reconfirmation_per_reviewer_and_page")
def asking_twice_for_a_reconfirmation(s: Scene) -> Act:
    row = Publication.objects.get(regional_article=s.page).regional_edition
    assert row is not None
    return lambda: assignment(row, s.world.uk, s.world, regional_edition=None).save()


@attempt("a_review_begins_with_a_settled_declaration")
def accepting_without_a_declaration(s: Scene) -> Act:
    return lambda: change(s.asked, state="accepted")


@attempt("a_review_begins_with_a_settled_declaration")
def accepting_with_a_pending_interest(s: Scene) -> Act:
    return lambda: change(s.pending, state="accepted")


@attempt("who_declines_may_suggest_somebody")
def suggesting_somebody_without_declining(s: Scene) -> Act:
    return lambda: change(s.asked, suggestion="Dr Brown.")


def moved(to: ReviewAssignment, *, days: int) -> dict[str, date]:
    """What a proposed date that many days later writes."""
    return {"due_on": to.due_on + timedelta(days=days), "first_due_on": to.due_on}


@attempt("a_review_begins_with_its_first_date")
def asking_with_a_moved_date(s: Scene) -> Act:
    return lambda: assignment(s.cleared, s.world.other_uk, s.world, first_due_on=w.today()).save()


@attempt("a_date_that_moves_keeps_the_first")
def moving_a_date_without_a_trace(s: Scene) -> Act:
    return lambda: change(s.accepted, due_on=s.accepted.due_on + timedelta(days=1))


@attempt("a_date_that_moves_keeps_the_first")
def inventing_a_first_date(s: Scene) -> Act:
    return lambda: change(s.accepted, first_due_on=s.accepted.due_on - timedelta(days=7))


@attempt("a_date_moves_once")
def moving_a_date_twice(s: Scene) -> Act:
    change(s.accepted, **moved(s.accepted, days=7))
    return lambda: change(s.accepted, due_on=s.accepted.due_on + timedelta(days=8))


@attempt("a_date_moves_while_the_review_goes_on")
def moving_the_date_of_a_review_nobody_accepted(s: Scene) -> Act:
    return lambda: change(s.asked, **moved(s.asked, days=7))


@attempt("a_date_moves_by_two_weeks_at_most")
def moving_a_date_by_fifteen_days(s: Scene) -> Act:
    return lambda: change(s.accepted, **moved(s.accepted, days=15))


@attempt("a_date_moves_by_two_weeks_at_most")
def moving_a_date_forward(s: Scene) -> Act:
    return lambda: change(s.accepted, **moved(s.accepted, days=-1))


@attempt("what_was_answered_stays_as_it_was_written")
def rewriting_a_request_for_changes(s: Scene) -> Act:
    request = s.sent_back.assignments.get(asked_for_changes=True)
    return lambda: change(request, reason="All is well.")


def declaration(s: Scene, **but: Any) -> Declaration:
    """The US reviewer declares something, not saved."""
    made = {"assignment": s.asked, "has_interest": True, "statement": "I own shares.", "declared_at": clock_now()}
    return Declaration(**{**made, **but})


@attempt("conditions_declaration.assignment_id")
def declaring_twice(s: Scene) -> Act:
    return lambda: declaration(s, assignment=s.accepted).save()


@attempt("a_declared_interest_is_stated")
def an_interest_without_words(s: Scene) -> Act:
    return lambda: declaration(s, statement="").save()


@attempt("a_cleared_interest_says_who_and_when")
def clearing_an_interest_by_nobody(s: Scene) -> Act:
    return lambda: change(s.pending.declaration, cleared_at=clock_now())


@attempt("an_interest_is_cleared_after_it_was_declared")
def declaring_a_cleared_interest(s: Scene) -> Act:
    return lambda: declaration(s, cleared_by=s.world.lead, cleared_at=clock_now()).save()


@attempt("nobody_clears_their_own_interest")
def clearing_ones_own_interest(s: Scene) -> Act:
    return lambda: change(s.pending.declaration, cleared_by=s.pending.reviewer.user, cleared_at=clock_now())


@attempt("a_cleared_interest_stays_cleared")
def putting_another_name_under_a_cleared_interest(s: Scene) -> Act:
    change(s.pending.declaration, cleared_by=s.world.lead, cleared_at=clock_now())
    return lambda: change(s.pending.declaration, cleared_by=s.world.other_lead)


def link(s: Scene, **but: Any) -> InvitationLink:
    """A link to the US request, not saved."""
    now = clock_now()
    made = {"assignment": s.asked, "token_hash": "0" * 64, "made_at": now, "expires_at": now + timedelta(days=1)}
    return InvitationLink(**{**made, **but})


@attempt("conditions_invitationlink.token_hash")
def two_links_with_one_token(s: Scene) -> Act:
    return lambda: link(s, token_hash=s.asked.links.get().token_hash).save()


@attempt("a_link_ends_after_it_was_made")
def a_link_that_never_worked(s: Scene) -> Act:
    return lambda: link(s, expires_at=clock_now() - timedelta(days=1)).save()
