"""Two editors in two browsers, and one whose session ends: nothing is lost, and the pages can be used by everybody."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Page, expect

from alsinfo.admin.records import page_of
from tests import axe
from tests import world as w
from tests.test_browser_journey import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
SAVE = "[name=_save], [name=_continue]"


def body(page: Page, place: int) -> str:
    """Open the row of a section and name its text."""
    page.wait_for_load_state("load")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    return f"[name=sections-{place}-body]"


def test_two_browsers_on_one_article_and_the_second_chooses_text_by_text(
    open_page: OpenPage, live_site: str, world: w.World
) -> None:
    edition = w.draft(world)
    theirs, mine = open_page(), open_page(width=390, java_script_enabled=False)
    sign_in(theirs, live_site, world.editor, page_of(edition))
    sign_in(mine, live_site, world.other_editor, page_of(edition))
    expect(mine.get_by_text("opened this just now")).to_be_visible()
    theirs.locator(body(theirs, 0)).fill("Theirs, first.")
    theirs.locator(body(theirs, 1)).fill("Theirs, second.")
    mine.locator(body(mine, 0)).fill("Mine, first.")
    theirs.locator(SAVE).first.click()
    expect(theirs.get_by_text("Saved.", exact=True)).to_be_visible()

    mine.locator(SAVE).first.click()
    expect(mine.get_by_role("heading", name="You both changed this text")).to_be_visible()
    expect(mine.locator("[name=sections-0-body]")).to_have_value("Mine, first.")
    expect(mine.locator("[name=sections-1-body]")).to_have_value("Theirs, second.")
    mine.locator(SAVE).first.click()
    expect(mine.get_by_text("choose whose text is to be saved").first).to_be_visible()
    mine.get_by_role("radiogroup", name="Text: you both changed this.").get_by_label("Mine, as it stands").check()
    mine.locator(body(mine, 0)).fill("Theirs and mine.")
    mine.locator(SAVE).first.click()
    expect(mine.get_by_text("Saved.", exact=True)).to_be_visible()
    bodies = dict(edition.sections.values_list("key", "body"))
    assert (bodies["overview"], bodies["symptoms"]) == ("Theirs and mine.", "Theirs, second.")


def test_the_pages_of_a_conflict_and_of_a_session_that_ended(page: Page, live_site: str, world: w.World) -> None:
    edition = w.draft(world)
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", refuse)
    sign_in(page, live_site, world.editor, page_of(edition))
    page.locator(body(page, 0)).fill("Mine, first.")
    page.locator(body(page, 1)).fill("Mine, second.")
    w.write(edition, world.other_editor, remove=[edition.sections.get(key="symptoms")], fields={"change_note": "New."})
    w.edit(edition, world.other_editor, "overview", "Theirs, first.")
    w.write(edition, world.other_editor, put=[w.section("causes", "Causes", "Unknown.")])
    page.locator(SAVE).first.click()
    expect(page.get_by_role("heading", name="You both changed this text")).to_be_visible()
    assert asked == [], "sending a form is no leaving"
    found = axe.violations(page)
    Session.objects.all().delete()
    page.locator(SAVE).first.click()
    page.get_by_label("User name").fill(world.editor.username)
    page.get_by_label("Password").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your session had ended")).to_be_visible()
    expect(page.locator("[name=sections-0-body]")).to_have_value("Mine, first.")
    found += axe.violations(page)
    assert found == []
    page.goto(f"{live_site}/admin/")
    assert asked in (["beforeunload"], []), "a page nobody touched is left in silence"
    page.goto(f"{live_site}{page_of(edition)}")
    page.locator(body(page, 0)).press("End")
    page.keyboard.type(" More.")
    asked.clear()
    page.goto(f"{live_site}/admin/")
    assert asked == ["beforeunload"]


def test_what_may_not_be_saved_any_more_is_shown(page: Page, live_site: str, world: w.World) -> None:
    edition = w.draft(world)
    sign_in(page, live_site, world.editor, page_of(edition))
    page.locator(body(page, 0)).fill("Mine, first.")
    w.submit(world, edition, by=world.other_editor)
    page.locator(SAVE).first.click()
    expect(page.get_by_label("What you had typed, to copy")).to_have_value("Sections 1, body:\nMine, first.\n")
    assert axe.violations(page) == []
