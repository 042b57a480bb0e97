"""Attempts on readings of a draft."""

from typing import Any

from django.db.models import Model

from alsinfo.concurrency import clock_now
from conditions.models import Publication, Reading, ReadingDraft, ReviewComment
from tests import world as w
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, remark, saved
from tests.refusals.scene import Scene


def reading(s: Scene, **but: Any) -> Reading:
    """A reading of the text in review by somebody else, not saved."""
    values = {"regional_edition": s.in_review, "revision": s.in_review.revision, "reader": s.world.us.user}
    made = {"invited_by": s.world.editor, "invited_at": clock_now(), "due_on": w.today()}
    return Reading(**{**values, **made, **but})


def second(s: Scene) -> tuple[Model, Model]:
    """A second reading by the same person, not saved, and the first."""
    return reading(s, reader=s.world.draft_reader), s.read


def readers_remark(s: Scene, **but: Any) -> ReviewComment:
    """A remark of the reader on the text they read, not saved."""
    made = {"assignment": None, "reading": s.read, "author": s.world.draft_reader, "weight": "question"}
    return remark(s.accepted, **{**made, **but})


@attempt("conditions_reading_state_begins_at_the_beginning")
def a_reading_that_begins_accepted(s: Scene) -> Act:
    return lambda: reading(s, state="accepted").save()


@attempt("conditions_reading_state_takes_allowed_steps")
def completing_a_reading_nobody_accepted(s: Scene) -> Act:
    return lambda: change(s.to_read, state="completed", completed_at=clock_now())


@attempt("reading_state_is_known", repeats=("conditions_reading_state_takes_allowed_steps",))
def a_reading_in_an_unknown_state(s: Scene) -> Act:
    return lambda: change(s.to_read, state="signed")


@attempt("a_completed_reading_says_when")
def completing_a_reading_on_no_day(s: Scene) -> Act:
    return lambda: change(s.read, state="completed")


@attempt("one_open_reading_per_reader_and_row")
def asking_a_reader_twice(s: Scene) -> Act:
    return lambda: reading(s, reader=s.world.draft_reader).save()


@attempt("a_reading_keeps_its_text_and_reader")
def putting_another_name_under_a_reading(s: Scene) -> Act:
    return lambda: change(s.read, reader=s.world.us.user)


@attempt("a_completed_reading_stays_as_it_was")
def moving_the_day_of_a_reading(s: Scene) -> Act:
    change(s.read, state="completed", completed_at=clock_now())
    return lambda: change(s.read, completed_at=clock_now())


@attempt("a_reading_is_of_the_text_in_review")
def a_reading_of_a_text_already_published(s: Scene) -> Act:
    row = Publication.objects.get(regional_article=s.page).regional_edition
    assert row is not None
    return lambda: reading(s, regional_edition=row, revision=row.revision).save()


@attempt("nobody_counts_as_a_reader_of_their_own_work")
def a_reading_by_who_wrote_the_text(s: Scene) -> Act:
    return lambda: reading(s, reader=s.world.editor).save()


@attempt("conditions_readingdraft.reading_id")
def two_drafts_of_one_reading(s: Scene) -> Act:
    saved(ReadingDraft(reading=s.read, saved_at=clock_now()))
    return lambda: ReadingDraft(reading=s.read, saved_at=clock_now()).save()


@attempt("a_remark_is_of_a_review_or_of_a_reading", repeats=("a_remark_is_made_by_who_was_asked",))
def a_remark_of_a_review_and_of_a_reading(s: Scene) -> Act:
    return lambda: readers_remark(s, assignment=s.accepted).save()


@attempt("a_remark_is_of_a_review_or_of_a_reading")
def a_remark_of_neither(s: Scene) -> Act:
    return lambda: readers_remark(s, reading=None).save()


@attempt("a_remark_is_of_a_review_or_of_a_reading")
def a_reader_who_says_must(s: Scene) -> Act:
    return lambda: readers_remark(s, weight="must").save()


@attempt("a_readers_remark_is_made_while_they_read")
def a_remark_under_the_name_of_another_reader(s: Scene) -> Act:
    return lambda: readers_remark(s, author=s.world.us.user).save()


@attempt("a_readers_remark_is_made_while_they_read")
def a_remark_on_a_text_not_open_yet(s: Scene) -> Act:
    row, article = s.to_read.regional_edition, s.to_read.regional_edition.edition.article
    return lambda: readers_remark(s, reading=s.to_read, revision=row.revision, article=article).save()
