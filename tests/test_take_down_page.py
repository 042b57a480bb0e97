"""Staff take a page down in three taps from the article, and are reminded daily of what stays down."""

from datetime import timedelta

import pytest
from django.test import Client

from alsinfo.outbox.models import Message
from conditions.actions import withdrawing
from conditions.models import Article, Suspension
from tests import world as w
from tests.pages import messages, post, signed_in
from tests.world import US

pytestmark = pytest.mark.django_db
PLACE = "/desk/take-down/uk/als/"


@pytest.fixture
def article(live: w.Article) -> Article:
    return live


@pytest.mark.parametrize("who", ["publisher", "lead", "uk"])
def test_who_may_follows_the_link_says_why_and_presses_the_button(
    world: w.World, article: Article, client: Client, who: str
) -> None:
    assert f'href="{PLACE}"' in client.get("/uk/conditions/als/").text
    person = getattr(world, who)
    browser = signed_in(getattr(person, "user", person))
    assert "Take down Amyotrophic lateral sclerosis, UK?" in browser.get(PLACE).text.replace(" (UK)", ", UK")
    assert w.page(article).state == "live"
    answer = post(browser, PLACE, {"reason": "A wrong dose."})
    assert messages(answer) == ["The page is down. Publishers and clinical leads were told."]
    assert (w.page(article).state, w.page(article, US).state) == ("suspended", "live")
    assert "A wrong dose." in client.get("/uk/conditions/als/").text
    assert "A wrong dose." in browser.get(PLACE).text


def test_without_a_reason_nothing_happens_and_the_fault_is_said(world: w.World, article: Article) -> None:
    answer = signed_in(world.publisher).post(PLACE, {"reason": " "})
    assert answer.status_code == 400
    assert "Say why, in a sentence for readers." in answer.content.decode()
    assert w.page(article).state == "live"


@pytest.mark.parametrize("who", ["editor", "administrator", "us", "other_uk"])
def test_who_may_not_reads_why(world: w.World, article: Article, who: str) -> None:
    person = getattr(world, who)
    browser = signed_in(getattr(person, "user", person))
    assert browser.get(PLACE).status_code == browser.post(PLACE, {"reason": "A doubt."}).status_code == 403
    assert w.page(article).state == "live"


def test_without_a_session_one_signs_in_first_and_what_was_typed_is_kept(article: Article, client: Client) -> None:
    assert client.get(PLACE).headers["Location"].startswith("/accounts/login/")
    assert client.post(PLACE, {"reason": "A doubt."}).headers["Location"].startswith("/accounts/login/")
    assert w.page(article).state == "live"


def test_a_page_nobody_got_is_not_there(world: w.World) -> None:
    w.draft(world)
    publisher = signed_in(world.publisher)
    for place in (PLACE, "/desk/take-down/uk/nothing/", "/desk/take-down/fr/als/"):
        assert publisher.get(place).status_code == 404


def test_who_decides_is_told_once_a_day_while_a_page_stays_down(world: w.World, article: Article) -> None:
    suspension = withdrawing.suspend(w.page(article), by=world.publisher, reason="A doubt.")
    at = suspension.suspended_at

    def told() -> list[str]:
        found = Message.objects.filter(subject__startswith="Still down", to_user=world.lead).order_by("pk")
        return [subject.partition(":")[0] for subject in found.values_list("subject", flat=True)]

    for hours in (1, 23, 24, 25, 47, 48, 120, 121):  # from the third to the fifth day nothing ran
        withdrawing.remind_of_suspensions(at + timedelta(hours=hours))
    assert told() == ["Still down after 1 day", "Still down after 2 days", "Still down after 5 days"]
    withdrawing.lift(w.page(article), by=world.lead, reason="It was right.")
    assert withdrawing.remind_of_suspensions(at + timedelta(days=9)) == 0
    assert Suspension.objects.count() == 1
