"""The form an article is written in, at the web boundary: order, keys, what leads where, what buttons keep."""

import re
from typing import Any

import pytest
from django.http import HttpResponse

from alsinfo.admin.records import page_of
from conditions.models import Citation, Edition
from conditions.models.desk import texts_of
from tests import pages
from tests import world as w
from tests.pages import signed_in
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def edition(world: w.World) -> Edition:
    """Sections at 1, 2, 3 (UK) and 3 (US)."""
    return w.draft(world)


def saved(world: w.World, edition: Edition, **changes: Any) -> HttpResponse:
    return pages.send(signed_in(world.editor), page_of(edition), **changes)


def order(edition: Edition) -> list[str]:
    return list(edition.sections.values_list("key", flat=True))


# The order


@pytest.mark.parametrize(
    ("press", "expected"),
    [
        ("up sections-2", ["overview", "help-uk", "symptoms", "help-us"]),
        ("down sections-0", ["symptoms", "overview", "help-uk", "help-us"]),
        ("up sections-0", ["overview", "symptoms", "help-uk", "help-us"]),
        ("down sections-3", ["overview", "symptoms", "help-uk", "help-us"]),
        ("sideways sections-1", ["overview", "symptoms", "help-uk", "help-us"]),
        ("up sections-99", ["overview", "symptoms", "help-uk", "help-us"]),
    ],
)
def test_a_press_moves_a_section_and_saves_all_that_was_typed(
    world: w.World, edition: Edition, press: str, expected: list[str]
) -> None:
    answer = saved(world, edition, _move=press, change_note="Typed.")
    assert order(edition) == expected
    assert Edition.objects.get(pk=edition.pk).change_note == "Typed."
    assert pages.messages(answer)[0].startswith("Saved.")


def test_after_a_press_the_same_button_has_the_focus_and_the_place_is_said(world: w.World, edition: Edition) -> None:
    answer = saved(world, edition, _move="up sections-1")
    assert pages.messages(answer) == ["Saved. “Symptoms” is 1 of 4."]
    (button,) = re.findall(r"<button[^>]* autofocus>", answer.content.decode())
    assert 'value="up sections-0"' in button


def test_a_press_on_a_form_with_a_fault_saves_nothing_and_keeps_everything(world: w.World, edition: Edition) -> None:
    before = pages.everything()
    answer = saved(world, edition, _move="up sections-1", **{"sections-0-body": "a <b>c</b>", "change_note": "Typed."})
    assert pages.everything() == before
    assert pages.form(answer).fields["change_note"] == ["Typed."]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"sections-3-position": "1"}, ["help-us", "overview", "symptoms", "help-uk"]),
        ({"sections-0-position": "3"}, ["symptoms", "help-uk", "overview", "help-us"]),
        ({"sections-0-position": "9999"}, ["symptoms", "help-uk", "help-us", "overview"]),
        ({"sections-0-position": ""}, ["overview", "symptoms", "help-uk", "help-us"]),
        (
            {"sections-0-position": "3", "sections-1-position": "1", "sections-2-position": "2"},
            ["symptoms", "help-uk", "overview", "help-us"],
        ),
    ],
)
def test_a_section_takes_the_place_that_is_typed(
    world: w.World, edition: Edition, typed: dict[str, str], expected: list[str]
) -> None:
    saved(world, edition, **typed)
    assert order(edition) == expected


def test_a_place_that_is_none_is_refused_at_its_field(world: w.World, edition: Edition) -> None:
    answer = saved(world, edition, **{"sections-1-position": "0"})
    assert pages.errors(answer)["sections-1-position"]


def test_a_new_section_stands_last_under_an_address_of_its_heading(world: w.World, edition: Edition) -> None:
    typed = {"sections-4-heading": "Living with it", "sections-4-kind": "living-with", "sections-4-body": "Day by day."}
    saved(world, edition, **typed)
    assert order(edition)[-1] == "living-with-it"


def test_a_text_that_changes_while_nothing_moves_changes_no_position(world: w.World, edition: Edition) -> None:
    before = dict(edition.sections.values_list("key", "position"))
    saved(world, edition, **{"sections-3-body": "Ask."})
    assert dict(edition.sections.values_list("key", "position")) == before


