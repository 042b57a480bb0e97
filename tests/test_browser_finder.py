"""Find support in Chromium: on a phone, by keyboard, for everybody, within the bars."""

import gzip
import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import axe, bodies
from tests import world as w

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]

PHONE_HEIGHT = 844
MOST_BYTES = 15_000


@pytest.fixture
def site(live_site: str) -> str:
    bodies.some(w.build())
    return live_site


@pytest.mark.looks
def test_every_screen_can_be_used_by_everybody(open_page: OpenPage, site: str) -> None:
    page = open_page()
    for address in ("uk/organisations/", "us/organisations/?area=US-IL", "uk/organisations/mnd-scotland/"):
        page.goto(f"{site}/{address}")
        assert axe.violations(page) == []
    page.goto(f"{site}/uk/organisations/?service=grants&contact=without-speaking&area=GB-WLS")
    expect(page.get_by_role("status")).to_have_text("No organisation that we list fits")
    assert axe.violations(page) == []


@pytest.mark.looks
def test_a_reader_on_a_phone_gets_from_the_whole_country_to_one_who_answers(open_page: OpenPage, site: str) -> None:
    page = open_page(width=390)
    page.set_viewport_size({"width": 390, "height": PHONE_HEIGHT})
    answer = page.goto(f"{site}/uk/organisations/")
    assert answer
    assert len(gzip.compress(answer.body())) <= MOST_BYTES
    first = page.locator(".card h3").first
    expect(first).to_be_in_viewport()
    page.get_by_role("link", name="Scotland", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("3 organisations in Scotland")
    expect(page.locator(".card h3").first).to_have_text("MND Scotland")
    page.get_by_text("Narrow the list", exact=True).first.click()
    page.get_by_label("I can reach them without speaking").check()
    page.get_by_role("button", name="Narrow the list").press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 organisation in Scotland")
    expect(page.locator(".card h3").first).to_be_in_viewport()
    page.get_by_role("link", name="US", exact=True).click()
    page.get_by_label("State").select_option("Illinois")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".card h3").first).to_have_text("Les Turner ALS Foundation")
    page.get_by_role("link", name="Les Turner ALS Foundation", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les Turner ALS Foundation")
    assert json.loads(page.locator("script[type='application/ld+json']").inner_text())["@type"] == "NGO"
