"""Search in Chromium: by keyboard alone, with suggestions and without, on a phone, for everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests import world as w

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def test_a_frightened_reader_gets_from_three_letters_to_the_page(open_page: OpenPage, live_site: str) -> None:
    w.live(w.build())
    page = open_page()
    page.goto(f"{live_site}/uk/")
    assert axe.violations(page) == []
    box = page.get_by_role("combobox", name="Search conditions")
    box.press_sequentially("amy")
    expect(page.locator("#page-suggestions option")).to_have_count(1)
    assert page.locator("#page-suggestions option").get_attribute("value") == "Amyotrophic lateral sclerosis"
    box.fill("amytrophic nerves")
    box.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 results for “amytrophic nerves”")
    expect(page).to_have_title("amytrophic nerves - 2 results - Search - UK - alsinfo")
    expect(page.locator("mark")).to_have_text("nerve")
    assert axe.violations(page) == []
    page.get_by_role("link", name="US", exact=True).click()
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill("xqzw")
    page.get_by_role("button", name="Search", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_have_text("Nothing found for “xqzw”")
    assert axe.violations(page) == []
    page.goto(f"{live_site}/nothing")
    assert axe.violations(page) == []
    page.get_by_label("Search for a condition").fill("mnd als")
    page.get_by_role("button", name="Search US").press("Enter")
    expect(page).to_have_url(f"{live_site}/us/search/?q=mnd+als")
    page.get_by_role("link", name="Amyotrophic lateral sclerosis").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Amyotrophic lateral sclerosis")


def test_without_a_script_the_box_does_as_well(open_page: OpenPage, live_site: str) -> None:
    w.live(w.build())
    page = open_page(width=320, java_script_enabled=False)
    page.goto(f"{live_site}/uk/conditions/")
    page.get_by_role("searchbox").fill("lateral")
    page.get_by_role("button", name="Search", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("result")
