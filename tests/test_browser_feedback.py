"""From the end of a page to the editors: readers say what is wrong, by keyboard, on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests import world as w
from tests.informing_cases import shown
from tests.test_browser_work import enter

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
WORDS = "The dose is ten times too high."


def test_a_mistake_goes_from_the_end_of_the_page_to_the_editor_who_closes_it(
    open_page: OpenPage, live_site: str
) -> None:
    w.live(w.build())
    reader = open_page(width=390)
    reader.goto(f"{live_site}/uk/conditions/als/")
    reader.get_by_role("link", name="Report a mistake").press("Enter")
    expect(reader.get_by_label("Something is wrong")).to_be_checked()
    reader.get_by_label("This could harm somebody").press("Space")
    reader.get_by_role("button", name="Send").press("Enter")
    expect(reader).to_have_title(re.compile("^Error: "))
    expect(reader.get_by_role("alert")).to_be_focused()
    expect(reader.get_by_label("This could harm somebody")).to_be_checked()
    assert axe.violations(reader) == []
    reader.get_by_role("link", name="Write what is wrong").press("Enter")
    expect(reader.get_by_label("What is wrong or missing?")).to_be_focused()
    reader.get_by_label("What is wrong or missing?").fill(WORDS)
    reader.get_by_label("Which part of the page?").select_option("Symptoms")
    assert axe.violations(reader) == []
    reader.get_by_role("button", name="Send").press("Enter")
    expect(reader.get_by_role("heading", name="Thank you")).to_be_visible()
    assert reader.context.cookies() == []
    assert axe.violations(reader) == []

    editor = open_page()
    enter(editor, live_site, "editor")
    editor.get_by_role("link", name="1 reader’s report of possible harm").press("Enter")
    editor.goto(f"{live_site}/admin/feedback/")
    assert axe.violations(editor) == []
    editor.get_by_role("link", name=WORDS).press("Enter")
    assert axe.violations(editor) == []
    editor.get_by_role("button", name="Confirm: this could harm somebody").press("Enter")
    expect(editor.get_by_text("The page is due for review today")).to_be_visible()
    editor.locator("summary", has_text="Close it").press("Enter")
    editor.get_by_label("What became of it").select_option("No change needed")
    editor.get_by_role("button", name="Close it").press("Enter")
    expect(editor.get_by_text("Closed.")).to_be_visible()
    editor.goto(f"{live_site}/admin/feedback/")
    expect(editor.get_by_text("Nothing waits.")).to_be_visible()


def test_every_page_about_the_site_can_be_used_by_everybody(open_page: OpenPage, live_site: str) -> None:
    world = w.build()
    shown(world, text="We explain.\n\n### How\n\nWith care.\n\n#### And more\n\n- One\n- Two")
    page = open_page()
    for kind in ("about", "privacy"):
        page.goto(f"{live_site}/uk/{kind}/")
        assert axe.violations(page) == []
    enter(page, live_site, "editor")
    page.goto(f"{live_site}/admin/conditions/sitepage/")
    page.get_by_role("link", name="About us (all regions)").press("Enter")
    page.get_by_label("Text:").fill("We explain more.")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    page.get_by_role("link", name="About us (all regions)").first.press("Enter")
    expect(page.get_by_role("heading", name="Entry 2 waits for a publisher")).to_be_visible()
    assert axe.violations(page) == []
