"""Attempts on editions, their rows, revisions, contributions and the way through review."""

from typing import Any

from alsinfo.concurrency import clock_now
from conditions.models import (
    Citation,
    Contribution,
    Edition,
    Listing,
    MedicineUse,
    Opening,
    Picture,
    RegionalEdition,
    Section,
)
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, delete, regional_edition, revision, saved
from tests.refusals.scene import Scene
from tests.world import US

DeskRow = Opening | Section | Citation | Listing | MedicineUse | Picture


def desk_row(kind: str, edition: Edition, s: Scene) -> DeskRow:
    """A new row of a text, not saved."""
    rows: dict[str, DeskRow] = {
        "opening": Opening(edition=edition, region="US", title="Only for the US"),
        "section": Section(edition=edition, key="new", kind="tests", heading="Tests", body="Blood.", position=9),
        "citation": Citation(edition=edition, key="new", reference=s.world.reference, description={}),
        "medicineuse": MedicineUse(edition=edition, medicine=s.medicine, region="US", description={}),
        "picture": Picture(edition=edition, key="new", files=[]),
        "listing": Listing(edition=edition, organisation=s.world.bodies[US], region="GB"),
    }
    return rows[kind]


def first_row(kind: str, edition: Edition) -> DeskRow:
    """A row the text has."""
    row: DeskRow = getattr(edition, f"{kind}s").first()
    return row


CHANGES: dict[str, dict[str, Any]] = {
    "opening": {"summary": "It can be cured."},
    "section": {"body": "It can be cured."},
    "citation": {"description": {}},
    "listing": {"why": "It sells cures."},
    "medicineuse": {"description": {}},
    "picture": {"alt": "A cure."},
}


def enter_desk_rows(kind: str) -> None:
    """Adding, changing and deleting a row of a text that is in review."""

    def adding(s: Scene) -> Act:
        return lambda: desk_row(kind, s.in_review.edition, s).save()

    def changing(s: Scene) -> Act:
        return lambda: change(first_row(kind, s.in_review.edition), **CHANGES[kind])

    def moving(s: Scene) -> Act:
        return lambda: change(saved(desk_row(kind, s.drafted, s)), edition=s.in_review.edition)

    def deleting(s: Scene) -> Act:
        return lambda: delete(first_row(kind, s.in_review.edition))

    adding.__name__ = f"adding_a_{kind}_to_a_text_in_review"
    changing.__name__ = f"changing_a_{kind}_of_a_text_in_review"
    moving.__name__ = f"moving_a_{kind}_to_a_text_in_review"
    deleting.__name__ = f"deleting_a_{kind}_of_a_text_in_review"
    attempt(f"a_{kind}_is_added_to_a_draft")(adding)
    attempt(f"a_{kind}_is_changed_in_a_draft")(changing)
    attempt(f"a_{kind}_is_changed_in_a_draft")(moving)
    attempt(f"a_{kind}_is_deleted_from_a_draft")(deleting)


for each in CHANGES:
    enter_desk_rows(each)


def again(row: DeskRow) -> DeskRow:
    """A copy of a row, not saved."""
    row.pk, row._state.adding = None, True
    return row


@attempt("one_opening_per_edition_and_region")
def two_openings(s: Scene) -> Act:
    return lambda: again(first_row("opening", s.drafted)).save()


@attempt("one_section_per_key_and_region")
def two_sections_under_one_key(s: Scene) -> Act:
    return lambda: again(first_row("section", s.drafted)).save()


@attempt("one_citation_per_key")
def two_citations_under_one_key(s: Scene) -> Act:
    return lambda: again(first_row("citation", s.drafted)).save()


@attempt("one_listing_per_organisation_and_region")
def an_organisation_listed_twice(s: Scene) -> Act:
    return lambda: again(first_row("listing", s.drafted)).save()


@attempt("one_use_per_edition_medicine_and_region")
def a_medicine_shown_twice(s: Scene) -> Act:
    return lambda: again(first_row("medicineuse", s.drafted)).save()


@attempt("section_kind_is_known")
def a_section_of_an_unknown_kind(s: Scene) -> Act:
    return lambda: change(first_row("section", s.drafted), kind="advert")


@attempt("a_revision_is_kept_under_its_digest")
def a_text_under_a_false_digest(s: Scene) -> Act:
    return lambda: revision(s.shown, digest="0" * 64).save(force_insert=True)


@attempt("a_revision_says_what_its_text_says")
def a_uk_text_kept_as_a_us_text(s: Scene) -> Act:
    text = revision(s.shown)
    text.region = US
    return lambda: text.save(force_insert=True)


@attempt("a_revision_says_what_its_text_says")
def a_text_kept_under_another_article(s: Scene) -> Act:
    text = revision(s.shown)
    text.article = s.down
    return lambda: text.save(force_insert=True)


def edition(s: Scene, **but: Any) -> Edition:
    """Another edition of the live article, whose first is closed; not saved."""
    now = clock_now()
    made = {"article": s.shown, "number": 2, "started_by": s.world.editor, "started_at": now, "saved_at": now}
    return Edition(**{**made, **but})


