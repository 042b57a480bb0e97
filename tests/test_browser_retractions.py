"""A retracted source in Chromium: readers see it, a lead finds the sections by keyboard and answers."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from conditions.actions import link_checking
from conditions.models import CheckedLink, RetractionAnswer
from tests import world as w
from tests.axe import violations
from tests.retraction_lists import event, take_in

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def marked(world: w.World) -> None:
    """A live page with a retracted source and one under a concern, and two links: one broken, one doubtful."""
    other = {"type": "report", "title": "A report", "DOI": "10.1000/report", "genre": "Guideline"}
    report = w.cataloguing.add_reference({**other, "issued": {"date-parts": [[2012]]}}, by=world.editor)
    edition = w.draft(world)
    w.write(edition, world.editor, put=[w.Citation(key="report", reference=report)])
    w.edit(edition, world.editor, "symptoms", "Muscles grow weak [@brown2017; @report]. They cramp [@report, p. 2].")
    for row in w.submit(world, edition).values():
        w.publish(world, row)
    concern = event(entry="2", doi="10.1000/report", title="A report", nature="concern", happened_on=date(2025, 2, 1))
    take_in(event(), concern)
    link_checking.collect()
    broken, doubtful = CheckedLink.objects.order_by("pk")
    said = {"problem": "The site answered 404.", "ended_at": "https://elsewhere.example/"}
    CheckedLink.objects.filter(pk=broken.pk).update(state="broken", checked_at=w.clock_now(), **said)
    CheckedLink.objects.filter(pk=doubtful.pk).update(state="doubtful")


def sign_in(page: Page, site: str, username: str) -> None:
    page.goto(f"{site}/accounts/login/?next=/admin/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_readers_and_leads_see_what_was_retracted(open_page: OpenPage, live_site: str) -> None:
    world = w.build()
    empty = open_page()
    sign_in(empty, live_site, "editor")
    for address in ("retracted-sources/", "broken-links/"):
        empty.goto(f"{live_site}/admin/{address}")
        expect(empty.get_by_text("Nothing waits.")).to_be_visible()
        assert violations(empty) == []
    marked(world)
    empty.goto(f"{live_site}/admin/broken-links/")
    expect(empty.get_by_text("The site answered 404.")).to_be_visible()
    assert violations(empty) == []

    reader = open_page()
    reader.goto(f"{live_site}/uk/conditions/als/")
    expect(reader.get_by_text("This source was retracted on 3 May 2026")).to_be_visible()
    assert violations(reader) == []

    lead = open_page(width=390)
    sign_in(lead, live_site, "lead")
    lead.get_by_role("link", name="Retracted sources").first.click()
    assert violations(lead) == []
    lead.reload()
    lead.get_by_text("Let it stay in Amyotrophic lateral sclerosis (UK) …").focus()
    lead.keyboard.press("Enter")
    lead.keyboard.press("Tab")
    lead.keyboard.type("It is cited as a retracted work.")
    lead.keyboard.press("Tab")
    lead.keyboard.press("Enter")
    expect(lead.get_by_text("goes on citing this work. Readers still see")).to_be_visible()
    assert RetractionAnswer.objects.get().answered_by == world.lead
    assert violations(lead) == []
