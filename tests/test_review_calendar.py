"""Which page is due when, for both regions; and in a calendar program, for whoever may know."""

from datetime import timedelta

import pytest
from django.test import Client

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from conditions.actions import withdrawing
from conditions.models import Article, CalendarLink, RegionalArticle
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
PAGE = "/admin/review-calendar/"


def due_in(article: Article, days: int, region: w.Region = GB) -> None:
    page = w.page(article, region)
    RegionalArticle.objects.filter(pk=page.pk).update(next_review_due_on=w.today(region) + timedelta(days=days))


def titles(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    return [row["title"] for row in answer.context["rows"]]


def made(person: User) -> str:
    """The path of a new address of a person's calendar."""
    answer = signed_in(person).post(PAGE, {"make": "1"})
    address: str = answer.context["address"]
    assert address in answer.text
    return address.removeprefix("http://testserver")


def test_pages_are_listed_by_month_and_region_the_overdue_first(world: w.World, live: w.Article) -> None:
    due_in(live, -40)
    due_in(live, 100, US)
    client, name = signed_in(world.publisher), "Amyotrophic lateral sclerosis"
    assert titles(client) == titles(client, "month=nonsense") == [f"{name} (UK)"]
    month = f"month={w.today(US) + timedelta(days=100):%Y-%m}"
    assert titles(client, month) == [f"{name} (US)"]
    assert titles(client, f"{month}&region=uk") == []
    text = client.get(PAGE).text
    assert "Overdue: 1" in text and "40 days overdue" in text and "Editor, to start a review" in text


def test_an_empty_month_says_so(world: w.World) -> None:
    client = signed_in(world.editor)
    assert "Nothing is overdue" in client.get(PAGE).text
    assert "No review is due" in client.get(f"{PAGE}?month=2031-02").text


def test_a_calendar_program_gets_the_live_pages_and_nothing_of_drafts(world: w.World, live: w.Article) -> None:
    w.draft(world, w.article(world, "secret", "Secretword"))
    down = w.live(world, w.article(world, "down", "Taken down"), regions="GB")
    withdrawing.suspend(w.page(down), by=world.publisher, reason="A mistake.")
    answer = Client().get(made(world.editor))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer.headers["Cache-Control"], answer.cookies) == ("no-store", {})
    text = answer.text.replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2
    for region in (GB, US):
        day = w.page(live, region).next_review_due_on
        assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in text
        assert f"URL:http://testserver/{region.slug}/conditions/als/" in text
    assert "Secretword" not in text and "Taken down" not in text


def test_the_address_is_kept_as_a_hash_and_ends_when_another_is_made_or_it_is_revoked(
    world: w.World, live: w.Article
) -> None:
    first = made(world.editor)
    token = first.rsplit("/", 1)[1].removesuffix(".ics")
    assert token not in str(list(CalendarLink.objects.values()))
    second = made(world.editor)
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
    client = signed_in(world.editor)
    assert token not in client.get(PAGE).text
    assert "works no longer" in client.post(PAGE, {"revoke": "1"}, follow=True).text
    assert Client().get(second).status_code == 404
    assert "No address of your calendar works" in client.post(PAGE, {"revoke": "1"}, follow=True).text


def test_who_left_or_works_on_articles_no_more_gets_the_same_answer_as_for_nothing(world: w.World) -> None:
    address, other = made(world.editor), made(world.lead)
    roles.revoke(world.editor, Role.EDITOR, by=None)
    User.objects.filter(pk=world.lead.pk).update(is_active=False)
    answers = [Client().get(each) for each in (address, other, "/desk/calendars/nothing.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_superuser_looks_but_gets_no_address(world: w.World) -> None:
    client = signed_in(world.superuser)
    assert client.get(PAGE).status_code == 200
    client.post(PAGE, {"make": "1"})
    assert not CalendarLink.objects.exists()
