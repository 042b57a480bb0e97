"""Medicines in Chromium: nobody is shut out of a page about them, empty, full or with errors."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import axe
from tests import medicines as m
from tests import world as w

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
ADMIN = "/admin/conditions"


def test_a_status_is_recorded_by_keyboard_and_no_page_on_the_way_shuts_anybody_out(
    open_page: OpenPage, live_site: str
) -> None:
    world = w.build()
    medicine = m.riluzole(world)
    m.live(world, medicine)
    reader = open_page(width=320)
    reader.goto(f"{live_site}/uk/conditions/als/")
    expect(reader.get_by_role("table", name="riluzole")).to_be_visible()
    expect(reader.get_by_role("rowheader", name="Licence in the UK")).to_be_visible()
    assert axe.violations(reader) == []

    page = open_page()
    page.goto(f"{live_site}{ADMIN}/licencestatus/add/")
    page.get_by_label("User name").fill(world.editor.username)
    page.get_by_label("Password").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Medicine").select_option(label="riluzole")
    page.get_by_label("Region").select_option(label="UK")
    page.get_by_label("Status").select_option(label="Licence withdrawn")
    page.get_by_label("Source").fill("Nobody's work")
    page.get_by_label("Source").press("Enter")
    expect(page.get_by_text("The library has no such work.").first).to_be_visible()
    assert axe.violations(page) == []
    page.get_by_label("Source").fill(world.reference.doi)
    page.get_by_label("Source").press("Enter")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert axe.violations(page) == []
    page.goto(f"{live_site}{ADMIN}/medicine/{medicine.pk}/change/")
    expect(page.get_by_text("Licence withdrawn, as recorded on")).to_be_visible()
    assert axe.violations(page) == []
