"""Attempts on overrulings and published dissents."""

from typing import Any

from alsinfo.concurrency import clock_now
from conditions.models import DissentNote, Overruling
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import FORGED, change, revocation, saved
from tests.refusals.scene import WHAT_IS_WRONG, Scene


def overruling(s: Scene, **but: Any) -> Overruling:
    """The request for changes is overruled; not saved."""
    request = s.sent_back.assignments.get(asked_for_changes=True)
    values = {
        "assignment": request,
        "overruled_by": s.world.lead,
        "overruled_at": clock_now(),
        "reason": "It is right.",
    }
    return Overruling(**{**values, **but})


def note(s: Scene, **but: Any) -> DissentNote:
    """What the overruled reviewer wrote, for readers; not saved."""
    values = {"overruling": s.overruled, "text": WHAT_IS_WRONG, "agreed_at": clock_now(), "agreed_on": w.today()}
    named = {"printed_name": "Dr Nobody", "role_title": "Consultant", "seal": FORGED}
    return DissentNote(**{**values, **named, **but})


@attempt("an_overruling_is_of_the_last_request_for_changes")
def overruling_on_a_text_that_is_in_review_again(s: Scene) -> Act:
    change(s.sent_back, state="in_review")
    return lambda: overruling(s).save()


@attempt("an_overruling_is_of_the_last_request_for_changes", repeats=("an_overruled_text_is_signed_by_another",))
def overruling_a_signature(s: Scene) -> Act:
    signed = s.sent_back.sign_offs.get().assignment
    return lambda: overruling(s, assignment=signed).save()


@attempt("an_overruled_text_is_signed_by_another")
def overruling_after_the_signature_was_withdrawn(s: Scene) -> Act:
    revocation(s.sent_back.sign_offs.get(), s.world).save()
    return lambda: overruling(s).save()


@attempt("nobody_overrules_on_a_text_they_reviewed")
def overruling_by_the_one_who_signed(s: Scene) -> Act:
    return lambda: overruling(s, overruled_by=s.world.uk.user).save()


@attempt("nobody_overrules_on_a_text_they_reviewed")
def overruling_ones_own_request(s: Scene) -> Act:
    return lambda: overruling(s, overruled_by=s.world.other_uk.user).save()


@attempt("nobody_overrules_on_a_text_they_wrote")
def overruling_by_the_one_who_wrote(s: Scene) -> Act:
    return lambda: overruling(s, overruled_by=s.world.editor).save()


@attempt("an_overruling_gives_its_reason")
def overruling_without_a_reason(s: Scene) -> Act:
    return lambda: overruling(s, reason="").save()


@attempt("conditions_overruling.assignment_id")
def overruling_twice(s: Scene) -> Act:
    overruling(s).save()
    return lambda: overruling(s).save()


@attempt("a_text_sent_back_is_cleared_by_an_overruling")
def clearing_a_text_that_was_sent_back(s: Scene) -> Act:
    return lambda: change(s.sent_back, state="cleared")


@attempt("a_note_is_proposed_after_the_overruling")
def overruling_and_publishing_the_dissent_at_once(s: Scene) -> Act:
    return lambda: overruling(s, note_proposed_by=s.world.lead, note_proposed_at=clock_now()).save()


@attempt("a_proposed_note_says_who_and_when")
def a_note_proposed_by_nobody(s: Scene) -> Act:
    made = saved(overruling(s))
    return lambda: change(made, note_proposed_at=clock_now())


@attempt("a_proposed_note_stays_proposed")
def putting_another_name_under_a_proposed_note(s: Scene) -> Act:
    return lambda: change(s.overruled, note_proposed_by=s.world.lead)


@attempt("a_dissent_is_published_as_it_was_written")
def publishing_other_words_than_were_written(s: Scene) -> Act:
    return lambda: note(s, text="All is well.").save()


@attempt("a_dissent_is_published_when_another_proposed_it")
def publishing_a_dissent_that_nobody_proposed(s: Scene) -> Act:
    made = saved(overruling(s))
    return lambda: note(s, overruling=made).save()


@attempt("a_dissent_is_published_when_another_proposed_it")
def publishing_a_dissent_on_ones_own(s: Scene) -> Act:
    made = saved(overruling(s))
    change(made, note_proposed_by=s.world.other_uk.user, note_proposed_at=clock_now())
    return lambda: note(s, overruling=made).save()


@attempt("a_dissent_is_named_and_sealed")
def a_dissent_without_a_seal(s: Scene) -> Act:
    return lambda: note(s, seal="").save()


@attempt("a_dissent_is_named_and_sealed")
def a_dissent_without_a_name(s: Scene) -> Act:
    return lambda: note(s, printed_name="").save()


@attempt("conditions_dissentnote.overruling_id")
def publishing_a_dissent_twice(s: Scene) -> Act:
    note(s).save()
    return lambda: note(s).save()
