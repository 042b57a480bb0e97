"""Cite a work, at the web boundary: find it in the library or bring it in, without a script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alsinfo.admin.records import page_of
from conditions.models import Edition, Reference
from tests import pages
from tests import world as w
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def edition(world: w.World) -> Edition:
    return w.draft(world)


def works(edition: Edition, query: str = "") -> str:
    return f"/admin/conditions/edition/{edition.pk}/works/{query}"


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


@pytest.mark.parametrize(
    ("name", "typed", "id_of_fault"),
    [("key", "not a key", "id_citations-0-key_error"), ("reference", "999999", "id_citations-0-reference_error")],
)
def test_a_fault_of_a_citation_stands_in_its_open_row_and_what_was_typed_is_kept(
    world: w.World, name: str, typed: str, id_of_fault: str
) -> None:
    edition = w.draft(world)
    answer = pages.send(signed_in(world.editor), page_of(edition), **{f"citations-0-{name}": typed})
    row = answer.text.split('id="citations-0"')[1].split("</details>")[0]
    assert row.startswith(" open") and f'id="{id_of_fault}"' in row and f'value="{typed}"' in row
