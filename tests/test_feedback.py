"""Readers tell us what is wrong: without an account, a cookie or a script, and nobody learns who they are."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message
from conditions.actions import triaging, withdrawing
from conditions.models import Feedback
from conditions.readers import senders
from tests import pages
from tests import world as w

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
ALS = "/uk/feedback/?page=als"
SENT = "/uk/feedback/sent/?page=als"
SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def world(world: w.World, live: w.Article) -> w.World:
    """A world with a live article."""
    return world


def send(page: str = ALS, *, headers: Any = SITE, client: Client | None = None, **changes: str) -> Any:
    """Open the form as a browser without cookies, fill it in and send it."""
    client = client or Client(REMOTE_ADDR="192.0.2.1")
    found = pages.form(client.get(page), page)
    data = {name: values[-1] for name, values in found.fields.items()} | changes
    answer = client.post(page, data, headers=headers)
    assert not answer.cookies
    return answer


def said() -> list[tuple[str, str, str, bool, str]]:
    return list(Feedback.objects.order_by("pk").values_list("about", "heading", "words", "could_harm", "state"))


def test_an_article_leads_to_the_form_with_the_answer_chosen(client: Client, world: w.World) -> None:
    article = client.get("/uk/conditions/als/")
    assert b"<form" not in article.content
    assert 'href="/uk/feedback/?page=als&amp;about=mistake"' in article.text
    page = client.get(f"{ALS}&about=mistake")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "Amyotrophic lateral sclerosis" in page.text and "noindex" in page.text
    assert pages.form(page, ALS).fields["about"] == ["mistake"]


def test_a_mistake_is_kept_with_its_section_and_the_version_that_was_read(client: Client, world: w.World) -> None:
    answer = send(about="mistake", section="symptoms", words="Weak is\r\nwrong. ", could_harm="on")
    assert (answer.status_code, answer.headers["Location"]) == (302, SENT)
    assert said() == [("mistake", "Symptoms", "Weak is\nwrong.", True, "new")]
    assert Feedback.objects.get().publication == w.page(w.Article.objects.get()).live_publication()
    thanks = client.get(SENT)
    assert "Thank you" in thanks.text and "tel:999" in thanks.text and "/uk/conditions/als/" in thanks.text


def test_a_yes_is_only_counted_and_a_no_with_words_is_read(world: w.World) -> None:
    for about, words in (
        ("helpful", ""),
        ("not-helpful", " "),
        ("not-helpful", "How to sleep?"),
        ("helpful", "Thanks"),
    ):
        assert send(about=about, words=words).status_code == 302
    assert [row[-1] for row in said()] == ["counted", "counted", "new", "new"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"about": ""}, "Choose what you would like to tell us."),
        ({"about": "mistake", "words": " "}, "Write what is wrong"),
        ({"about": "mistake", "words": "x" * 2001}, "2,001 characters; at most 2,000"),
        ({"about": "mistake", "words": "x", "section": "nonsense"}, "Select a valid choice"),
        ({"about": "praise"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_taken_is_said_and_everything_typed_stays(
    world: w.World, changes: dict[str, str], sentence: str
) -> None:
    answer = send(client=None, **{"words": "Kept words.", "could_harm": "on", **changes})
    assert answer.status_code == 400
    assert "<title>Error: " in answer.text and sentence in answer.text
    again = pages.form(answer, ALS).fields
    assert again["words"] == [changes.get("words", "Kept words.")] and "could_harm" in again
    assert said() == []


def test_a_form_of_another_website_a_program_or_long_ago_is_shown_again_to_be_sent_by_hand(world: w.World) -> None:
    words: Any = {"about": "mistake", "words": "Kept words."}
    refused = [
        send(headers={"Sec-Fetch-Site": "cross-site"}, **words),
        send(headers={"Origin": "https://elsewhere.example"}, **words),
        send(headers={"Origin": "null"}, **words),
        send(nothing_here="http://spam.example", **words),
        send(token="", **words),
        send(token="forged:token:here", **words),
    ]
    assert [answer.status_code for answer in refused] == [403, 403, 403, 400, 400, 400]
    assert said() == []
    for answer in refused:
        form = pages.form(answer, ALS).fields
        assert (form["words"], form["nothing_here"]) == (["Kept words."], [""])
        client = Client(REMOTE_ADDR="192.0.2.9")
        sent = {name: value[-1] for name, value in form.items()} | {"words": f"From {len(said())}."}
        assert client.post(ALS, sent, headers=SITE).status_code == 302
    assert len(said()) == len(refused)


def test_a_form_is_sent_from_here_by_its_own_origin_or_by_a_browser_that_says_nothing(world: w.World) -> None:
    for headers in ({"Origin": "http://testserver"}, {}, {"Sec-Fetch-Site": "none"}):
        assert send(headers=headers, about="helpful").status_code == 302


def test_a_button_pressed_twice_sends_once(world: w.World) -> None:
    for _ in range(2):
        assert send(about="mistake", words="The dose is wrong.").status_code == 302
    assert len(said()) == 1
    assert send(about="mistake", words="The other dose, too.").status_code == 302
    assert len(said()) == 2


def test_the_eleventh_message_within_the_hour_waits_and_other_senders_do_not(world: w.World) -> None:
    for number in range(10):
        assert send(about="mistake", words=f"Mistake {number}.").status_code == 302
    answer = send(about="mistake", words="Kept words.")
    assert answer.status_code == 429 and "send this again in an hour" in answer.text
    assert pages.form(answer, ALS).fields["words"] == ["Kept words."]
    elsewhere = Client(REMOTE_ADDR="2001:db8:1:2:3::4")
    assert send(client=elsewhere, about="mistake", words="From elsewhere.").status_code == 302
    kept = str([list(model.objects.values()) for model in (Feedback, AuditEvent)]) + str(vars(cache))
    assert "192.0.2.1" not in kept and "2001:db8" not in kept


def test_neighbours_of_one_network_count_together_and_no_address_is_in_the_cache(
    world: w.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: list[str] = []
    monkeypatch.setattr(senders, "MOST_AN_HOUR", 1)
    real = cache.add

    def add(key: str, *rest: Any) -> bool:
        keys.append(key)
        return real(key, *rest)

    monkeypatch.setattr(cache, "add", add)
    one, two = Client(REMOTE_ADDR="2001:db8:1:2::1"), Client(REMOTE_ADDR="2001:db8:1:2::2")
    assert send(client=one, about="helpful").status_code == 302
    assert send(client=two, about="not-helpful").status_code == 429
    assert keys and all(re.fullmatch("sender:[0-9a-f]{64}", key) for key in keys)


def test_without_a_cache_everything_is_taken(world: w.World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise ConnectionError

    for name in ("add", "incr", "get", "delete"):
        monkeypatch.setattr(cache, name, fail)
    for number in range(12):
        assert send(about="mistake", words=f"Mistake {number}.").status_code == 302
    assert len(said()) == 12


def test_an_unknown_page_an_unpublished_one_and_one_taken_down_are_the_site(client: Client, world: w.World) -> None:
    w.draft(world, w.article(world, "draft", "Secret draft"))
    down = w.live(world, w.article(world, "down", "Taken down"))
    withdrawing.suspend(w.page(down), by=world.publisher, reason="A mistake.")
    tokens = {}
    for slug in ("draft", "down", "never-was", "x" * 300):
        page = client.get(f"/uk/feedback/?page={slug}")
        assert page.status_code == 200 and "Tell us about this site" in page.text
        assert "Secret" not in page.text and "section" not in pages.form(page, "/uk/feedback/").fields
        tokens[slug] = page.text.replace(pages.form(page, "/uk/feedback/").fields["token"][0], "")
    assert len(set(tokens.values())) == 1
    assert send("/uk/feedback/", about="other", words="A good site.").status_code == 302
    assert Feedback.objects.get().publication is None


def test_what_was_read_before_a_new_version_is_taken_for_the_version_that_was_read(world: w.World) -> None:
    client = Client()
    form = pages.form(client.get(ALS), ALS).fields
    edition = w.drafting.start(w.Article.objects.get(), by=world.editor)
    w.edit(edition, world.editor, "symptoms", "Muscles become weak [@brown2017].")
    for row in w.submit(world, edition).values():
        w.publish(world, row)
    data = {"token": form["token"][0], "about": "mistake", "section": "symptoms", "words": "Wrong."}
    assert client.post(ALS, data, headers=SITE).status_code == 302
    assert Feedback.objects.get().publication.sequence == 1  # type: ignore[union-attr]


def test_a_form_of_one_region_is_not_taken_in_the_other(client: Client, world: w.World) -> None:
    form = pages.form(client.get(ALS), ALS).fields
    data = {"token": form["token"][0], "about": "other", "words": "Wrong."}
    assert client.post("/us/feedback/", data, headers=SITE).status_code == 400
    assert client.get("/fr/feedback/").status_code == 404
    assert said() == []


def test_the_leads_and_the_owner_are_told_of_a_possible_harm_once_a_day_and_not_in_the_readers_words(
    world: w.World,
) -> None:
    for words in ("The dose is ten times too high.", "The dose is too high."):
        send(about="mistake", words=words, could_harm="on")
    people = (world.lead, world.editor, world.publisher)
    mails = [
        list(Message.objects.filter(to_user=person).filter(subject__contains="reader").values()) for person in people
    ]
    assert [len(each) for each in mails] == [1, 1, 0]
    assert "dose" not in str(mails) and "could harm somebody" in str(mails)


def test_words_are_forgotten_after_two_years_and_by_hand_at_once(world: w.World) -> None:
    send(about="mistake", words="I am Ada.")
    feedback = Feedback.objects.get()
    assert triaging.blank_what_is_old(clock_now() + timedelta(days=729)) == 0
    assert triaging.blank_what_is_old(clock_now() + timedelta(days=732)) == 1
    assert triaging.blank_what_is_old(clock_now() + timedelta(days=732)) == 0
    feedback.refresh_from_db()
    assert (feedback.words, feedback.about, feedback.state) == ("", "mistake", "new")
    assert "I am Ada" not in str(list(AuditEvent.objects.values()))
