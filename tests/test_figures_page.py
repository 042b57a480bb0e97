"""Figures from the record: the share in date, reviews due, days in review, by region and owner."""

from datetime import timedelta

import pytest

from conditions.admin import charted
from conditions.admin.queues import Scope
from conditions.models import Article, Publication, RegionalArticle, RegionalEdition
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
PAGE = "/admin/figures/"


def due_in(article: Article, days: int, region: w.Region = GB) -> None:
    page = w.page(article, region)
    RegionalArticle.objects.filter(pk=page.pk).update(next_review_due_on=w.today(region) + timedelta(days=days))


def test_the_share_in_date_today_is_by_region_and_that_of_months_before_the_first_page_unknown(
    world: w.World, live: w.Article
) -> None:
    first, second = live, w.live(world, w.article(world, "pls", "PLS"))
    due_in(first, -1)
    due_in(second, -1, US)
    due_in(first, 0, US)
    chart = charted.share(Scope(w.clock_now()))
    assert (chart.lines[-1].label, chart.lines[-1].values) == ("Today", [50, 50])
    assert [line.values for line in chart.lines[:-1]] == [[None, None]] * 11
    (line,) = charted.share_by_owner(Scope(w.clock_now(), GB)).lines
    assert (line.label, line.values) == ("Editor", [50])


def test_reviews_due_are_counted_by_month_and_those_past_apart(live: w.Article) -> None:
    due_in(live, -1)
    due_in(live, 70, US)
    chart = charted.due(Scope(w.clock_now()))
    assert chart.lines[0].values == [1, 0]
    assert sum(value or 0 for line in chart.lines[1:] for value in line.values) == 1
    month = f"{w.today(US) + timedelta(days=70):%B %Y}"
    assert [line.values for line in chart.lines if line.label == month] == [[0, 1]]


def test_days_in_review_are_those_from_sending_to_the_last_signature(world: w.World) -> None:
    w.live(world, regions="GB")
    w.live(world, w.article(world, "pls", "PLS"))
    chart = charted.days_in_review(Scope(w.clock_now()))
    assert [(line.label, line.values) for line in chart.lines] == [("Everybody", [0, 0]), ("Editor", [0, 0])]
    assert RegionalEdition.objects.filter(publication__isnull=False).count() == Publication.objects.count() == 3


def test_the_page_draws_what_its_tables_say(world: w.World, live: w.Article) -> None:
    text = signed_in(world.lead).get(PAGE).text
    assert text.count('<svg role="img"') == text.count("<table>") == 4
    assert "style=" not in text
    assert "100%" in text and "Editor" in text


def test_without_pages_it_says_that_there_is_nothing_to_show(world: w.World) -> None:
    text = signed_in(world.lead).get(PAGE).text
    assert text.count("Nothing to show yet") == 3
