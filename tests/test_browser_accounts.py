"""Every account page and its error states in Chromium: nothing that axe objects to, errors titled and in focus."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from playwright.sync_api import Page, expect
from pytest_django import Settings

from alsinfo.accounts.models import Role, User
from alsinfo.outbox.models import Message
from tests import axe, virtual_passkeys
from tests.second_factors import enrol, lasting_code_of
from tests.world import PASSWORD, person

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
ACCOUNTS = "/accounts"
NEW = "a longer sentence nobody guesses"


class Inspector:
    """Somebody who opens account pages one after the other and notes what is wrong with each."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.found = page, site, list[str]()

    def open(self, path: str, heading: str) -> None:
        """Go to the page of this heading and look at it."""
        self.page.goto(f"{self.site}{ACCOUNTS}{path}")
        self.look(heading)

    def look(self, heading: str) -> None:
        """Look at the page that is open."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self.found += axe.violations(self.page)

    def send(self, button: str, **fields: str) -> None:
        """Fill in fields by their name, and press the button."""
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)
        self.page.get_by_role("button", name=button, exact=True).click()

    def send_wrong(self, button: str, heading: str, **fields: str) -> None:
        """Send what is refused: the page comes back as an error, its list of errors in focus."""
        self.send(button, **fields)
        expect(self.page).to_have_title(re.compile("^Error: "))
        expect(self.page.get_by_role("alert").first).to_be_focused()
        self.look(heading)


@pytest.fixture
def inspector(page: Page, live_site: str, settings: Settings) -> Inspector:
    settings.REQUIRE_SECOND_FACTOR = True
    return Inspector(page, live_site)


@pytest.fixture
def editor(inspector: Inspector) -> User:
    return person("ed", Role.EDITOR, is_staff=True)


def give_password(inspector: Inspector) -> None:
    inspector.page.goto(f"{inspector.site}{ACCOUNTS}/login/")
    inspector.send("Sign in", login="ed", password=PASSWORD)


def test_pages_of_signing_in(inspector: Inspector, editor: User) -> None:
    inspector.open("/login/", "Sign in")
    inspector.send_wrong("Sign in", "Sign in", login="", password="")
    inspector.send_wrong("Sign in", "Sign in", login="ed", password="wrong")
    for _ in range(5):
        inspector.send("Sign in", login="ed", password="wrong")
    expect(inspector.page.get_by_text("too many wrong attempts").first).to_be_visible()
    inspector.look("Sign in")
    assert inspector.found == []


def test_pages_of_a_forgotten_password(inspector: Inspector, editor: User) -> None:
    inspector.open("/password/forgotten/", "Ask for a new password")
    inspector.send_wrong("Send me a link", "Ask for a new password", email="nothing")
    inspector.send("Send me a link", email=editor.email)
    inspector.look("Look at your e-mail")
    link = re.search(r"http://testserver/accounts(\S+)", Message.objects.get().body)
    assert link
    inspector.open(link[1], "Set a new password")
    inspector.send_wrong("Set my password", "Set a new password", password1="short", password2="other")
    inspector.send("Set my password", password1=NEW, password2=NEW)
    inspector.look("Your new password is set")
    inspector.page.context.clear_cookies()
    inspector.open(link[1], "This link no longer works")
    assert inspector.found == []


def test_pages_that_stop_somebody(inspector: Inspector, editor: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    give_password(inspector)
    inspector.open("/sessions/", "Where you are signed in")
    inspector.page.context.clear_cookies(name=str(settings.CSRF_COOKIE_NAME))
    inspector.send("Sign out everywhere else")
    inspector.look("Nothing was sent")
    inspector.page.context.clear_cookies()
    give_password(inspector)
    inspector.look("Too many attempts")
    assert inspector.found == []


def test_pages_of_an_account_without_a_second_factor(inspector: Inspector, editor: User) -> None:
    give_password(inspector)
    inspector.look("Your second factor")
    inspector.open("/password/", "Change your password")
    wrong = {"oldpassword": "wrong", "password1": "short", "password2": "other"}
    inspector.send_wrong("Change my password", "Change your password", **wrong)
    inspector.open("/again/", "Your password again")
    inspector.send_wrong("Go on", "Your password again", password="wrong")
    inspector.open("/factors/passkeys/", "Your passkeys")
    inspector.open("/factors/passkeys/add/", "Add a passkey")
    inspector.open("/factors/app/add/", "Set up an authenticator app")
    inspector.send_wrong("Add this app", "Set up an authenticator app", code="000000")
    inspector.send("Add this app", code=lasting_code_of(inspector.page.locator("main code").inner_text()))
    inspector.look("Your recovery codes")
    assert inspector.found == []


def test_pages_of_an_account_with_an_app(inspector: Inspector, editor: User) -> None:
    enrol(editor)
    codes = RecoveryCodes.activate(editor).get_unused_codes()
    give_password(inspector)
    inspector.look("Your second factor, please")
    inspector.send_wrong("Sign in", "Your second factor, please", code="000000")
    inspector.send("Sign in", code=codes[0])
    inspector.open("/factors/", "Your second factor")
    inspector.open("/again/code/", "A code, please")
    inspector.send_wrong("Go on", "A code, please", code="")
    inspector.open("/factors/app/remove/", "Remove the authenticator app")
    inspector.open("/factors/recovery-codes/new/", "Make new recovery codes")
    kept = Authenticator.objects.get(type="recovery_codes").wrap()
    assert all(kept.validate_code(code) for code in kept.get_unused_codes())
    inspector.open("/factors/recovery-codes/", "Your recovery codes")
    assert inspector.found == []


def test_pages_of_an_account_with_a_passkey(inspector: Inspector, editor: User) -> None:
    page = inspector.page
    with virtual_passkeys.device(page):
        give_password(inspector)
        page.goto(f"{inspector.site}{ACCOUNTS}/factors/passkeys/add/")
        inspector.send("Make a passkey", name="A phone with a name that is as long as a name can be, no more")
        inspector.look("Your recovery codes")
        inspector.open("/factors/", "Your second factor")
        inspector.open("/factors/passkeys/", "Your passkeys")
        page.get_by_role("link", name="Rename").click()
        inspector.look("Rename a passkey")
        inspector.send_wrong("Save the name", "Rename a passkey", name="")
        inspector.send("Save the name", name="My phone")
        inspector.look("Your passkeys")
        page.get_by_role("link", name="Remove").click()
        inspector.look("Remove “My phone”")
        inspector.open("/again/passkey/", "Your passkey, please")
    with virtual_passkeys.device(page):
        inspector.send("Use a passkey")
        expect(page.get_by_role("alert")).to_contain_text("No passkey answered")
        inspector.look("Your passkey, please")
    assert inspector.found == []
