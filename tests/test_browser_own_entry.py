"""An organisation answers for itself in Chromium, by keyboard and for everybody."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from alsinfo.outbox.models import Message
from organisations import asking
from organisations.models import Entry, Reply
from tests import axe, bodies
from tests import world as w

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]


def test_an_entry_is_read_corrected_and_confirmed_by_keyboard(open_page: Callable[..., Page], live_site: str) -> None:
    world = w.build()
    contacts = [
        w.Contact(kind="telephone", value="+448088026262", hours="9am to 5pm", time_zone="Europe/London"),
        w.Contact(kind="email", value="info@example.org", position=1),
    ]
    body = bodies.approved(world, "MND Scotland", ["GB-SCT"], *contacts)
    body.refresh_from_db()
    asking.send_link(body, "office@example.org", by=world.editor)
    link = re.search(r"/your-entry/[\w-]+/", Message.objects.get(to_address="office@example.org").body)
    assert link
    page = open_page(width=390)
    page.goto(live_site + link[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("Is the entry of MND Scotland right?")
    assert axe.violations(page) == []
    page.get_by_label("Number or address").nth(1).fill("nobody")
    page.get_by_role("button", name="Send these corrections").press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    assert axe.violations(page) == []
    summary.get_by_role("link", name="not an e-mail address").press("Enter")
    expect(page.get_by_label("Number or address").nth(1)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("new@example.org")
    page.get_by_label("Your name, and what you do there").last.fill("Ada, office")
    page.get_by_role("button", name="Send these corrections").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert axe.violations(page) == []
    assert "new@example.org" in Entry.objects.filter(organisation=body)[0].body
    page.goto(live_site + link[0])
    expect(page.get_by_text("you answered: something is to be changed")).to_be_visible()
    page.get_by_label("Your name, and what you do there").first.fill("Ada, office")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert list(Reply.objects.values_list("kind", flat=True)) == ["corrected", "confirmed"]
    page.goto(f"{live_site}/your-entry/never-was/")
    assert axe.violations(page) == []
