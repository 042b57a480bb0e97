"""Owners are told of review dates, leads of those long past: once for each date, by the days of the page's region."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.outbox.models import Message
from conditions.actions import deferring, owning, retiring
from conditions.actions.reminding import remind_owners
from conditions.content.currency import THRESHOLDS, in_words
from conditions.models import Article, RegionalArticle
from tests import world as w
from tests.racing import races
from tests.world import GB, US

pytestmark = pytest.mark.django_db
DUE = GB.day(datetime.now(UTC)) + timedelta(days=200)


@pytest.fixture
def article(world: w.World) -> Article:
    """Live for the UK, due in 200 days."""
    found = w.live(world, regions="GB")
    move(found, DUE)
    Message.objects.all().delete()
    return found


def move(article: Article, day: date) -> None:
    RegionalArticle.objects.filter(article=article, last_reviewed_on__isnull=False).update(next_review_due_on=day)


def run(days: int, due: date = DUE) -> None:
    """As at noon, so many days after the date."""
    remind_owners(datetime(due.year, due.month, due.day, 12, tzinfo=UTC) + timedelta(days=days))


def told(person: User) -> list[str]:
    return [
        subject.split(":")[0]
        for subject in Message.objects.filter(to_user=person).order_by("pk").values_list("subject", flat=True)
    ]


def test_each_threshold_is_told_once_however_often_it_is_looked(world: w.World, article: Article) -> None:
    for day in range(-100, 100):
        if day % 7 == 0 or any(day - each in (-1, 0, 1) for each in (-90, -30, -7, 0, 30, 90)):
            run(day)
    assert told(world.editor) == [
        "Review in 3 months",
        "Review in 30 days",
        "Review in 7 days",
        "Review due today",
        "Review 30 days overdue",
        "Review 90 days overdue",
    ]
    assert told(world.lead) == told(world.other_lead) == told(world.editor)[4:]
    message = Message.objects.filter(to_user=world.editor).latest("pk")
    assert f"{DUE:%-d %B %Y}" in message.body and f"/admin/conditions/article/{article.pk}/change/\n" in message.body
    assert {message.kind for message in Message.objects.all()} == {"item"}


def test_three_missed_days_lose_nothing(world: w.World, article: Article) -> None:
    run(-31)
    run(-27)
    assert told(world.editor) == ["Review in 31 days", "Review in 27 days"]


def test_after_a_long_gap_only_the_newest_is_told(world: w.World, article: Article) -> None:
    run(10)
    run(11)
    assert told(world.editor) == ["Review 10 days overdue"]


def test_another_date_begins_anew(world: w.World, article: Article) -> None:
    run(-7)
    move(article, DUE - timedelta(days=7))
    run(-7)
    run(-7)
    assert told(world.editor) == ["Review in 7 days", "Review due today"]


def changes_of_clocks(region: w.Region) -> list[date]:
    """The days of the coming year on which the clocks of a region are put forward or back."""
    noons = [datetime.combine(w.today() + timedelta(days=n), time(12), region.time_zone) for n in range(1, 361)]
    return [noon.date() for before, noon in pairwise(noons) if before.utcoffset() != noon.utcoffset()]


@pytest.mark.parametrize("region", [GB, US])
def test_the_day_begins_at_midnight_of_the_region_also_when_clocks_change(world: w.World, region: w.Region) -> None:
    article = w.live(world, regions=region.value)
    for due in (*changes_of_clocks(region), w.today() + timedelta(days=50)):
        move(article, due)
        Message.objects.all().delete()
        midnight = datetime.combine(due, time(0), region.time_zone).astimezone(UTC)
        remind_owners(midnight - timedelta(seconds=1))
        remind_owners(midnight)
        assert told(world.editor) == ["Review in 1 day", "Review due today"]


@pytest.mark.parametrize("region", [GB, US])
def test_three_missed_days_over_a_change_of_clocks_lose_no_threshold(world: w.World, region: w.Region) -> None:
    article = w.live(world, regions=region.value)
    turn = changes_of_clocks(region)[0]
    midnight = datetime.combine(turn, time(0), region.time_zone).astimezone(UTC)
    for threshold in THRESHOLDS:
        due = turn - timedelta(days=threshold)
        move(article, due)
        Message.objects.all().delete()
        remind_owners(midnight - timedelta(seconds=1))
        before = told(world.editor)
        late = midnight + timedelta(days=3)
        remind_owners(late)
        remind_owners(late + timedelta(minutes=1))
        assert told(world.editor)[len(before) :] == [f"Review {in_words(due, region.day(late))}"]


def test_where_nobody_looks_after_an_article_the_leads_are_told_from_the_first(
    world: w.World, article: Article
) -> None:
    roles.revoke(world.editor, Role.EDITOR, by=None)
    run(-7)
    assert told(world.editor) == []
    assert told(world.lead) == ["Review in 7 days"]


def test_who_takes_over_is_told_where_it_stands(world: w.World, article: Article) -> None:
    run(-7)
    owning.hand_over(article, world.other_editor, by=world.editor, note="")
    run(-6)
    assert told(world.other_editor)[-1:] == ["Review in 6 days"]


def test_pages_without_readers_are_left_alone(world: w.World, article: Article) -> None:
    retiring.propose_withdrawal(w.page(article), by=world.publisher, reason="Outdated.")
    retiring.withdraw(w.page(article), by=world.lead)
    Message.objects.all().delete()
    run(0)
    assert told(world.editor) == []


@pytest.mark.django_db(transaction=True)
def test_three_nodes_at_once_tell_once() -> None:
    world = w.build()
    article = w.live(world, regions="GB")
    move(article, DUE)
    Message.objects.all().delete()
    with races() as race:
        race(*[partial(run, 30)] * 3)
    assert told(world.editor) == ["Review 30 days overdue"]
    assert Message.objects.count() == 3


def test_while_a_lead_keeps_a_page_up_people_are_told_of_the_day_on_which_that_ends(
    world: w.World, article: Article
) -> None:
    due, until = w.today() - timedelta(days=80), w.today() + timedelta(days=40)
    move(article, due)
    deferring.defer(w.page(article), until, by=world.lead, reason="The reviewer is ill.")
    for day in range(75, 152):
        run(day, due)
    assert told(world.editor) == [
        "Review in 30 days",
        "Review in 7 days",
        "Review due today",
        "Review 30 days overdue",
    ]
    first = Message.objects.filter(to_user=world.editor).earliest("pk")
    assert f"was due on {due:%-d %B %Y}. A clinical lead keeps the page up until {until:%-d %B %Y}. Have" in first.body
    assert told(world.lead) == ["Review 30 days overdue"]


def test_what_was_told_before_it_is_kept_up_is_not_told_again(world: w.World, article: Article) -> None:
    due = w.today() - timedelta(days=40)
    move(article, due)
    run(40, due)
    deferring.defer(w.page(article), w.today() + timedelta(days=5), by=world.lead, reason="The reviewer is ill.")
    run(41, due)
    assert told(world.editor) == ["Review 40 days overdue"]
    run(45, due)
    assert told(world.editor)[1:] == ["Review due today"]
