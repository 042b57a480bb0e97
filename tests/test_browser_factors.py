"""Second factors in Chromium, with JavaScript and without: set up, used to sign in and to sign, lost, replaced."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pytest_django import Settings

from alsinfo.concurrency import clock_now
from conditions.models import ReviewAssignment, SignOff
from tests import at_desk, virtual_passkeys
from tests import world as w
from tests.second_factors import lasting_code_of
from tests.world import GB, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
LOGIN, FACTORS = "/accounts/login/", "/accounts/factors/"


@pytest.fixture
def accepted(settings: Settings) -> ReviewAssignment:
    settings.REQUIRE_SECOND_FACTOR = True
    world = w.build()
    return w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))


def give_password(page: Page, site: str, of: ReviewAssignment) -> None:
    """Sign in as far as the password goes."""
    page.goto(f"{site}{LOGIN}")
    page.get_by_label("User name").fill(of.reviewer.user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()


def sign_in_with_passkey(page: Page, site: str, of: ReviewAssignment) -> None:
    give_password(page, site, of)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{site}/desk/")


def recovery_codes(page: Page) -> list[str]:
    """The codes that are shown once a first factor is set up."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    return page.locator("main code").all_inner_texts()


def add_passkey(page: Page, name: str) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make a passkey").click()


def add_app(page: Page) -> str:
    """Set an app up as the page says; its secret."""
    page.get_by_role("link", name="Set up an authenticator app").click()
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code").fill(lasting_code_of(secret))
    page.get_by_role("button", name="Add this app").click()
    return secret


def fill_decision(page: Page, site: str, of: ReviewAssignment) -> None:
    """All that a signature needs but the second factor."""
    page.goto(f"{site}{at_desk.address(of)}")
    page.get_by_label("The whole page").check()
    page.get_by_label("still true").check()
    page.get_by_label("password").fill(PASSWORD)


def test_a_passkey_from_setting_up_to_losing_and_replacing_it(
    open_page: OpenPage, live_site: str, accepted: ReviewAssignment
) -> None:
    page = open_page(width=390)
    with virtual_passkeys.device(page):
        give_password(page, live_site, accepted)
        expect(page).to_have_url(f"{live_site}{FACTORS}")
        add_passkey(page, "My old phone")
        codes = recovery_codes(page)
        assert len(codes) == 10
        sign_out(page)

        sign_in_with_passkey(page, live_site, accepted)

        fill_decision(page, live_site, accepted)
        page.get_by_role("button", name="Use a passkey and send").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("You signed")
        assert SignOff.objects.count() == 1
        sign_out(page)

    with virtual_passkeys.device(page):
        give_password(page, live_site, accepted)
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("No passkey answered, and nothing was sent.")
        page.get_by_label("Code").fill(codes[0])
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{live_site}/desk/")

        page.goto(f"{live_site}{FACTORS}")
        page.get_by_role("link", name="Look at your passkeys").click()
        page.get_by_role("link", name="Remove My old phone").click()
        page.get_by_role("button", name="Remove this passkey").click()
        expect(page.get_by_text("You have none.")).to_be_visible()
        add_passkey(page, "My new phone")
        assert not {*recovery_codes(page)} & {*codes}
        sign_out(page)

        sign_in_with_passkey(page, live_site, accepted)


def test_without_javascript_an_app_and_recovery_codes_do(
    open_page: OpenPage, live_site: str, accepted: ReviewAssignment
) -> None:
    page = open_page(width=390, java_script_enabled=False)
    give_password(page, live_site, accepted)
    page.goto(f"{live_site}{FACTORS}passkeys/add/")
    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Make a passkey")).to_be_hidden()
    page.goto(f"{live_site}{FACTORS}")
    secret = add_app(page)
    codes = recovery_codes(page)
    sign_out(page)

    give_password(page, live_site, accepted)
    with time_machine.travel(clock_now() + timedelta(seconds=30)):
        page.get_by_label("Code").fill(lasting_code_of(secret))
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{live_site}/desk/")
    with time_machine.travel(clock_now() + timedelta(seconds=60)):
        fill_decision(page, live_site, accepted)
        page.get_by_label("A code, to sign").fill(lasting_code_of(secret))
        page.get_by_role("button", name="Send my decision").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("You signed")
    sign_out(page)

    give_password(page, live_site, accepted)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{live_site}{FACTORS}")
    page.get_by_role("link", name="Remove the app").click()
    page.get_by_role("button", name="Remove the app").click()
    another = add_app(page)
    assert another != secret
    assert not {*recovery_codes(page)} & {*codes}
