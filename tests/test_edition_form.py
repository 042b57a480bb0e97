"""The form an article is written in, at the web boundary: order, keys, works to cite, what leads where."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from alsinfo.admin.records import page_of
from conditions.models import Citation, Edition, Reference
from conditions.models.desk import texts_of
from tests import pages
from tests import world as w
from tests.pages import signed_in
from tests.world import GB

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> w.World:
    return w.build()


@pytest.fixture
def edition(world: w.World) -> Edition:
    """Sections at 1, 2, 3 (UK) and 3 (US)."""
    return w.draft(world)


def saved(world: w.World, edition: Edition, **changes: Any) -> HttpResponse:
    return pages.send(signed_in(world.editor), page_of(edition), **changes)


def order(edition: Edition) -> list[str]:
    return list(edition.sections.values_list("key", flat=True))


def works(edition: Edition, query: str = "") -> str:
    return f"/admin/conditions/edition/{edition.pk}/works/{query}"


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


# Works to cite


def test_a_work_is_found_and_cited_without_a_script(world: w.World, edition: Edition) -> None:
    smith = {
        "type": "book",
        "title": "On breathing",
        "author": [{"family": "Müller"}],
        "issued": {"date-parts": [[2020]]},
    }
    w.cataloguing.add_reference(smith, by=world.editor)
    editor, section = signed_in(world.editor), edition.sections.get(key="symptoms")
    answer = pages.send(editor, page_of(edition), _cite=str(section.pk), change_note="Typed.")
    assert answer.redirect_chain[-1][0].startswith(works(edition))  # type: ignore[attr-defined]
    assert Edition.objects.get(pk=edition.pk).change_note == "Typed."
    found = editor.get(works(edition, f"?section={section.pk}&q=müller+breathing"))
    assert "muller2020" in found.content.decode()
    button = pages.form(found, "/cite/")
    answer = pages.post(editor, button.action, button.fields)
    assert pages.messages(answer) == ["[@muller2020] stands at the end of “Symptoms”. Saved."]
    section.refresh_from_db()
    assert section.body == "Muscles grow weak [@brown2017]. [@muller2020]"
    assert edition.citations.count() == 2


def test_the_same_work_is_cited_again_under_its_key(world: w.World, edition: Edition) -> None:
    editor, section = signed_in(world.editor), edition.sections.get(key="help-uk")
    button = pages.form(editor.get(works(edition, f"?section={section.pk}")), "/cite/")
    pages.post(editor, button.action, button.fields)
    section.refresh_from_db()
    assert section.body == "Ask your GP. [@brown2017]"
    assert edition.citations.count() == 1


def test_a_text_that_was_saved_meanwhile_is_not_cited_in(world: w.World, edition: Edition) -> None:
    editor, section = signed_in(world.editor), edition.sections.get(key="help-uk")
    button = pages.form(editor.get(works(edition, f"?section={section.pk}")), "/cite/")
    w.edit(edition, world.other_editor, "help-uk", "Theirs.")
    answer = pages.post(editor, button.action, button.fields)
    assert "Somebody else saved this text" in pages.messages(answer)[0]
    section.refresh_from_db()
    assert section.body == "Theirs."


DESCRIBED = {
    "RIS": "TY  - JOUR\nTI  - A new trial\nAU  - Smith, J.\nPY  - 2024\nJO  - Neurology\nDO  - 10.1000/new\nER  - \n",
    "BibTeX": "@article{x, title={A new trial}, author={Smith, J.}, year={2024}, journal={N}, doi={10.1000/new}}",
    "nbib": "PMID- 12345\nTI  - A new trial\nFAU - Smith, J\nDP  - 2024\nJT  - Neurology\nAID - 10.1000/new [doi]\n",
    "CSL-JSON": '{"type": "book", "title": "A new trial", "author": [{"family": "Smith"}], "DOI": "10.1000/new"}',
}


@pytest.mark.parametrize("form", DESCRIBED)
def test_a_pasted_reference_joins_the_library_once_and_is_offered(world: w.World, edition: Edition, form: str) -> None:
    editor = signed_in(world.editor)
    for _ in (1, 2):
        page = pages.post(editor, works(edition, "?section="), {"described": DESCRIBED[form]}).content.decode()
        assert "In the library now" in page
        assert "A new trial" in page
    assert Reference.objects.filter(doi="10.1000/new").count() == 1


@pytest.mark.parametrize(
    "typed", ["10.1056/NEJMra1603471", "https://doi.org/10.1056/nejmra1603471", "doi:10.1056/NEJMra1603471"]
)
def test_a_doi_that_the_library_knows_is_found_without_asking_anybody(
    world: w.World, edition: Edition, typed: str
) -> None:
    page = pages.post(signed_in(world.editor), works(edition), {"described": typed}).content.decode()
    assert "In the library now" in page
    assert "[@brown2017]" in page


@pytest.mark.parametrize(
    "typed", ["", "hello", "hello\nworld", "TY  - JOUR\n", "[1]", "{", "[]", "@", "12345678901234567890"]
)
def test_what_is_no_work_is_refused_with_a_sentence_and_kept(world: w.World, edition: Edition, typed: str) -> None:
    before = pages.everything()
    answer = signed_in(world.editor).post(works(edition), {"described": typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "No work was added" in page
    assert "<title>Error: " in page
    (form,) = (each for each in pages.forms(answer) if "described" in each.fields)
    assert form.fields["described"] == [typed.replace("\n", "\r\n")]
    assert pages.everything() == before


def test_only_who_may_write_chooses_works(world: w.World, edition: Edition) -> None:
    assert signed_in(world.publisher).get(works(edition)).status_code == 403
    assert (
        signed_in(world.editor)
        .get(works(edition, "?works=x,9,99999999999999999999&section=99999999999999999999&q=x"))
        .status_code
        == 200
    )
    assert signed_in(world.editor).get("/admin/conditions/edition/99999/works/").status_code == 404
    w.submit(world, edition)
    assert signed_in(world.editor).get(works(edition)).status_code == 403


def test_a_search_costs_the_same_however_many_works_it_finds(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    editor.get(works(edition, "?q=a"))
    with CaptureQueriesContext(connection) as few:
        editor.get(works(edition, "?q=a"))
    for number in range(30):
        w.cataloguing.add_reference({"type": "book", "title": f"A book {number}"}, by=world.editor)
    with CaptureQueriesContext(connection) as many:
        page = editor.get(works(edition, "?q=a")).content.decode()
    assert len(many) == len(few)
    assert "There are more." in page


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


def test_the_panel_says_what_changed_since_the_last_signature(world: w.World) -> None:
    article = w.live(world)
    edition = w.drafting.start(article, by=world.editor)
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
