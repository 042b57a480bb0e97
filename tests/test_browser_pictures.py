"""Pictures in Chromium: sent by an editor, seen by readers; nobody is shut out, and nothing moves while they load."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests import axe, pictured
from tests import world as w

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
CELL: FilePayload = {"name": "cell.png", "mimeType": "image/png", "buffer": pictured.sent()}
WORDS: FilePayload = {"name": "notes.png", "mimeType": "image/png", "buffer": b"hello"}


def test_a_picture_and_a_logo_are_sent_and_no_page_on_the_way_shuts_anybody_out(
    open_page: OpenPage, live_site: str
) -> None:
    world = w.build()
    pictured.live(world)
    reader = open_page(width=320)
    reader.goto(f"{live_site}/uk/conditions/als/")
    shown = reader.get_by_role("img", name=pictured.WORDS["alt"])
    expect(shown).to_be_visible()
    box = shown.bounding_box()
    assert box is not None and abs(box["width"] / box["height"] - 900 / 600) < 0.02
    assert axe.violations(reader) == []

    edition = w.draft(world, w.article(world, "pls", "PLS"))
    page = open_page()
    page.goto(f"{live_site}/admin/conditions/edition/{edition.pk}/pictures/")
    page.get_by_label("User name").fill(world.editor.username)
    page.get_by_label("Password").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[type=file]").set_input_files(WORDS)
    for label, name in {"Text instead": "alt", "Caption": "caption", "Credit": "credit"}.items():
        page.get_by_label(label).fill(pictured.WORDS[name])
    page.get_by_label("Licence").select_option(label="CC BY 4.0")
    page.get_by_label("Where it stands").select_option(label="Symptoms")
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_role("link", name="not a picture we can read")).to_be_visible()
    assert axe.violations(page) == []
    page.locator("input[type=file]").set_input_files(CELL)
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_text("![cell] stands at the end of “Symptoms”. Saved.")).to_be_visible()

    page.goto(f"{live_site}/admin/organisations/organisation/{world.bodies[w.GB].pk}/logo/")
    page.locator("input[type=file]").set_input_files(CELL)
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("link", name="Say what allows us to show it")).to_be_visible()
    assert axe.violations(page) == []
