"""Queues, calendar, figures and notices can be used by everybody, by keyboard and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from conditions.models import RegionalArticle
from tests import axe
from tests import world as w
from tests.notice_cases import lost_message
from tests.test_browser_work import enter
from tests.test_work import everything

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def test_from_the_first_page_to_what_waits_by_keyboard(open_page: OpenPage, live_site: str) -> None:
    world = w.build()
    everything(world)
    page = open_page()
    enter(page, live_site, "lead")
    page.get_by_role("link", name="Queues", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Waiting for review")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Waiting .*Dr Uk Reviewer, to answer by"))).to_be_visible()
    page.get_by_label("Region").select_option("us")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_role("link", name="Waiting (UK)")).to_have_count(0)
    page.get_by_role("link", name="Taken down: 0").press("Enter")
    expect(page.get_by_text("Nothing waits for what you chose.")).to_be_visible()
    page.get_by_role("link", name="Show all").press("Enter")
    page.get_by_role("link", name="Review calendar").press("Enter")
    expect(page.get_by_text("40 days overdue")).to_be_visible()
    page.get_by_role("button", name="Make an address").press("Enter")
    expect(page.get_by_label("Copy it now")).to_have_value(re.compile(r"/desk/calendars/\S+\.ics$"))


def test_every_new_screen_can_be_used_by_everybody(open_page: OpenPage, live_site: str) -> None:
    world = w.build()
    everything(world)
    RegionalArticle.objects.filter(region="US", next_review_due_on__isnull=False).update(next_review_due_on=w.today())
    lost_message(world)
    page = open_page()
    enter(page, live_site, "lead")
    found = []
    for address in (
        "/admin/queues/",
        "/admin/queues/?queue=suspended",
        "/admin/queues/?queue=scheduled",
        "/admin/review-calendar/",
        "/admin/figures/",
        "/admin/outbox/message/",
        "/accounts/notices/",
    ):
        page.goto(f"{live_site}{address}")
        found += axe.violations(page)
    page.get_by_label("Pause until").fill("2020-01-01")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page).to_have_title(re.compile("^Error: "))
    found += axe.violations(page)
    assert found == []
