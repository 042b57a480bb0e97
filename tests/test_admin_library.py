"""The library in the admin: fields, look-up, import with a preview, merging, where a work is used."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from alsinfo.admin.records import page_of
from alsinfo.audit.models import AuditEvent
from conditions.models import Citation, Reference
from conditions.uses import citing, live_pages_citing, saying
from tests import pages
from tests import world as w
from tests.pages import signed_in
from tests.test_importing_references import FILES
from tests.test_looking_up import EDARAVONE, Service, served
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

LIST = "/admin/conditions/reference/"
ADD, IMPORT, SAID = f"{LIST}add/", f"{LIST}import/", f"{LIST}said/"
RIS = "TY  - JOUR\nTI  - One\nPY  - 2020\nER  - \n"


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    settings.LOOKUP_CONTACT = "desk@example.org"
    found = Service()
    with served(found) as settings.CROSSREF_URL:
        yield found


def add(world: w.World, **csl: object) -> Reference:
    return w.cataloguing.add_reference({"type": "book", "title": "A book", **csl}, by=world.editor)


# Fields


def test_a_work_is_described_by_fields(world: w.World) -> None:
    typed = {
        "kind": "guideline",
        "title": "Motor neurone disease",
        "author": "National Institute for Health and Care Excellence",
        "number": "NG42",
        "issued": "2016-02-24",
        "url": "https://www.nice.org.uk/guidance/ng42",
        "evidence": "guideline",
        "rest": '{"note": "the short one"}',
    }
    pages.send(signed_in(world.editor), ADD, **typed)
    added = Reference.objects.get(title="Motor neurone disease")
    assert (added.kind, added.year, added.evidence) == ("guideline", 2016, "guideline")
    assert added.csl["author"] == [{"literal": "National Institute for Health and Care Excellence"}]
    assert added.csl["note"] == "the short one"


def test_a_form_saved_as_it_was_keeps_what_no_field_shows(world: w.World) -> None:
    person = {"family": "Berg", "non-dropping-particle": "van den", "ORCID": "0000-0002-1825-0097"}
    work = add(world, author=[person], issued={"date-parts": [[2017, 1], [2017, 2]]}, note="N", custom={"mine": "1"})
    before = work.csl
    pages.send(signed_in(world.editor), page_of(work), volume="2")
    assert Reference.objects.get(pk=work.pk).csl == {**before, "volume": "2"}


def test_the_list_is_searched_by_what_people_know(world: w.World) -> None:
    add(world, author=[{"family": "Murray"}], ISBN="978-0-306-40615-7", custom={"evidence": "review"})
    editor = signed_in(world.editor)
    for query in ("q=murray", "q=9780306406157", "evidence__exact=review", "kind__exact=book", "state=uncited"):
        text = editor.get(f"{LIST}?{query}").text
        assert "A book" in text
        assert "Amyotrophic lateral sclerosis" not in text or query == "state=uncited"


# Look-up


def test_a_work_is_looked_up_and_saved_only_when_the_editor_says_so(world: w.World, service: Service) -> None:
    service.says(EDARAVONE)
    editor = signed_in(world.editor)
    typed = {"identifier": "10.1016/S1474-4422(17)30115-1", "volume": "typed", "_look_up": "1"}
    answer = pages.send(editor, ADD, **typed)
    fields = pages.form(answer).fields
    assert fields["title"][0].startswith("Safety and efficacy of edaravone")
    assert fields["volume"] == ["typed"]
    assert Reference.objects.count() == 1
    pages.post(editor, ADD, {name: value for name, value in fields.items() if name != "identifier"})
    assert Reference.objects.get(doi="10.1016/s1474-4422(17)30115-1").csl["volume"] == "typed"


def test_a_look_up_that_fails_is_a_sentence_and_keeps_the_form(world: w.World, service: Service) -> None:
    service.says(b"", status=404)
    answer = pages.send(signed_in(world.editor), ADD, title="Mine", identifier="10.1000/1", _look_up="1")
    assert pages.messages(answer) == ["No work with this number is known there. Look at the number again."]
    assert pages.form(answer).fields["title"] == ["Mine"]
    assert 'value="10.1000/1"' in answer.text


def test_where_looking_up_is_off_it_is_not_offered(world: w.World) -> None:
    assert "Look it up" not in signed_in(world.editor).get(ADD).text


# Import


def previewed(world: w.World, text: str, suffix: str = ".ris") -> Any:
    answer = signed_in(world.editor).post(IMPORT, {"text": text, "suffix": suffix})
    assert answer.status_code == 200
    return answer


def confirm(world: w.World, answer: Any) -> Any:
    [sent] = [form for form in pages.forms(answer) if "text" in form.fields and len(form.fields) > 2][:1]
    return signed_in(world.editor).post(IMPORT, {**sent.fields, "_confirm": "Import these"})


def test_nothing_is_written_before_the_second_button(world: w.World) -> None:
    before = pages.everything()
    answer = previewed(world, RIS + "TY  - JOUR\nER  - \n" + RIS)
    assert "1 added, 0 completed, 1 already there, 1 refused." in answer.text
    assert "Nothing is written yet." in answer.text
    assert "<td>5</td><td>refused</td><td>The title is missing." in answer.text
    assert pages.everything() == before
    assert "1 added, 0 completed, 1 already there, 1 refused." in confirm(world, answer).text
    assert Reference.objects.filter(title="One").count() == 1


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_is_chosen_and_brought_in_once(world: w.World, suffix: str) -> None:
    file = SimpleUploadedFile(FILES[suffix].name, FILES[suffix].read_bytes())
    answer = signed_in(world.editor).post(IMPORT, {"file": file, "suffix": ".ris"})
    assert "10 added, 0 completed, 0 already there, 0 refused." in answer.text
    assert "10 added" in confirm(world, answer).text
    again = previewed(world, FILES[suffix].read_text(), suffix)
    assert "0 added, 0 completed, 10 already there, 0 refused." in again.text
    assert "Import these" not in again.text


def test_what_the_library_lacks_is_completed_and_nothing_is_overwritten(world: w.World) -> None:
    work = add(world, DOI="10.1000/1", volume="1")
    ris = "TY  - BOOK\nTI  - Another title\nDO  - 10.1000/1\nVL  - 2\nSN  - 9780306406157\nER  - \n"
    answer = previewed(world, ris)
    assert "0 added, 1 completed" in answer.text
    assert "Another title (the same DOI): ISBN" in answer.text
    confirm(world, answer)
    csl = Reference.objects.get(pk=work.pk).csl
    assert (csl["title"], csl["volume"], csl["ISBN"]) == ("A book", "1", "9780306406157")
    assert "1 already there" in previewed(world, ris).text


def test_a_record_that_is_two_works_of_the_library_is_refused(world: w.World) -> None:
    add(world, DOI="10.1000/1")
    add(world, title="B", PMID="123")
    answer = previewed(world, "TY  - JOUR\nTI  - C\nDO  - 10.1000/1\nAN  - 123\nER  - \n")
    assert "the same DOI as one work, the same PMID as another. Merge the two." in answer.text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a file, or paste its text."),
        ({"text": "x" * 1_000_001}, "larger than 1 MB"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "Its name ends with .ris"),
    ],
)
def test_what_cannot_be_imported_is_told(world: w.World, sent: dict[str, object], sentence: str) -> None:
    answer = signed_in(world.editor).post(IMPORT, {"suffix": ".ris", **sent})
    assert sentence in answer.text
    assert "<title>Error: " in answer.text


def test_a_file_in_another_encoding_is_refused_with_its_line(world: w.World) -> None:
    file = SimpleUploadedFile("a.ris", RIS.encode() + RIS.replace("One", "Caf\xe9").encode("cp1252"))
    answer = signed_in(world.editor).post(IMPORT, {"file": file, "suffix": ".ris"})
    assert "<td>6</td><td>refused</td><td>This line is not UTF-8." in answer.text
    assert "Import these" not in answer.text


@pytest.mark.parametrize("role", ["lead", "superuser", "administrator"])
def test_who_adds_no_works_imports_none(world: w.World, role: str) -> None:
    person = signed_in(getattr(world, role))
    before = pages.everything()
    assert person.post(IMPORT, {"text": RIS, "suffix": ".ris", "_confirm": "1"}).status_code == 403
    assert pages.everything() == before


# Merging


def test_two_references_become_one_and_every_citation_stays(world: w.World) -> None:
    article = w.live(world, w.article(world, "als"))
    before = list(Citation.objects.values())
    twin = add(world, title=w.BROWN["title"], issued=w.BROWN["issued"], PMID="28700839", note="N")
    editor = signed_in(world.editor)
    assert "Is this the same work?" in editor.get(page_of(twin)).text
    pages.send(editor, page_of(twin), "/merge/")
    merged, kept = Reference.objects.get(pk=world.reference.pk), Reference.objects.get(pk=twin.pk)
    assert merged.current == kept
    assert (kept.doi, kept.pmid, kept.csl["note"]) == (merged.doi, "28700839", "N")
    assert list(Citation.objects.values()) == before
    assert [page.regional_article.article for page in live_pages_citing(kept)] == [article] * 2
    assert "Merged into" in editor.get(page_of(merged)).text
    assert AuditEvent.objects.filter(verb="merge_references", actor=world.editor).count() == 1
    assert merged.title not in editor.get(f"{LIST}?q=zzz").text


def test_a_merge_is_undone_unless_a_number_was_taken_over(world: w.World) -> None:
    twin = add(world, title=w.BROWN["title"], issued=w.BROWN["issued"])
    editor = signed_in(world.editor)
    pages.send(editor, page_of(world.reference), "/merge/")
    pages.send(editor, page_of(twin), "/part/")
    assert Reference.objects.get(pk=twin.pk).merged_into is None
    pages.send(editor, page_of(twin), "/merge/")
    assert "Another work has the DOI" in editor.get(page_of(world.reference)).text


def test_works_with_two_dois_are_not_merged(world: w.World) -> None:
    other = add(world, title=w.BROWN["title"], issued=w.BROWN["issued"], DOI="10.1000/1")
    assert "If one of them is wrong, correct it first." in signed_in(world.editor).get(page_of(other)).text


# Where


def test_a_works_page_says_where_it_is_cited_live_and_in_drafts(world: w.World) -> None:
    article = w.live(world, w.article(world, "als"))
    w.drafting.start(article, by=world.editor)
    found = citing(world.reference)
    live = [passage for passage in found if passage.publication]
    assert {passage.regions for passage in live} == {(GB,), (w.US,)}
    assert [passage for passage in found if passage.edition]
    text = signed_in(world.editor).get(page_of(world.reference)).text
    assert "Live v1" in text
    assert "Edition 2" in text


def test_sections_are_found_by_their_words_whatever_the_article(world: w.World) -> None:
    w.live(world, w.article(world, "als"))
    section = next(each for each in saying("weak") if each.publication)
    assert "weak" in section.excerpt.casefold()
    editor = signed_in(world.editor)
    assert "section" in editor.get(SAID, {"q": "weak"}).text
    assert "No section" in editor.get(SAID, {"q": "unheard of"}).text
    assert "Three characters or more." in editor.get(SAID, {"q": "a"}).text


@pytest.mark.parametrize("role", ["administrator", "uk"])
def test_who_may_not_see_editions_searches_none(world: w.World, role: str) -> None:
    person = world.uk.user if role == "uk" else world.administrator
    assert signed_in(person).get(SAID, {"q": "weak"}).status_code in (302, 403)


def test_a_work_leaves_the_admin_as_a_file(world: w.World) -> None:
    answer = signed_in(world.lead).get(f"{LIST}{world.reference.pk}/export.json")
    assert json.loads(answer.content)[0]["title"] == w.BROWN["title"]
    assert signed_in(world.lead).get(f"{LIST}{world.reference.pk}/export.exe").status_code == 404
    assert signed_in(world.administrator).get(f"{LIST}{world.reference.pk}/export.ris").status_code == 403
