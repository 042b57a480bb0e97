"""What people and machines type into the article form: kept as it is, or a clear sentence at the field."""

from typing import Any

import pytest
from django.http import HttpResponse

from alsinfo.admin.records import page_of
from conditions.models import Condition, Edition, Reference
from conditions.models.desk import texts_of
from tests import pages
from tests import world as w
from tests.pages import new_rows, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

BODY = "sections-0-body"


@pytest.fixture
def edition(world: w.World) -> Edition:
    return w.draft(world)


def saved(world: w.World, edition: Edition, **changes: Any) -> HttpResponse:
    return pages.send(signed_in(world.editor), page_of(edition), **changes)


def body(edition: Edition) -> str:
    return edition.sections.get(key="overview").body


REFUSED = {
    "a NUL byte": ("nerve\0cells", "cannot be shown (U+0000)"),
    "a mark that reorders text": ("safe \u202eefas", "cannot be shown (U+202E)"),
    "more than fits": ("word " * 200_000, "at most 50000 characters"),
    "raw HTML": ("a <script>alert(1)</script> b", "HTML is not allowed in the text."),
    "an address that runs": ("[here](javascript:alert(1))", "Links must start with https://"),
    "a citation of no form": ("as shown [@ brown]", "A citation is written [@key]"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_text_that_readers_would_not_see_as_written_is_refused_at_its_field(
    world: w.World, edition: Edition, what: str
) -> None:
    typed, sentence = REFUSED[what]
    before = pages.everything()
    answer = saved(world, edition, **{BODY: typed, "change_note": "Changed."})
    assert answer.status_code == 200
    assert sentence in " ".join(pages.errors(answer)[BODY])
    assert pages.everything() == before
    assert pages.form(answer).fields["change_note"] == ["Changed."]


def test_every_text_of_an_edition_is_checked_at_its_field(world: w.World, edition: Edition) -> None:
    fields = ("change_note", "note_to_reviewers", "openings-0-title", "openings-0-emergency", "sections-1-heading")
    listed = ("listings-0-why", "citations-0-key", "openings-0-key_points", "openings-0-names")
    before = pages.everything()
    answer = saved(world, edition, **dict.fromkeys((*fields, *listed), "a\u202eb"))
    assert set(pages.errors(answer)) == {*fields, *listed}
    assert pages.everything() == before


def test_comparison_signs_reach_readers_as_typed(world: w.World, edition: Edition) -> None:
    answer = saved(world, edition, **{BODY: "Stop when FVC<LLN and FEV1>80%, p<0.05 [@brown2017]."})
    assert pages.messages(answer) == ["Saved."]
    page = signed_in(world.editor).get(f"/admin/conditions/edition/{edition.pk}/preview/uk/").content.decode()
    assert "FVC&lt;LLN and FEV1&gt;80%, p&lt;0.05" in page


def test_a_save_without_an_edit_changes_no_digest(world: w.World, edition: Edition) -> None:
    w.edit(edition, world.editor, "overview", "One.\n\nTwo.\n\n- three\n- four [@brown2017]")
    before = texts_of(edition)
    answer = saved(world, edition)
    assert pages.messages(answer) == ["Saved."]
    assert texts_of(Edition.objects.get(pk=edition.pk)) == before


def test_an_unknown_citation_key_is_saved_and_named_by_the_checks(world: w.World, edition: Edition) -> None:
    answer = saved(world, edition, **{BODY: "As shown [@nobody2020]."})
    assert pages.messages(answer) == ["Saved."]
    assert "[@nobody2020] is cited, but the edition has no reference with this key." in answer.content.decode()


def test_a_region_that_does_not_exist_or_is_not_written_for_is_refused_at_its_field(
    world: w.World, edition: Edition
) -> None:
    before = pages.everything()
    answer = saved(world, edition, **{"sections-2-region": "FR"})
    assert "FR is not one of the available choices" in pages.errors(answer)["sections-2-region"][0]
    assert pages.everything() == before
    single = w.drafting.start(w.article(world, "pls", "PLS"), by=world.editor, regions="GB")
    row = {"key": "x", "kind": "other", "position": "1", "heading": "X", "body": "Y", "region": "US"}
    answer = saved(world, single, **{"openings-0-title": "PLS", **new_rows("sections", 0, [row])})
    assert pages.errors(answer)["sections-0-region"] == ["This edition is not written for that region."]


def test_two_rows_with_one_key_are_refused_and_nothing_is_half_saved(world: w.World, edition: Edition) -> None:
    before = pages.everything()
    answer = saved(world, edition, **{"sections-1-key": "overview", BODY: "Changed."})
    assert "duplicate" in " ".join(pages.errors(answer)[""])
    assert pages.everything() == before


def test_keys_that_change_places_are_refused_with_a_sentence(world: w.World, edition: Edition) -> None:
    before = pages.everything()
    answer = saved(world, edition, **{"sections-0-key": "symptoms", "sections-1-key": "overview"})
    assert answer.status_code == 200
    assert pages.errors(answer)[""]
    assert pages.everything() == before


def test_a_used_address_is_refused_at_its_field(world: w.World) -> None:
    article = w.article(world)
    editor = signed_in(world.editor)
    answer = pages.send(editor, "/admin/conditions/condition/add/", name="Other", slug="als")
    assert pages.errors(answer)["slug"] == ["Condition with this Slug already exists."]
    w.cataloguing.add_condition("pls", "PLS", by=world.editor)
    other = Condition.objects.get(slug="pls")
    url = "/admin/conditions/article/add/"
    answer = pages.send(editor, url, condition=other.pk, slug_GB="als", review_interval_months=40)
    assert pages.errors(answer)["slug_GB"] == ["The address “als” belongs to another page in this region."]
    assert pages.errors(answer)["review_interval_months"] == [
        "An article of this risk is reviewed every 24 months at least."
    ]
    w.cataloguing.add_article(other, by=world.editor)
    answer = pages.send(editor, page_of(article), "/address/", slug="pls")
    assert pages.messages(answer) == ["This address belongs to another page in this region."]


NOT_A_REFERENCE: dict[str, tuple[str, str]] = {
    "no title": ("title", ""),
    "a NUL byte": ("title", "A\0"),
    "a long title": ("title", "x" * 501),
    "an author with a NUL": ("author", "Brown\0"),
    "a date in words": ("issued", "July 2017"),
    "no DOI": ("doi", "10/1"),
    "no ISBN": ("isbn", "9780306406158"),
    "a script for an address": ("url", "javascript:alert(1)"),
    "an unknown kind": ("kind", "poem"),
    "not JSON": ("rest", "note: ALS"),
    "a list": ("rest", "[1]"),
    "a variable with a field of its own": ("rest", '{"title": "B"}'),
    "a NUL in a name": ("", '{"\\u0000": 1}'),
    "half a pair": ("", '{"note": "A\\ud800"}'),
    "no number": ("", '{"chapter-number": NaN}'),
    "an endless number": ("", '{"chapter-number": 1e999}'),
    "depth": ("rest", '{"x": ' + "[" * 9_000 + "]" * 9_000 + "}"),
    "length": ("rest", '{"note": "' + "x" * 100_000 + '"}'),
}


@pytest.mark.parametrize("what", NOT_A_REFERENCE)
def test_what_is_no_reference_is_refused_at_its_field(world: w.World, what: str) -> None:
    editor = signed_in(world.editor)
    where, typed = NOT_A_REFERENCE[what]
    for url in ("/admin/conditions/reference/add/", page_of(world.reference)):
        answer = pages.send(editor, url, **{"title": "A", "kind": "book", where or "rest": typed})
        assert answer.status_code == 200
        assert len(pages.errors(answer)[where]) == 1
    assert Reference.objects.count() == 1


def test_the_same_work_is_not_added_twice(world: w.World) -> None:
    typed = {"kind": "book", "title": "B", "doi": "https://doi.org/10.1056/nejmra1603471"}
    answer = pages.send(signed_in(world.editor), "/admin/conditions/reference/add/", **typed)
    [error] = pages.errors(answer)[""]
    assert error.startswith("The work with the DOI 10.1056/nejmra1603471 is in the library already: ")


def test_a_reason_that_cannot_be_kept_is_refused(world: w.World, live: w.Article) -> None:
    address = f"/admin/conditions/article/{live.pk}/suspend/"
    before = pages.everything()
    publisher = signed_in(world.publisher)
    for reason in ("", "  ", "a\0b", "x" * 501):
        answer = pages.post(publisher, address, {"region": "GB", "reason": reason})
        assert pages.messages(answer)[0].startswith("Reason: ")
    pages.post(publisher, address, {"region": "FR", "reason": "Because."})
    assert pages.everything() == before


def test_a_body_above_the_limit_is_refused_without_a_fault(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    assert editor.post(page_of(edition), {BODY: "x" * 3_000_000}).status_code in (400, 413)


def test_what_is_wrong_stands_on_top_and_leads_to_the_field(world: w.World, edition: Edition) -> None:
    answer = saved(world, edition, **{BODY: "a <b>c</b>", "listings-0-region": "FR"})
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert '<a href="#id_sections-0-body">Section 1, Text</a>: HTML is not allowed in the text.' in page
    assert '<a href="#id_listings-0-region">Listing 1, Region</a>: ' in page
