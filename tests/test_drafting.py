"""Writing: starting and saving an edition, and what never changes a digest."""

import unicodedata
from collections.abc import Callable

import pytest

from conditions.actions import cataloguing, drafting, submitting
from conditions.actions.drafting import Change
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import EditionOpen, NotADraft, SavedMeanwhile, UnusableText, WrongState
from conditions.models import Citation, Contribution, Edition, Revision
from conditions.models.desk import texts_of
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db


def test_the_first_edition_is_a_blank_draft_for_both_regions(world: w.World) -> None:
    edition = drafting.start(w.article(world), by=world.editor)
    assert (edition.number, edition.state, edition.covered) == (1, "draft", [GB, US])
    assert edition.openings.count() == 1
    assert not edition.sections.exists()
    assert not edition.contributions.exists()


def test_a_new_edition_says_what_each_region_last_published(world: w.World) -> None:
    article = w.live(world)
    published = {region: w.page(article, region).live_publication() for region in (GB, US)}
    edition = drafting.start(article, by=world.other_editor)
    assert edition.number == 2
    assert texts_of(edition) == {region: live.revision.text for region, live in published.items() if live}


def test_sections_that_both_regions_share_become_one_again(world: w.World, live: w.Article) -> None:
    edition = drafting.start(live, by=world.editor)
    regions = dict(edition.sections.values_list("key", "region"))
    assert regions == {"overview": "", "symptoms": "", "help-uk": "GB", "help-us": "US"}


def test_a_region_that_has_nothing_yet_starts_with_the_other_regions_text(world: w.World) -> None:
    edition = drafting.start(w.live(world, regions="GB"), by=world.editor)
    assert set(edition.sections.values_list("key", "region")) == {("overview", ""), ("symptoms", ""), ("help-uk", "")}
    assert edition.openings.get().title == "Amyotrophic lateral sclerosis"


def test_only_one_edition_is_open_at_a_time(world: w.World) -> None:
    edition = w.draft(world)
    with pytest.raises(EditionOpen):
        drafting.start(edition.article, by=world.other_editor)


def test_only_editors_start_and_save(world: w.World) -> None:
    edition = w.draft(world)
    for person in (world.publisher, world.lead, world.uk.user, world.administrator, world.superuser):
        with pytest.raises(MissingRole):
            drafting.start(edition.article, by=person)
        with pytest.raises(MissingRole):
            w.edit(edition, person, "overview", "Mine.")


def test_an_editor_who_is_deactivated_saves_nothing(world: w.World) -> None:
    edition = w.draft(world)
    world.editor.is_active = False
    world.editor.save()
    with pytest.raises(MissingRole):
        w.edit(edition, world.editor, "overview", "Mine.")


def test_a_text_in_review_cannot_be_saved(world: w.World) -> None:
    edition = w.draft(world)
    w.submit(world, edition)
    with pytest.raises(NotADraft):
        w.edit(edition, world.editor, "overview", "Another text.")


def test_a_save_over_somebody_elses_save_is_refused(world: w.World) -> None:
    edition = w.draft(world)
    opened = edition.lock_version
    w.edit(edition, world.other_editor, "overview", "Theirs.")
    section = edition.sections.get(key="overview")
    section.body = "Mine."
    edition.refresh_from_db()
    with pytest.raises(SavedMeanwhile):
        drafting.save(edition, Change(put=[section]), by=world.editor, opened_version=opened)
    assert edition.sections.get(key="overview").body == "Theirs."


def test_a_save_begun_before_the_text_was_sent_to_review_is_refused(world: w.World) -> None:
    edition = w.draft(world)
    stale = Edition.objects.get(pk=edition.pk)
    w.submit(world, edition)
    with pytest.raises(SavedMeanwhile):
        drafting.save(stale, Change(fields={"change_note": "X"}), by=world.editor, opened_version=stale.lock_version)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "A\x00B", "FVC<LLN and <b>FEV1</b>", "\u202egnorw"])
def test_a_text_that_readers_would_not_see_as_written_is_refused(world: w.World, text: str) -> None:
    edition = w.draft(world)
    before = texts_of(edition)
    with pytest.raises(UnusableText):
        w.edit(edition, world.editor, "overview", text)
    assert texts_of(edition) == before


def test_a_change_note_with_a_control_character_is_refused(world: w.World) -> None:
    with pytest.raises(UnusableText):
        w.write(w.draft(world), world.editor, fields={"change_note": "A\x00B"})


@pytest.mark.parametrize("text", ["FVC < LLN and FEV1 > 80%", "p<0.05", "<5 mg", "10 µg"])
def test_a_clinical_comparison_is_kept_as_it_was_typed(world: w.World, text: str) -> None:
    edition = w.edit(w.draft(world), world.editor, "overview", text)
    assert edition.sections.get(key="overview").body == text


