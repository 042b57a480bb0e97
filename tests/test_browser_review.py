"""The review page in Chromium, on a phone: few interactions, and nothing signed twice or lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from conditions.actions import submitting
from conditions.models import ReviewAssignment, ReviewComment, SignOff
from tests import world as w
from tests.at_desk import address
from tests.axe import violations
from tests.long_text import accepted_review

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
MOST_INTERACTIONS = 4
MOST_TAB_STOPS = 30
WORDS = "Is this figure of the UK?"


@pytest.fixture
def to(world: w.World) -> ReviewAssignment:
    return accepted_review(world)


class Phone:
    """A reviewer's phone with the review on its screen, counting what the reviewer does."""

    def __init__(self, open_page: OpenPage, site: str, to: ReviewAssignment, **options: object) -> None:
        self.page, self.site, self.to, self.interactions = open_page(width=390, height=844, **options), site, to, 0
        self.sign_in()

    def sign_in(self) -> None:
        self.page.goto(self.site + address(self.to))
        self.page.locator("[name=login]").fill(self.to.reviewer.user.username)
        self.page.locator("[name=password]").fill(w.PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(self.site + address(self.to))

    def choose(self, label: str) -> None:
        self.interactions += 1
        self.page.get_by_label(label).check()

    def type_password(self, password: str = w.PASSWORD) -> None:
        self.interactions += 1
        self.page.get_by_label("Your password, to sign").fill(password)

    def send(self) -> None:
        self.interactions += 1
        self.page.get_by_role("button", name="Send my decision").click()

    def sign(self, password: str = w.PASSWORD) -> None:
        self.choose("Sign these changes only")
        self.choose("To sign: my declaration is still true")
        self.type_password(password)
        self.send()

    def comment(self) -> None:
        part = self.page.locator("#page-section-part-3")
        part.locator("summary", has_text="or comment").click()
        part.get_by_label("Your comment").first.fill(WORDS)

    def commented(self) -> str:
        return self.page.locator("#page-section-part-3").get_by_label("Your comment").first.input_value()


@pytest.fixture
def phone(open_page: OpenPage, live_site: str, to: ReviewAssignment) -> Phone:
    return Phone(open_page, live_site, to)


@pytest.mark.parametrize("has_script", [True, False])
def test_signing_takes_four_interactions_on_a_phone(
    open_page: OpenPage, live_site: str, to: ReviewAssignment, has_script: bool
) -> None:
    phone = Phone(open_page, live_site, to, java_script_enabled=has_script)
    expect(phone.page.get_by_text("3 of 12 sections differ")).to_be_visible()
    phone.sign()
    expect(phone.page).to_have_url(live_site + address(to, "receipt/"))
    assert phone.interactions <= MOST_INTERACTIONS
    assert SignOff.objects.get(assignment=to).scope == "changes-only"


def test_the_page_has_at_most_thirty_tab_stops_and_fits_the_screen(phone: Phone) -> None:
    stops = []
    for _ in range(3 * MOST_TAB_STOPS):
        phone.page.keyboard.press("Tab")
        stop = phone.page.evaluate("document.activeElement === document.body ? '' : document.activeElement.outerHTML")
        if not stop:
            break
        stops.append(stop[:80])
    assert 10 < len(stops) <= MOST_TAB_STOPS, "\n".join(stops)
    for width in (390, 320):
        phone.page.set_viewport_size({"width": width, "height": 700})
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= width


def test_queue_review_and_receipt_have_no_barrier_that_axe_finds(phone: Phone) -> None:
    phone.page.goto(f"{phone.site}/desk/")
    assert violations(phone.page) == []
    phone.page.goto(phone.site + address(phone.to))
    assert violations(phone.page) == []
    phone.page.reload()
    phone.comment()
    phone.sign("wrong")
    assert violations(phone.page) == [], "with errors"
    phone.type_password()
    phone.send()
    assert violations(phone.page) == [], "the receipt"


def test_a_wrong_password_keeps_every_word_and_the_next_try_signs_once(phone: Phone) -> None:
    phone.comment()
    phone.sign("wrong")
    expect(phone.page.get_by_role("alert")).to_be_focused()
    assert phone.commented() == WORDS
    assert not SignOff.objects.filter(assignment=phone.to).exists()
    phone.type_password()
    phone.send()
    expect(phone.page).to_have_url(phone.site + address(phone.to, "receipt/"))
    assert [comment.body for comment in ReviewComment.objects.all()] == [WORDS]


def test_a_double_click_and_the_back_button_sign_nothing_twice(phone: Phone) -> None:
    phone.comment()
    phone.choose("Sign these changes only")
    phone.choose("To sign: my declaration is still true")
    phone.type_password()
    phone.page.get_by_role("button", name="Send my decision").dblclick()
    expect(phone.page).to_have_url(phone.site + address(phone.to, "receipt/"))
    phone.page.go_back()
    if phone.page.url.endswith(address(phone.to)) and phone.page.get_by_role("button", name="Send my decision").count():
        phone.sign()
    expect(phone.page).to_have_url(phone.site + address(phone.to, "receipt/"))
    assert SignOff.objects.filter(assignment=phone.to).count() == 1
    assert ReviewComment.objects.count() == 1


def test_a_session_that_ended_loses_no_comment(phone: Phone) -> None:
    phone.comment()
    phone.choose("Sign these changes only")
    phone.page.context.clear_cookies(name="__Host-session")
    phone.page.context.clear_cookies(name="sessionid")
    phone.send()
    phone.page.locator("[name=login]").fill(phone.to.reviewer.user.username)
    phone.page.locator("[name=password]").fill(w.PASSWORD)
    phone.page.get_by_role("button", name="Sign in").click()
    expect(phone.page.get_by_text("Your session had ended, so nothing was sent.")).to_be_visible()
    assert phone.commented() == WORDS
    expect(phone.page.get_by_label("Sign these changes only")).to_be_checked()
    assert not SignOff.objects.filter(assignment=phone.to).exists()


def test_a_text_that_moved_while_reading_is_not_signed_and_the_words_are_kept(world: w.World, phone: Phone) -> None:
    phone.comment()
    row = phone.to.regional_edition
    assert row is not None
    submitting.reopen(row, by=world.editor, reason="A figure was wrong.")
    w.edit(row.edition, world.editor, "part-5", "Shorter now [@brown2017].")
    again = w.accept(w.assignment(w.submit(world, row.edition)[w.GB]))
    phone.sign()
    expect(phone.page.get_by_text("A figure was wrong.").first).to_be_visible()
    phone.page.get_by_role("link", name="Go to the newer request").click()
    expect(phone.page).to_have_url(phone.site + address(again))
    assert phone.commented() == WORDS
    assert not SignOff.objects.filter(assignment__in=[phone.to, again]).exists()


def test_what_was_saved_on_a_phone_is_there_on_another_device(
    open_page: OpenPage, live_site: str, phone: Phone
) -> None:
    phone.comment()
    phone.page.get_by_role("button", name="Save and go on later").click()
    expect(phone.page.get_by_text("Saved. Nothing was sent.")).to_be_visible()
    elsewhere = Phone(open_page, live_site, phone.to, java_script_enabled=False)
    assert elsewhere.commented() == WORDS
