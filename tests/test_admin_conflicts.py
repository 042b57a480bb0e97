"""Two people with the same form open: nobody overwrites the other unseen, nothing typed is lost."""

import pytest
from redis.exceptions import ConnectionError

from alsinfo.admin.records import page_of
from conditions.models import Edition
from tests import pages
from tests import world as w
from tests.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

MEANWHILE = "Somebody else saved this text after you opened it."


@pytest.fixture
def edition(world: w.World) -> Edition:
    return w.draft(world)


def test_the_second_save_keeps_its_text_and_shows_what_is_saved(world: w.World, edition: Edition) -> None:
    mine = signed_in(world.other_editor)
    opened = pages.form(mine.get(page_of(edition))).fields
    w.edit(edition, world.editor, "symptoms", "Theirs [@brown2017].")
    before = pages.everything()
    typed = {**opened, "sections-0-body": "Mine [@brown2017].", "sections-1-body": "Mine, too [@brown2017]."}
    answer = pages.post(mine, page_of(edition), typed)
    assert pages.errors(answer)[""][0].startswith(MEANWHILE)
    assert pages.everything() == before
    page = answer.content.decode()
    assert '<div class="typed">Theirs [@brown2017].</div>' in page
    assert "<ins>" in page and '<span class="visually-hidden">added: </span>' in page
    again = {**pages.form(answer).fields, "choice-sections-1-body": "mine"}
    assert again["sections-0-body"] == ["Mine [@brown2017]."]
    assert pages.messages(pages.post(mine, page_of(edition), again)) == ["Saved."]
    assert edition.sections.get(key="symptoms").body == "Mine, too [@brown2017]."


def test_a_row_that_they_removed_is_kept_as_a_new_one_and_theirs_stays(world: w.World, edition: Edition) -> None:
    mine = signed_in(world.other_editor)
    opened = pages.form(mine.get(page_of(edition))).fields
    theirs = w.section("causes", "Causes", "Unknown [@brown2017].", position=7)
    w.write(edition, world.editor, put=[theirs], remove=[edition.sections.get(key="overview")])
    answer = pages.post(mine, page_of(edition), {**opened, "sections-0-body": "Mine [@brown2017]."})
    assert pages.errors(answer)[""][0].startswith(MEANWHILE)
    assert "they added this" in answer.content.decode()
    fields = pages.form(answer).fields
    offered = next(name for name, kind in fields.items() if kind == ["removed-changed"])
    pages.post(mine, page_of(edition), {**fields, offered.replace("kind", "choice", 1): "mine"})
    bodies = dict(edition.sections.values_list("key", "body"))
    assert bodies["overview"] == "Mine [@brown2017]."
    assert bodies["causes"] == "Unknown [@brown2017]."


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", None])
def test_a_version_that_was_never_opened_saves_nothing(world: w.World, edition: Edition, version: str | None) -> None:
    editor = signed_in(world.editor)
    fields = pages.form(editor.get(page_of(edition))).fields
    typed = {**fields, "change_note": "Forged.", "opened_version": version}
    answer = pages.post(editor, page_of(edition), {name: value for name, value in typed.items() if value is not None})
    assert pages.errors(answer)[""][0].startswith(MEANWHILE)
    edition.refresh_from_db()
    assert edition.change_note == "First version."


def test_a_text_that_moved_is_not_sent_to_review(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    button = pages.form(editor.get(page_of(edition)), "/submit/")
    w.edit(edition, world.other_editor, "symptoms", "Other [@brown2017].")
    reviewers = {"reviewers_GB": world.uk.pk, "reviewers_US": world.us.pk}
    answer = pages.post(editor, button.action, {**button.fields, **reviewers})
    assert MEANWHILE in pages.messages(answer)[0]
    assert not edition.regional_editions.exists()


def test_a_form_opened_before_the_text_went_to_review_saves_nothing(world: w.World, edition: Edition) -> None:
    editor = signed_in(world.editor)
    fields = pages.form(editor.get(page_of(edition))).fields
    w.submit(world, edition)
    before = pages.everything()
    assert editor.post(page_of(edition), {**fields, "change_note": "Late."}).status_code == 403
    assert pages.everything() == before


@pytest.mark.parametrize("which", ["condition", "reference", "organisation"])
def test_other_forms_notice_it_too(world: w.World, which: str) -> None:
    thing = {
        "condition": w.article(world).condition,
        "reference": world.reference,
        "organisation": world.bodies[w.GB],
    }[which]
    changes = {
        "condition": {"name": "Mine"},
        "reference": {"title": "Mine"},
        "organisation": {"what_it_does": "Mine."},
    }[which]
    mine, theirs = signed_in(world.editor), signed_in(world.other_editor)
    opened = pages.form(mine.get(page_of(thing))).fields
    other = {name: value.replace("Mine", "Theirs") for name, value in changes.items()}
    pages.send(theirs, page_of(thing), **other)
    before = pages.everything()
    answer = pages.post(mine, page_of(thing), {**opened, **changes})
    assert "Look at it again, then decide." in pages.errors(answer)[""][0]
    assert pages.everything() == before
    again = pages.form(answer).fields
    chosen = {name.replace("kind", "choice", 1): "mine" for name in again if name.startswith("kind-")}
    pages.post(mine, page_of(thing), {**again, **chosen})
    assert pages.everything() != before


def test_whoever_opens_a_form_sees_who_else_has_it_open(world: w.World, edition: Edition) -> None:
    one, two, reader = (signed_in(person) for person in (world.editor, world.other_editor, world.lead))
    assert "may be writing" not in reader.get(page_of(edition)).content.decode()
    assert "may be writing" not in one.get(page_of(edition)).content.decode(), "alone"
    assert (
        "<strong>Editor</strong> opened this just now and may be writing" in two.get(page_of(edition)).content.decode()
    )
    pages.send(two, page_of(edition), change_note="Theirs.")
    page = one.get(page_of(edition)).content.decode()
    assert "<strong>Other Editor</strong> " in page and "Lead</strong>" not in page
    assert "may be writing" not in one.get(page_of(world.reference)).content.decode()


def test_a_cache_that_does_not_answer_stops_nobody(
    world: w.World, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("alsinfo.admin.presence.cache.get", fail)
    monkeypatch.setattr("alsinfo.admin.presence.cache.set", fail)
    assert signed_in(world.editor).get(page_of(edition)).status_code == 200