@attempt("conditions_edition_state_begins_at_the_beginning")
def an_edition_that_begins_frozen(s: Scene) -> Act:
    return lambda: edition(s, state="frozen").save()


@attempt("conditions_edition_state_takes_allowed_steps")
def opening_a_closed_edition(s: Scene) -> Act:
    return lambda: change(s.shown.editions.get(), state="draft")


@attempt("edition_state_is_known", repeats=("conditions_edition_state_takes_allowed_steps",))
def an_edition_in_an_unknown_state(s: Scene) -> Act:
    return lambda: change(s.drafted, state="approved")


@attempt("edition_covers_known_regions")
def an_edition_for_france(s: Scene) -> Act:
    return lambda: change(s.drafted, regions="FR")


@attempt("one_edition_per_number")
def two_editions_with_one_number(s: Scene) -> Act:
    return lambda: edition(s, number=1).save()


@attempt("one_open_edition_per_article")
def two_open_editions(s: Scene) -> Act:
    return lambda: edition(s, article=s.drafted.article).save()


@attempt("an_edition_keeps_its_identity")
def moving_an_edition_to_another_article(s: Scene) -> Act:
    return lambda: change(s.drafted, article=s.shown, number=2)


@attempt("an_edition_is_changed_as_a_draft")
def rewriting_the_change_note_of_a_text_in_review(s: Scene) -> Act:
    return lambda: change(s.in_review.edition, change_note="Nothing to see.")


@attempt("an_edition_closes_when_every_region_has_ended")
def closing_an_edition_in_review(s: Scene) -> Act:
    return lambda: change(s.in_review.edition, state="closed")


def contribution(s: Scene, **but: Any) -> Contribution:
    """The other editor's contribution to the draft, not saved."""
    made = {"article": s.drafted.article, "edition": s.drafted, "region": "GB", "user": s.world.other_editor}
    return Contribution(**{**made, "made_at": clock_now(), **but})


@attempt("a_contribution_names_the_article_of_its_edition")
def a_contribution_to_another_article(s: Scene) -> Act:
    return lambda: contribution(s, article=s.shown).save()


@attempt("one_contribution_per_person_edition_and_region")
def a_contribution_counted_twice(s: Scene) -> Act:
    return lambda: contribution(s, user=s.world.editor).save()


@attempt("conditions_regionaledition_state_begins_at_the_beginning")
def a_text_that_begins_cleared(s: Scene) -> Act:
    return lambda: regional_edition(s.in_review.edition, s.in_review.revision, s.world, state="cleared").save()


@attempt("conditions_regionaledition_state_takes_allowed_steps")
def scheduling_a_text_in_review(s: Scene) -> Act:
    return lambda: schedule(s.in_review, s)


def schedule(row: RegionalEdition, s: Scene) -> None:
    """Set a time past the actions."""
    change(row, state="scheduled", publish_at=clock_now(), scheduled_by=s.world.publisher)


@attempt("a_scheduled_text_has_its_time_and_its_publisher")
def scheduling_a_text_for_no_time(s: Scene) -> Act:
    return lambda: change(s.cleared, state="scheduled")


@attempt("a_text_that_was_not_published_says_why")
def failing_without_a_reason(s: Scene) -> Act:
    schedule(s.cleared, s)
    return lambda: change(s.cleared, state="publish_failed")


@attempt("review_state_is_known", repeats=("conditions_regionaledition_state_takes_allowed_steps",))
def a_text_in_an_unknown_state(s: Scene) -> Act:
    return lambda: change(s.in_review, state="approved")


@attempt("a_row_in_review_keeps_its_text")
def exchanging_the_text_in_review(s: Scene) -> Act:
    other = saved(revision(s.in_review.edition.article))
    return lambda: change(s.in_review, revision=other)


@attempt("a_row_carries_a_revision_of_its_own_page")
def a_us_text_in_review_for_the_uk(s: Scene) -> Act:
    return lambda: regional_edition(s.in_review.edition, s.asked.revision, s.world, region="GB", round=2).save()


@attempt("a_row_is_for_a_region_the_edition_covers")
def a_us_round_of_a_uk_edition(s: Scene) -> Act:
    return lambda: regional_edition(s.cleared.edition, None, s.world, region="US", state="discarded").save()


@attempt("one_row_per_edition_region_and_round")
def a_round_twice(s: Scene) -> Act:
    return lambda: regional_edition(s.in_review.edition, s.in_review.revision, s.world, round=1).save()


@attempt("a_text_in_review_has_a_revision")
def a_review_of_nothing(s: Scene) -> Act:
    return lambda: regional_edition(s.drafted, None, s.world).save()


@attempt("an_unchanged_text_is_the_live_text")
def a_new_text_called_unchanged(s: Scene) -> Act:
    text = saved(revision(s.drafted.article))
    return lambda: regional_edition(s.drafted, text, s.world, state="unchanged").save()


@attempt("a_cleared_text_is_signed")
def clearing_a_text_nobody_signed(s: Scene) -> Act:
    return lambda: change(s.in_review, state="cleared")


@attempt("a_published_row_has_its_publication")
def a_text_published_without_a_publication(s: Scene) -> Act:
    return lambda: change(s.cleared, state="published")
