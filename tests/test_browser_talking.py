"""Notes among editors and preview links in Chromium: by keyboard, with nothing lost, usable by everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from conditions.actions import noting
from conditions.models import Edition, Note
from tests import world as w
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.fixture
def site(live_server: LiveServer) -> str:
    return str(live_server.url)


@pytest.fixture
def edition(world: w.World) -> Edition:
    return w.draft(world)


def at_work(open_page: OpenPage, site: str, path: str) -> Page:
    """The editor's screen, signed in."""
    page = open_page()
    page.goto(site + path)
    page.locator("[name=login]").fill("editor")
    page.locator("[name=password]").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(site + path)
    return page


def test_editors_talk_by_keyboard_and_everybody_can_use_every_state_of_the_page(
    open_page: OpenPage, site: str, world: w.World, edition: Edition
) -> None:
    where = f"/admin/conditions/edition/{edition.pk}/notes/"
    page = at_work(open_page, site, where)
    expect(page.get_by_text("Nobody has said anything yet.")).to_be_visible()
    assert violations(page) == [], "empty"
    page.get_by_label("Your note").fill("Is this right, @uk-reviewer?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing was saved yet")).to_be_visible()
    expect(page).to_have_title("Error: Notes: Amyotrophic lateral sclerosis, edition 1 | alsinfo")
    assert violations(page) == [], "refused"
    page.get_by_role("link", name="Your note").click()
    expect(page.get_by_label("Your note")).to_be_focused()
    page.get_by_label("Your note").fill(f"Is this right, @lead? {'Longwordwithoutend' * 20}")
    page.get_by_role("button", name="Add the note").click()
    note = Note.objects.get()
    expect(page).to_have_url(f"{site}{where}#note-{note.pk}")
    page.get_by_text("Reply …").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Your reply").fill("I think so.")
    page.get_by_role("button", name="Send the reply").press("Enter")
    expect(page.get_by_text("I think so.")).to_be_visible()
    noting.resolve_note(noting.open_note(edition, "Another", by=world.lead, part="section:symptoms"), by=world.lead)
    page.reload()
    expect(page.get_by_role("button", name="Open again")).to_be_visible()
    assert violations(page) == [], "an open and a resolved thread"


def test_a_preview_link_is_made_copied_looked_at_and_revoked(
    open_page: OpenPage, site: str, world: w.World, edition: Edition
) -> None:
    where = f"/admin/conditions/edition/{edition.pk}/change/"
    page = at_work(open_page, site, where)
    page.get_by_text("Make a preview link …").click()
    page.get_by_label("The link works for").select_option("3 days")
    page.get_by_role("button", name="Make a preview link").click()
    address = page.get_by_label("Copy it now: it is shown this once and kept nowhere").input_value()
    assert violations(page) == [], "the link"
    page.get_by_role("link", name="Back to the edition").click()
    expect(page.get_by_text("For UK readers, made by Editor")).to_be_visible()
    reader = open_page(width=390, height=844)
    path = address[address.index("/desk/") :]
    reader.goto(site + path)
    expect(reader.get_by_text("not signed, not public")).to_be_visible()
    assert violations(reader) == [], "the preview"
    page.get_by_role("button", name="Revoke this link").click()
    expect(page.get_by_text("Revoked: the link works no longer.")).to_be_visible()
    gone = reader.goto(site + path)
    assert gone is not None and gone.status == 404
