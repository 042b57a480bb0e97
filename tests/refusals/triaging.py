"""Attempts on what readers said."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from alsinfo.concurrency import clock_now
from conditions.models import Feedback
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, saved
from tests.refusals.scene import Scene


def said(s: Scene, **but: Any) -> Feedback:
    """A reader's words on the live UK page, not saved."""
    live = s.page.live_publication()
    values = {"region": "GB", "publication": live, "about": "mistake", "words": "The dose is wrong."}
    return Feedback(**{**values, "received_at": clock_now(), **but})


def in_hand(s: Scene) -> Feedback:
    """The reader's words, in an editor's hands."""
    found: Feedback = saved(said(s))
    change(found, state="in_hand", taken_by=s.world.editor)
    return found


def closed(**but: Any) -> dict[str, Any]:
    """What closing writes."""
    return {"state": "closed", "outcome": "changed", "closed_at": clock_now(), **but}


def confirmed(s: Scene, **but: Any) -> dict[str, Any]:
    """What confirming writes."""
    return {"harm_confirmed_by": s.world.lead, "harm_confirmed_at": clock_now(), **but}


@attempt("feedback_region_is_known")
def feedback_from_elsewhere(s: Scene) -> Act:
    return lambda: said(s, region="FR", publication=None).save()


@attempt("feedback_about_is_known")
def feedback_about_anything(s: Scene) -> Act:
    return lambda: said(s, about="praise").save()


@attempt(
    "feedback_state_is_known",
    repeats=("conditions_feedback_state_begins_at_the_beginning", "feedback_in_hand_is_in_somebodys_hands"),
)
def feedback_in_an_unknown_state(s: Scene) -> Act:
    new = said(s, state="lost", taken_by=s.world.editor)
    return lambda: new.save()


@attempt("conditions_feedback_state_begins_at_the_beginning")
def feedback_that_begins_closed(s: Scene) -> Act:
    new = said(s, **closed())
    return lambda: new.save()


@attempt("conditions_feedback_state_takes_allowed_steps")
def closed_feedback_that_nobody_read(s: Scene) -> Act:
    row = saved(said(s))
    change(row, **closed())
    return lambda: change(row, state="new", outcome="", closed_at=None)


@attempt("closed_feedback_has_an_outcome")
def closing_feedback_without_an_outcome(s: Scene) -> Act:
    row = saved(said(s))
    return lambda: change(row, **closed(outcome=""))


@attempt("feedback_in_hand_is_in_somebodys_hands")
def feedback_in_nobodys_hands(s: Scene) -> Act:
    row = saved(said(s))
    return lambda: change(row, state="in_hand")


@attempt("only_feedback_without_words_is_only_counted")
def counting_a_mistake(s: Scene) -> Act:
    return lambda: said(s, state="counted").save()


@attempt("feedback_that_waits_says_something")
def feedback_that_says_nothing(s: Scene) -> Act:
    return lambda: said(s, words="").save()


@attempt("only_a_change_names_its_edition")
def an_edition_that_changed_nothing(s: Scene) -> Act:
    row, edition = saved(said(s)), s.shown.editions.get()
    return lambda: change(row, **closed(outcome="spam", fixed_in=edition))


@attempt("feedback_is_fixed_in_its_own_article")
def an_edition_of_another_article(s: Scene) -> Act:
    row = saved(said(s))
    return lambda: change(row, **closed(fixed_in=s.drafted))


@attempt("a_section_is_on_a_page")
def a_section_of_the_site(s: Scene) -> Act:
    return lambda: said(s, publication=None, section="symptoms").save()


@attempt("feedback_is_on_a_page_of_its_region")
def feedback_on_the_other_regions_page(s: Scene) -> Act:
    new = said(s, publication=w.page(s.shown, w.US).live_publication())
    return lambda: new.save()


@attempt("a_confirmed_harm_says_by_whom_and_when")
def harm_that_nobody_confirmed(s: Scene) -> Act:
    row = in_hand(s)
    return lambda: change(row, **confirmed(s, harm_confirmed_by=None))


@attempt("a_confirmed_harm_is_on_a_page_and_in_hand")
def harm_confirmed_by_the_way(s: Scene) -> Act:
    row = saved(said(s))
    return lambda: change(row, **confirmed(s))


@attempt("a_confirmed_harm_stays_confirmed")
def harm_that_is_none_after_all(s: Scene) -> Act:
    row = in_hand(s)
    change(row, **confirmed(s))
    return lambda: change(row, **confirmed(s, harm_confirmed_by=None, harm_confirmed_at=None))


@attempt("a_readers_words_are_only_blanked")
def putting_words_into_a_readers_mouth(s: Scene) -> Act:
    row = saved(said(s))
    return lambda: change(row, words="All is well.")


@attempt("blanked_feedback_keeps_no_words")
def blanking_all_but_the_note(s: Scene) -> Act:
    row = saved(said(s))
    return lambda: change(row, words="", note="Said by Ada.", blanked_at=clock_now())


@attempt("blanked_feedback_stays_blanked")
def words_that_come_back(s: Scene) -> Act:
    row = saved(said(s))
    change(row, words="", blanked_at=clock_now())
    return lambda: change(row, blanked_at=clock_now())


CHANGES: dict[str, dict[str, Any]] = {"conditions_feedback": {"heading": "Outlook"}}
NEW_AND_OLD: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "conditions_feedback": lambda s: (said(s), Feedback.objects.order_by("pk")[0])
}
"""See `kept`."""
