"""Attempts on a page's public state, suspensions and lifts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model

from alsinfo.concurrency import clock_now
from conditions.models import Lift, Suspension
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.cataloguing import article, page
from tests.refusals.rows import change, publication, revocation, saved, suspension
from tests.refusals.scene import Scene


@attempt("conditions_regionalarticle_state_begins_at_the_beginning")
def a_page_that_begins_live(s: Scene) -> Act:
    new = page(s, state="live", last_reviewed_on=w.today(), next_review_due_on=w.today())
    return lambda: new.save(force_insert=True)


@attempt("conditions_regionalarticle_state_takes_allowed_steps")
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


CHANGES: dict[str, dict[str, Any]] = {
    "conditions_suspension": {"reason": "Nothing to see."},
    "conditions_lift": {"reason": "Nothing to see."},
}
NEW_AND_OLD: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "conditions_suspension": lambda s: (suspension(s.page, s.world), Suspension.objects.order_by("pk")[0]),
    "conditions_lift": lambda s: (lift(s), Lift.objects.get()),
    "conditions_lift.suspension_id": lambda s: (lift(s), saved(lift(s))),
}
"""As in `kept`: another value for a column; a new row and the old one whose key it takes."""
