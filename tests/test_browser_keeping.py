"""Pages are taken down, kept up, led elsewhere, brought back: in three taps on a phone, by keyboard, by everybody."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from alsinfo.admin.records import page_of
from conditions.models import Article, RegionalArticle
from tests import axe
from tests import world as w
from tests.test_browser_work import enter
from tests.walk_of_keeping import elsewhere
from tests.world import US

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
FINGER = 24  # CSS pixels, WCAG 2.2 AA


def test_a_person_on_a_phone_takes_a_page_down_in_three_taps_from_the_article(
    open_page: OpenPage, live_site: str
) -> None:
    world = w.build()
    article = w.live(world)
    page = open_page(width=390, height=844, has_touch=True, is_mobile=True)
    enter(page, live_site, "publisher")
    page.goto(f"{live_site}/uk/conditions/als/")
    taps = []

    def tap(what: Locator) -> None:
        box = what.bounding_box()
        assert box and min(box["width"], box["height"]) >= FINGER
        what.tap()
        taps.append(page.url)

    tap(page.get_by_role("link", name="Staff: take this page down"))
    tap(page.get_by_label("Why"))
    page.keyboard.type("A wrong dose.")
    tap(page.get_by_role("button", name="Take this page down"))
    expect(page.get_by_role("heading", name="is down")).to_be_visible()
    assert (len(taps), w.page(article).state) == (3, "suspended")
    answer = page.goto(f"{live_site}/uk/conditions/als/")
    assert answer and answer.status == 410
    expect(page.get_by_text("A wrong dose.")).to_be_visible()


def test_two_persons_take_a_page_down_for_good_and_bring_it_back_by_keyboard(
    open_page: OpenPage, live_site: str
) -> None:
    world = w.build()
    article = w.live(world)
    elsewhere(world)
    place = live_site + page_of(article)
    publisher, lead = open_page(), open_page()
    enter(publisher, live_site, "publisher")
    enter(lead, live_site, "lead")
    publisher.goto(place)
    press(publisher, "Propose to withdraw it", Reason="Outdated.")
    expect(publisher.get_by_text("You proposed this, so another person has to agree.")).to_be_visible()
    lead.goto(place)
    press(lead, "Agree to withdraw it")
    expect(lead.get_by_text("Withdrawn", exact=True).first).to_be_visible()
    press(lead, "Propose to bring it back", Reason="It is right.")
    publisher.goto(place)
    press(publisher, "Agree to bring it back")
    assert w.page(article).reinstatements.filter(agreed_by=world.publisher).count() == 1
    assert axe.violations(publisher) == []


def press(page: Page, deed: str, **fields: str) -> None:
    """Open what the UK card offers, fill it in and send it, without a mouse."""
    card = page.get_by_role("region", name="UK", exact=True)
    opener = card.locator("summary", has_text=deed)
    if opener.count():
        opener.press("Enter")
    for label, text in fields.items():
        card.locator("details[open]").get_by_label(label).fill(text)
    card.get_by_role("button", name=deed).press("Enter")
    page.wait_for_load_state("load")


def test_what_keeps_a_page_true_can_be_used_by_everybody(open_page: OpenPage, live_site: str) -> None:
    world = w.build()
    article = overdue(w.live(world))
    row = w.submit(world, w.draft(world, w.article(world, "pls", "PLS"), regions="US"))[US]
    w.sign(row)
    elsewhere(world)
    lead, publisher = open_page(), open_page()
    enter(lead, live_site, "lead")
    enter(publisher, live_site, "publisher")
    lead.goto(live_site + page_of(article))
    found = axe.violations(lead)  # with every form open
    publisher.goto(live_site + page_of(article))
    press(publisher, "Lead it to another page", Reason="The two are one.")
    found += axe.violations(publisher)
    publisher.goto(live_site + page_of(row.edition))
    found += axe.violations(publisher)
    publisher.goto(f"{live_site}/desk/take-down/uk/als/")
    publisher.get_by_label("Why").fill(" ")
    publisher.get_by_role("button", name="Take this page down").press("Enter")
    expect(publisher).to_have_title(re.compile("^Error: "))
    found += axe.violations(publisher)
    publisher.get_by_label("Why").fill("A doubt.")
    publisher.get_by_role("button", name="Take this page down").press("Enter")
    expect(publisher.get_by_role("heading", name="is down")).to_be_visible()
    assert [*found, *axe.violations(publisher)] == []


def overdue(article: Article) -> Article:
    RegionalArticle.objects.filter(article=article).update(next_review_due_on=w.today() - timedelta(days=40))
    return article