def test_a_section_of_another_edition_can_be_neither_changed_nor_removed(world: w.World) -> None:
    edition = w.draft(world)
    other = w.draft(world, w.article(world, "pls", "PLS"))
    theirs = other.sections.get(key="overview")
    for put, remove in ([theirs], []), ([], [theirs]):
        with pytest.raises(WrongState):
            w.write(edition, world.editor, put=put, remove=remove)
    assert other.sections.filter(key="overview").exists()


def test_a_region_sent_to_review_is_discarded_rather_than_left_out(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    submitting.reopen(rows[GB], by=world.editor, reason="A mistake.")
    with pytest.raises(WrongState):
        w.write(edition, world.editor, fields={"regions": "GB"})
    submitting.discard(edition, US, by=world.editor, reason="Later.")
    assert w.write(edition, world.editor, fields={"change_note": "Still for both."}).regions == "GB,US"


def test_a_region_not_yet_sent_to_review_can_be_left_out(world: w.World) -> None:
    assert w.write(w.draft(world), world.editor, fields={"regions": "GB"}).covered == [GB]


# Contributions


def contributors(edition: Edition) -> set[tuple[str, str]]:
    return set(edition.contributions.values_list("user__username", "region"))


def test_a_save_is_a_contribution_to_the_regions_it_changed(world: w.World) -> None:
    edition = w.draft(world)
    w.edit(edition, world.other_editor, "help-us", "Call your doctor.")
    assert contributors(edition) == {("editor", "GB"), ("editor", "US"), ("other-editor", "US")}
    w.edit(edition, world.other_editor, "overview", "It is a disease.")
    assert ("other-editor", "GB") in contributors(edition)


def test_a_save_that_changes_nothing_is_a_contribution_to_all_regions(world: w.World) -> None:
    edition = w.draft(world)
    w.write(edition, world.other_editor)
    assert {("other-editor", "GB"), ("other-editor", "US")} < contributors(edition)


def test_saving_twice_is_one_contribution(world: w.World) -> None:
    edition = w.draft(world)
    w.write(edition, world.editor)
    assert edition.contributions.filter(user=world.editor).count() == 2


def test_starting_an_edition_is_no_contribution(world: w.World) -> None:
    drafting.start(w.article(world), by=world.editor)
    assert not Contribution.objects.exists()


# What changes no digest

EDITS: dict[str, Callable[[str], str]] = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old Macintosh line ends": lambda text: text.replace("\n", "\r"),
    "blanks at line ends": lambda text: text.replace("\n", "  \t\n") + "   ",
    "blank lines at either end": lambda text: f"\n\n{text}\n\n",
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
}
BODY = "Motor neurones – in the café – die.\n\n- one\n- two"


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_save_without_an_edit_changes_no_digest(world: w.World, edit: Callable[[str], str]) -> None:
    edition = w.edit(w.draft(world), world.editor, "overview", BODY)
    opening = edition.openings.get()
    before = texts_of(edition)
    opening.key_points, opening.emergency = edit(opening.key_points), edit(opening.emergency)
    w.write(edition, world.editor, put=[opening])
    assert w.edit(edition, world.editor, "overview", edit(BODY)).sections.get(key="overview").body == BODY
    assert texts_of(edition) == before


def test_a_corrected_description_in_the_library_changes_no_digest_anywhere(world: w.World) -> None:
    article = w.live(world)
    live = w.page(article).live_publication()
    edition = drafting.start(article, by=world.editor)
    before, revisions = texts_of(edition), set(Revision.objects.values_list("pk", flat=True))
    cataloguing.change_reference(world.reference, {**w.BROWN, "title": "ALS, corrected"}, by=world.editor)
    assert texts_of(Edition.objects.get(pk=edition.pk)) == before
    assert set(Revision.objects.values_list("pk", flat=True)) == revisions
    assert w.page(article).live_publication() == live


def test_taking_the_newer_description_is_an_edit_and_a_contribution(world: w.World) -> None:
    edition = w.draft(world)
    before = texts_of(edition)
    world.reference.refresh_from_db()
    cataloguing.change_reference(world.reference, {**w.BROWN, "title": "ALS, corrected"}, by=world.editor)
    citation = Citation.objects.get(edition=edition)
    citation.description = citation.reference.description
    w.write(edition, world.other_editor, put=[citation])
    assert texts_of(edition) != before
    assert ("other-editor", "GB") in contributors(edition)


def test_the_order_of_sections_in_the_database_changes_no_digest(world: w.World) -> None:
    edition = w.draft(world)
    before = texts_of(edition)
    overview = edition.sections.get(key="overview")
    w.write(edition, world.editor, remove=[overview])
    again = w.section("overview", overview.heading, overview.body, position=1)
    w.write(edition, world.editor, put=[again])
    assert texts_of(edition) == before