def test_a_moved_section_is_the_same_text_in_another_order(world: w.World, edition: Edition) -> None:
    before = texts_of(edition)
    saved(world, edition, _move="up sections-1")
    assert texts_of(edition)[GB] != before[GB]
    saved(world, edition, _move="down sections-0")
    assert texts_of(edition) == before


# Keys


def test_a_renamed_key_is_renamed_wherever_it_is_cited(world: w.World, edition: Edition) -> None:
    before = [section.body for section in edition.sections.all()]
    answer = saved(
        world,
        edition,
        **{"citations-0-key": "brown", "sections-0-body": "New [@brown2017, p. 3; @brown2017]. [@brown2017x]"},
    )
    assert pages.messages(answer) == ["Saved."]
    bodies = [section.body for section in edition.sections.all()]
    assert bodies == [
        "New [@brown, p. 3; @brown]. [@brown2017x]",
        *(body.replace("brown2017", "brown") for body in before[1:]),
    ]
    assert edition.citations.get().key == "brown"


def test_unused_and_missing_keys_are_named(world: w.World, edition: Edition) -> None:
    w.write(edition, world.editor, put=[Citation(key="spare", reference=world.reference)])
    answer = saved(world, edition, **{"sections-0-body": "As shown [@nobody]."})
    page = answer.content.decode()
    assert "[@spare] is among the references, but no section cites it." in page
    assert "<code>[@nobody]</code>" in page
    assert "not cited" in page


# What leads where


def test_each_finding_leads_to_its_field(world: w.World, edition: Edition) -> None:
    answer = saved(world, edition, **{"change_note": "", "sections-1-body": "No source.", "openings-0-title": "x" * 61})
    page = answer.content.decode()
    for anchor in ("id_change_note", "id_sections-1-body", "id_openings-0-title", "id_listings-0-organisation"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_a_row_with_a_fault_stands_open_and_the_summary_leads_into_it(world: w.World, edition: Edition) -> None:
    page = saved(world, edition, **{"sections-3-body": "a <b>c</b>"}).content.decode()
    assert re.search(r'<details class="row is-faulty" id="sections-3" open>', page)
    assert re.search(r'<details class="row" id="sections-1">', page)
    assert '<a href="#id_sections-3-body">Section 4, Text</a>' in page


def test_the_panel_says_what_changed_since_the_last_signature(world: w.World, live: w.Article) -> None:
    edition = w.drafting.start(live, by=world.editor)
    assert "nothing changed" in signed_in(world.editor).get(page_of(edition)).content.decode()
    w.edit(edition, world.editor, "symptoms", "Muscles grow very weak [@brown2017].")
    page = signed_in(world.editor).get(page_of(edition)).content.decode()
    assert page.count("1 section changed") == 2
    assert "Symptoms: 1 edit" in page


def test_a_text_in_review_is_shown_without_dead_fields(world: w.World, edition: Edition) -> None:
    w.submit(world, edition)
    page = signed_in(world.editor).get(page_of(edition)).content.decode()
    main = page.partition('id="edition_form"')[2].partition("</form>")[0]
    assert "Muscles grow weak [@brown2017]." in main
    assert not re.search(r'<(?:textarea|select|button)|type="(?:text|number|checkbox|submit)"', main)
    assert "Delete" not in page
    assert "The text is in review, so it cannot be changed." in page


# What a button was told


def test_a_refused_button_keeps_what_was_typed_into_it(world: w.World, edition: Edition) -> None:
    w.submit(world, edition)
    w.publish(world, w.row(edition, GB))
    editor = signed_in(world.editor)
    reason = "Because of the long and carefully worded new figures. " * 10
    button = next(each for each in pages.forms(editor.get(page_of(edition))) if each.action.endswith("/discard/"))
    answer = pages.post(editor, button.action, {**button.fields, "reason": reason})
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert reason.strip() in page
    again = [each for each in pages.forms(answer) if each.action == button.action and each.fields.get("reason")]
    assert again


def test_after_a_refusal_the_page_still_saves_at_its_own_address(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    answer = pages.send(editor, page_of(edition), "/submit/", reviewers_GB=world.uk.pk)
    assert "Choose a reviewer for US" in answer.content.decode()
    assert str(world.uk.pk) in pages.form(answer, "/submit/").fields["reviewers_GB"]
    form = pages.form(answer, page_of(edition))
    answer = pages.post(editor, form.action, {**form.fields, "change_note": "After."})
    assert pages.messages(answer)[-1] == "Saved."
