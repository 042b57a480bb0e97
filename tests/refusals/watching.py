"""Attempts on lists of retractions, what they say of works, what leads answered, and links that are checked."""

from typing import Any

from alsinfo.concurrency import clock_now
from conditions.models import (
    CheckedLink,
    CitedRetraction,
    LookedUp,
    RetractionAnswer,
    RetractionEvent,
    RetractionList,
    SourcesShown,
)
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, saved
from tests.refusals.scene import Scene


def read_list(s: Scene, **but: Any) -> RetractionList:
    """A list that was read, not saved."""
    said = {"source": "retraction-watch", "as_of": w.today(), "rows": 1, "ours": 1, "unread": 0}
    return RetractionList(**{**said, "taken_in_at": clock_now(), **but})


def event(s: Scene, **but: Any) -> RetractionEvent:
    """One more retraction, not saved."""
    said = {"source": "retraction-watch", "entry": "77", "doi": "10.9999/more", "title": "More"}
    when = {"nature": "retraction", "happened_on": w.today(), "found_in": RetractionList.objects.all()[0]}
    return RetractionEvent(**{**said, **when, **but})


def answer(s: Scene, **but: Any) -> RetractionAnswer:
    """An answer for the live UK page, not saved."""
    if "event" not in but:
        but["event"] = saved(event(s))
    said = {"regional_article": s.page, "reason": "It stays."}
    return RetractionAnswer(**{**said, "answered_by": s.world.lead, "answered_at": clock_now(), **but})


def link(s: Scene, **but: Any) -> CheckedLink:
    """A link of the only work, not saved."""
    return CheckedLink(
        **{"reference": s.world.reference, "url": "https://example.org/", "next_check_at": clock_now(), **but}
    )


@attempt("retraction_source_is_known")
def a_list_from_nowhere(s: Scene) -> Act:
    return lambda: read_list(s, source="hearsay").save()


@attempt("retraction_nature_is_known")
def a_work_that_was_banned(s: Scene) -> Act:
    return lambda: event(s, nature="ban").save()


@attempt("a_retraction_event_names_its_work")
def a_retraction_of_nothing(s: Scene) -> Act:
    return lambda: event(s, doi="").save()


@attempt("one_row_per_retraction_event")
def the_same_retraction_twice(s: Scene) -> Act:
    saved(event(s))
    return lambda: event(s).save()


@attempt("one_answer_per_retraction_and_page")
def answering_twice_for_a_page(s: Scene) -> Act:
    given = saved(answer(s))
    return lambda: answer(s, event=given.event).save()


@attempt("an_answer_gives_its_reason")
def an_answer_without_a_reason(s: Scene) -> Act:
    new = answer(s, reason="")
    return lambda: new.save()


@attempt("one_retraction_per_citation")
def a_citation_of_two_retracted_works(s: Scene) -> Act:
    values = {"publication": s.page.publications.get(), "key": "brown2017"}
    saved(CitedRetraction(event=saved(event(s)), **values))
    return lambda: CitedRetraction(event=RetractionEvent.objects.all()[0], **values).save()


@attempt("conditions_sourcesshown.publication_id")
def two_days_on_one_page(s: Scene) -> Act:
    return lambda: SourcesShown(publication=s.page.publications.get()).save()


@attempt("a_day_of_looking_up_never_goes_back")
def looking_up_in_an_older_list(s: Scene) -> Act:
    before = saved(LookedUp(identifier="doi:10.9999/more", as_of=w.today()))
    return lambda: change(before, as_of="2020-01-01")


@attempt("a_link_is_of_a_work_or_of_an_organisation")
def a_link_of_nothing(s: Scene) -> Act:
    return lambda: link(s, reference=None).save()


@attempt("one_link_per_work_and_address")
def a_link_of_a_work_twice(s: Scene) -> Act:
    saved(link(s))
    return lambda: link(s).save()


@attempt("one_link_per_organisation_and_address")
def a_link_of_an_organisation_twice(s: Scene) -> Act:
    body = s.world.bodies[w.GB]
    saved(link(s, reference=None, organisation=body))
    return lambda: link(s, reference=None, organisation=body).save()


@attempt("link_state_is_known")
def a_link_in_an_unknown_state(s: Scene) -> Act:
    return lambda: link(s, state="odd").save()
