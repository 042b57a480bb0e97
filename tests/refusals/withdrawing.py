"""Attempts on a page's public state, suspensions and lifts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Model

from alsinfo.concurrency import clock_now
from conditions.models import Deferral, Lift, Redirection, RegionalArticle, Reinstatement, Suspension, Withdrawal
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.cataloguing import article, page
from tests.refusals.rows import change, end_live, publication, revocation, saved, suspension
from tests.refusals.scene import Scene
from tests.world import US

Of = TypeVar("Of", Withdrawal, Reinstatement)


@attempt("conditions_regionalarticle_state_begins_at_the_beginning")
def a_page_that_begins_live(s: Scene) -> Act:
    new = page(s, state="live", last_reviewed_on=w.today(), next_review_due_on=w.today())
    return lambda: new.save(force_insert=True)


@attempt("conditions_regionalarticle_state_takes_allowed_steps", repeats=("a_page_is_withdrawn_by_two_persons",))
def withdrawing_a_page_that_was_never_published(s: Scene) -> Act:
    return lambda: change(w.page(s.drafted.article), state="withdrawn")


@attempt("page_state_is_known", repeats=("conditions_regionalarticle_state_takes_allowed_steps",))
def a_page_in_an_unknown_state(s: Scene) -> Act:
    return lambda: change(s.page, state="hidden")


@attempt("a_live_page_has_review_dates")
def a_live_page_without_a_review_date(s: Scene) -> Act:
    publication(s.cleared, s.world).save()
    return lambda: change(w.page(s.cleared.edition.article), state="live")


@attempt("a_page_is_as_up_to_date_as_it_was_signed")
def a_review_that_never_took_place(s: Scene) -> Act:
    return lambda: change(s.page, last_reviewed_on=w.today() + timedelta(days=30))


@attempt("a_page_is_as_up_to_date_as_it_was_signed")
def a_next_review_in_the_far_future(s: Scene) -> Act:
    return lambda: change(s.page, next_review_due_on=w.today() + timedelta(days=900))


@attempt("a_page_keeps_its_article_and_region")
def moving_a_page_to_another_article(s: Scene) -> Act:
    other = article(s)
    other.save()
    return lambda: change(s.page, article=other)


@attempt("a_live_page_has_a_publication")
def a_live_page_that_nobody_published(s: Scene) -> Act:
    unpublished = w.page(s.cleared.edition.article)
    dates = {"last_reviewed_on": w.today(), "next_review_due_on": w.today()}
    return lambda: change(unpublished, state="live", **dates)


@attempt("a_live_page_has_no_open_suspension")
def putting_a_suspended_page_back_without_a_lift(s: Scene) -> Act:
    return lambda: change(s.suspended, state="live")


@attempt("a_suspended_page_has_an_open_suspension")
def suspending_a_page_without_a_reason(s: Scene) -> Act:
    return lambda: change(s.page, state="suspended")


@attempt("a_suspension_is_of_a_public_page")
def suspending_a_page_that_is_not_public(s: Scene) -> Act:
    return lambda: suspension(w.page(s.drafted.article), s.world).save()


@attempt("a_suspension_gives_its_reason")
def a_suspension_that_says_nothing(s: Scene) -> Act:
    return lambda: suspension(s.page, s.world, reason="").save()


def lift(s: Scene, **but: Any) -> Lift:
    """The UK page is put back by a lead, not saved."""
    open_one = Suspension.objects.get(regional_article=s.suspended)
    made = {"suspension": open_one, "lifted_by": s.world.lead, "lifted_at": clock_now(), "reason": "It was right."}
    return Lift(**{**made, **but})


@attempt("a_lift_gives_its_reason")
def a_lift_that_says_nothing(s: Scene) -> Act:
    return lambda: lift(s, reason="").save()


@attempt("conditions_lift.suspension_id")
def lifting_a_suspension_twice(s: Scene) -> Act:
    lift(s).save()
    return lambda: lift(s, reason="Again.").save()


@attempt("nobody_lifts_their_own_suspension")
def lifting_ones_own_suspension(s: Scene) -> Act:
    return lambda: lift(s, lifted_by=s.world.publisher).save()


@attempt("nothing_is_lifted_onto_a_revoked_signature")
def lifting_a_page_whose_signature_was_revoked(s: Scene) -> Act:
    live = s.suspended.live_publication()
    assert live is not None
    revocation(live.signatures().get(), s.world).save()
    return lambda: lift(s).save()


def proposal(kind: type[Of], page: RegionalArticle, s: Scene, **but: Any) -> Of:
    """What the publisher proposes about a page, not saved."""
    made = {"regional_article": page, "reason": "A wrong dose.", "proposed_by": s.world.publisher}
    return kind(**{**made, "proposed_at": clock_now(), **but})


def agreed(made: Of, s: Scene) -> Of:
    """A lead agrees."""
    change(made, agreed_by=s.world.lead, agreed_at=clock_now())
    return made


def redirection(s: Scene, **but: Any) -> Redirection:
    """The suspended UK page leads to the one that is shown, not saved."""
    made = {"regional_article": s.suspended, "target": s.page, "redirected_by": s.world.publisher}
    return Redirection(**{**made, "redirected_at": clock_now(), "reason": "They are one.", **but})


@attempt("a_withdrawal_gives_its_reason")
def a_withdrawal_that_says_nothing(s: Scene) -> Act:
    return lambda: proposal(Withdrawal, s.page, s, reason="").save()


@attempt("a_reinstatement_gives_its_reason")
def a_reinstatement_that_says_nothing(s: Scene) -> Act:
    return lambda: proposal(Reinstatement, s.page, s, reason="").save()


@attempt("a_withdrawal_is_agreed_to_by_another_person")
def agreeing_to_ones_own_withdrawal(s: Scene) -> Act:
    made = saved(proposal(Withdrawal, s.page, s))
    return lambda: change(made, agreed_by=s.world.publisher, agreed_at=clock_now())


@attempt("a_reinstatement_is_agreed_to_by_another_person")
def agreeing_to_ones_own_reinstatement(s: Scene) -> Act:
    made = saved(proposal(Reinstatement, s.page, s))
    return lambda: change(made, agreed_by=s.world.publisher, agreed_at=clock_now())


@attempt("a_withdrawal_is_decided_once")
def deciding_a_withdrawal_twice(s: Scene) -> Act:
    made = agreed(saved(proposal(Withdrawal, s.page, s)), s)
    return lambda: change(made, agreed_by=s.world.other_lead)


@attempt("a_reinstatement_is_decided_once")
def deciding_a_reinstatement_twice(s: Scene) -> Act:
    made = agreed(saved(proposal(Reinstatement, s.page, s)), s)
    return lambda: change(made, agreed_by=s.world.other_lead)


@attempt("a_withdrawal_begins_undecided")
def a_withdrawal_agreed_to_from_the_beginning(s: Scene) -> Act:
    made = proposal(Withdrawal, s.page, s, agreed_by=s.world.lead, agreed_at=clock_now())
    return lambda: made.save(force_insert=True)


@attempt("a_reinstatement_begins_undecided")
def a_reinstatement_agreed_to_from_the_beginning(s: Scene) -> Act:
    made = proposal(Reinstatement, s.page, s, agreed_by=s.world.lead, agreed_at=clock_now())
    return lambda: made.save(force_insert=True)


@attempt("a_page_is_withdrawn_by_two_persons")
def withdrawing_what_one_person_proposed(s: Scene) -> Act:
    saved(proposal(Withdrawal, s.page, s))
    end_live(s.page)
    return lambda: change(s.page, state="withdrawn")


@attempt("a_page_is_withdrawn_by_two_persons")
def withdrawing_again_on_what_was_agreed_before_a_reinstatement(s: Scene) -> Act:
    agreed(saved(proposal(Withdrawal, s.page, s)), s)
    agreed(saved(proposal(Reinstatement, s.page, s)), s)
    end_live(s.page)
    return lambda: change(s.page, state="withdrawn")


@attempt("a_redirected_page_leads_somewhere")
def leading_a_page_nowhere(s: Scene) -> Act:
    end_live(s.page)
    return lambda: change(s.page, state="redirected")


@attempt("nothing_is_live_of_a_page_taken_down_for_good")
def withdrawing_a_page_whose_text_stays_live(s: Scene) -> Act:
    agreed(saved(proposal(Withdrawal, s.page, s)), s)
    return lambda: change(s.page, state="withdrawn")


@attempt("a_page_leads_to_a_live_page_of_its_region")
def leading_to_a_page_that_is_down(s: Scene) -> Act:
    return lambda: redirection(s, regional_article=s.page, target=s.suspended).save()


@attempt("a_page_leads_to_a_live_page_of_its_region")
def leading_to_the_other_region(s: Scene) -> Act:
    return lambda: redirection(s, target=w.page(s.shown, US)).save()


@attempt("a_redirection_gives_its_reason")
def a_redirection_that_says_nothing(s: Scene) -> Act:
    return lambda: redirection(s, reason="").save()


@attempt("a_redirection_leads_to_another_page")
def leading_to_itself(s: Scene) -> Act:
    return lambda: redirection(s, regional_article=s.page).save()


def deferral(s: Scene, **but: Any) -> Deferral:
    """A lead keeps the page up that is shown, not saved."""
    made = {"regional_article": s.page, "reviewed_on": s.page.last_reviewed_on, "number": 1, "until": w.today()}
    return Deferral(
        **{**made, "reason": "It is right.", "deferred_by": s.world.lead, "deferred_at": clock_now(), **but}
    )


@attempt("a_deferral_gives_its_reason")
def a_deferral_that_says_nothing(s: Scene) -> Act:
    return lambda: deferral(s, reason="").save()


@attempt("a_review_is_deferred_twice_at_most")
def deferring_a_third_time(s: Scene) -> Act:
    return lambda: deferral(s, number=3).save()


@attempt("a_deferral_has_a_number_of_its_own")
def deferring_a_second_time_as_the_first(s: Scene) -> Act:
    saved(deferral(s))
    return lambda: deferral(s).save()


@attempt("a_deferral_is_of_the_last_review")
def deferring_a_review_that_never_was(s: Scene) -> Act:
    return lambda: deferral(s, reviewed_on=w.today() - timedelta(days=1)).save()


CHANGES: dict[str, dict[str, Any]] = {
    "conditions_suspension": {"reason": "Nothing to see."},
    "conditions_lift": {"reason": "Nothing to see."},
    "conditions_withdrawal": {"reason": "Nothing to see."},
    "conditions_reinstatement": {"reason": "Nothing to see."},
    "conditions_redirection": {"reason": "Nothing to see."},
    "conditions_deferral": {"reason": "Nothing to see."},
}
NEW_AND_OLD: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "conditions_suspension": lambda s: (suspension(s.page, s.world), Suspension.objects.order_by("pk")[0]),
    "conditions_lift": lambda s: (lift(s), Lift.objects.get()),
    "conditions_lift.suspension_id": lambda s: (lift(s), saved(lift(s))),
    "conditions_withdrawal": lambda s: (proposal(Withdrawal, s.page, s), Withdrawal.objects.get()),
    "conditions_reinstatement": lambda s: (proposal(Reinstatement, s.page, s), Reinstatement.objects.get()),
    "conditions_redirection": lambda s: (redirection(s), Redirection.objects.get()),
    "conditions_deferral": lambda s: (deferral(s), Deferral.objects.get()),
    "conditions_deferral.regional_article_id.reviewed_on.number": lambda s: (deferral(s), saved(deferral(s))),
}
"""As in `kept`: another value for a column; a new row and the old one whose key it takes."""
