"""Those who are invited, in Chromium: somebody who joins, a reviewer who opens a link, a reader of a draft."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from conditions.actions import reading
from conditions.models import ReviewAssignment, ReviewComment
from tests import invitations
from tests import world as w
from tests.at_desk import address
from tests.at_readings import WORDS, where
from tests.axe import violations
from tests.test_invitation_links import link_to
from tests.world import GB

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
PASSWORD = "a longer sentence nobody guesses"


def sign_in(page: Page, username: str) -> None:
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_somebody_invited_sets_a_password_and_goes_to_work(world: w.World, page: Page, live_site: str) -> None:
    link = invitations.link_to(w.invite(world))
    page.goto(live_site + link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome, Invited")
    assert violations(page) == []
    fields = page.locator("[type=password]")
    fields.nth(0).fill("short")
    fields.nth(1).fill("short")
    fields.nth(1).press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert violations(page) == [], "with an error"
    fields.nth(0).fill(PASSWORD)
    fields.nth(1).fill(PASSWORD)
    fields.nth(1).press("Enter")
    expect(page).not_to_have_url(f"{live_site}{invitations.FORM}")
    page.goto(live_site + link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This invitation no longer works")
    assert violations(page) == [], "a link that was used"


def test_a_reviewer_opens_the_link_without_signing_in(world: w.World, page: Page, live_site: str) -> None:
    to = w.assignment(w.submit(world, w.draft(world))[GB])
    page.goto(live_site + link_to(to))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Will you review")
    assert violations(page) == []
    assert page.context.cookies() == []
    page.get_by_role("link", name="Sign in to answer").click()
    sign_in(page, to.reviewer.user.username)
    expect(page).to_have_url(live_site + address(to))
    assert violations(page) == [], "the request"


def accepted(world: w.World) -> ReviewAssignment:
    return w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))


def test_what_stands_around_a_review_has_no_barrier_that_axe_finds(world: w.World, page: Page, live_site: str) -> None:
    to = accepted(world)
    page.goto(f"{live_site}{address(to)}")
    sign_in(page, to.reviewer.user.username)
    for part in (address(to, "date/"), address(to, "copy/"), address(to, "page/"), "/desk/record/", "/desk/profile/"):
        page.goto(live_site + part)
        assert violations(page) == [], part


def test_a_reader_of_a_draft_says_what_is_unclear(world: w.World, open_page: OpenPage, live_site: str) -> None:
    page = open_page(width=390, height=844, java_script_enabled=False)
    asked = reading.invite_reader(w.submit(world, w.draft(world))[GB], world.draft_reader, by=world.editor)
    page.goto(live_site + where(asked))
    sign_in(page, world.draft_reader.username)
    page.get_by_role("button").filter(has_text="Yes").or_(
        page.get_by_role("button", name="Open the draft")
    ).first.click()
    section = page.locator("details").filter(has=page.locator("[name=say-section-symptoms]"))
    section.locator("summary").click()
    page.locator("[name=say-section-symptoms]").fill(WORDS)
    page.get_by_role("button", name="Send my remarks").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you for reading")
    assert [comment.body for comment in ReviewComment.objects.all()] == [WORDS]


def test_the_pages_of_a_reader_have_no_barrier_that_axe_finds(world: w.World, page: Page, live_site: str) -> None:
    asked = reading.invite_reader(w.submit(world, w.draft(world))[GB], world.draft_reader, by=world.editor)
    page.goto(live_site + where(asked))
    sign_in(page, world.draft_reader.username)
    assert violations(page) == [], "the request"
    reading.accept_reading(asked, by=world.draft_reader)
    page.goto(live_site + where(asked))
    assert violations(page) == [], "the text"
    page.goto(f"{live_site}/desk/readings/")
    assert violations(page) == [], "the list"
