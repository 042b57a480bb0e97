"""What readers get as a review becomes due, overdue and expired, by the days of their region, job or no job."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from alsinfo.admin.records import page_of
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions.actions import deferring, review_dates, withdrawing
from conditions.actions.pages import rebuild
from conditions.errors.cataloguing import MissingRole
from conditions.errors.deferring import DeferredTwice, NoSuchDeferral, NotDue
from conditions.errors.drafting import ReasonMissing
from conditions.errors.withdrawing import NotInDate
from conditions.models import Article, RegionalArticle
from conditions.page_facts import page_of_publication
from conditions.readers.serving import Gone, Whole, read
from organisations.mentioning import mentions_on
from organisations.regions import Region
from tests import pages, surfaces
from tests import world as w
from tests.pages import signed_in
from tests.test_every_word import unaccounted
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WORDS = ("nerve cells", "Amyotrophic lateral sclerosis")
OVERDUE, EXPIRED, GONE = "overdue for review", "page is out of date", "gone"
WHY = "The reviewer is ill; the text was looked through."


@pytest.fixture
def article(live: w.Article) -> Article:
    """Of high risk, live in both regions."""
    return live


def due(article: Article, day: date) -> None:
    """Its next reviews are due on a day."""
    RegionalArticle.objects.filter(article=article).update(next_review_due_on=day)


def overdue(article: Article, days: int) -> RegionalArticle:
    """Its UK review was due so many days ago."""
    due(article, w.today() - timedelta(days=days))
    return w.page(article)


def rendered_with(page: RegionalArticle) -> None:
    """Its date is on the page, as after every action that moves it."""
    live = page.live_publication()
    assert live
    rebuild(live)


def got(region: Region, day: date) -> str:
    """What readers get on a day: the notice on the page, "" without one, or that it is gone."""
    reading = read(region, "als", day)
    if isinstance(reading, Gone):
        return GONE
    assert isinstance(reading, Whole)
    return next((notice for notice in (OVERDUE, EXPIRED) if notice in reading.body.decode()), "")


THRESHOLDS = [(-91, ""), (-1, ""), (0, ""), (29, ""), (30, OVERDUE), (89, OVERDUE), (90, EXPIRED), (400, EXPIRED)]


@pytest.mark.parametrize("day", [date(2023, 12, 1), date(2025, 12, 29), date(2025, 12, 8), date(2026, 7, 27)])
def test_the_date_alone_decides_also_on_leap_days_and_when_clocks_change(
    world: w.World, article: Article, day: date
) -> None:
    due(article, day)
    for region in Region:
        for days, notice in THRESHOLDS:
            expected = GONE if notice == EXPIRED else notice
            assert got(region, day + timedelta(days=days)) == expected, (region, days)
    Article.objects.update(risk_tier="standard")
    for region in Region:
        for days, notice in THRESHOLDS:
            assert got(region, day + timedelta(days=days)) == notice, (region, days)


@pytest.mark.parametrize(("region", "midnight"), [(GB, "2026-03-29T00:00+00:00"), (US, "2026-03-08T05:00+00:00")])
def test_a_page_ends_at_midnight_in_its_region(world: w.World, article: Article, region: Region, midnight: str) -> None:
    moment = datetime.fromisoformat(midnight)
    due(article, region.day(moment) - timedelta(days=90))
    assert got(region, region.day(moment - timedelta(seconds=1))) == OVERDUE
    assert got(region, region.day(moment)) == GONE


def test_without_any_job_readers_of_an_expired_page_get_help_and_the_reason(article: Article, client: Client) -> None:
    overdue(article, 90)
    for part in ("", "history/", "references.ris"):
        answer = client.get(f"/uk/conditions/als/{part}")
        assert answer.status_code == 410
        assert "The medical review of this page is long overdue." in answer.text


def test_without_any_job_an_expired_page_is_on_no_surface_and_back_when_it_is_deferred(
    world: w.World, article: Article, client: Client
) -> None:
    rendered_with(overdue(article, 89))
    assert mentions_on(w.today()).filter(region=GB).exists()
    assert not mentions_on(w.today() + timedelta(days=1)).filter(region=GB).exists()
    everywhere = set(surfaces.leaking(client, "uk", "als", *WORDS))
    assert len(everywhere) >= 20
    rendered_with(overdue(article, 90))
    assert w.page(article).state == "live"
    assert surfaces.leaking(client, "uk", "als", *WORDS) == {}
    deferring.defer(w.page(article), w.today() + timedelta(days=1), by=world.lead, reason=WHY)
    found = set(surfaces.leaking(client, "uk", "als", *WORDS))
    assert everywhere - found == {"/sitemaps/conditions-1.xml"}  # it asks not to be kept


def test_what_is_of_lesser_risk_from_now_on_is_listed_again(world: w.World, article: Article, client: Client) -> None:
    rendered_with(overdue(article, 90))
    months = article.review_interval_months
    review_dates.change_risk(article, by=world.lead, risk_tier="standard", review_interval_months=months, reason=WHY)
    assert mentions_on(w.today()).filter(region=GB).exists()
    assert client.get("/uk/conditions/als/").status_code == 200


def test_the_job_takes_it_down_everywhere_however_late_and_once(article: Article, client: Client) -> None:
    overdue(article, 93)  # nothing ran for three days
    call_command("run_due", only="currency")
    call_command("run_due", only="currency")
    page = w.page(article)
    assert (page.state, page.suspensions.get().suspended_by) == ("suspended", None)
    assert surfaces.leaking(client, "uk", "als", *WORDS) == {}
    assert Message.objects.filter(subject=f"Suspended: {page}", to_user__username="lead").count() == 1


def test_a_page_of_another_risk_stays_up_as_out_of_date(article: Article, client: Client) -> None:
    Article.objects.update(risk_tier="standard")
    overdue(article, 400)
    call_command("run_due", only="currency")
    assert w.page(article).state == "live"
    assert '<meta name="robots" content="noindex">' in client.get("/uk/conditions/als/").text


# Deferring


def test_a_lead_keeps_a_page_up_for_a_while_and_readers_see_why(
    world: w.World, article: Article, client: Client
) -> None:
    page, until = overdue(article, 95), w.today() + timedelta(days=20)
    deferring.defer(page, until, by=world.lead, reason=WHY)
    call_command("run_due", only="currency")
    shown = client.get("/uk/conditions/als/")
    assert (shown.status_code, WHY in shown.text, EXPIRED in shown.text) == (200, True, True)
    assert '<meta name="robots" content="noindex">' in shown.text
    live = w.page(article).live_publication()
    assert live is not None
    assert unaccounted(shown.text, page_of_publication(live)) == []
    assert (got(GB, until), got(GB, until + timedelta(days=1))) == (EXPIRED, GONE)
    assert client.get("/us/conditions/als/").status_code == 410


def test_a_review_is_deferred_twice_at_most(world: w.World, article: Article) -> None:
    page = overdue(article, 95)
    for days in (10, 20):
        deferring.defer(page, w.today() + timedelta(days=days), by=world.lead, reason=WHY)
    with pytest.raises(DeferredTwice):
        deferring.defer(page, w.today() + timedelta(days=30), by=world.other_lead, reason=WHY)


@pytest.mark.parametrize(
    ("days", "reason", "refusal"), [(0, WHY, NoSuchDeferral), (91, WHY, NoSuchDeferral), (9, " ", ReasonMissing)]
)
def test_a_deferral_has_a_day_within_90_days_and_a_reason(
    world: w.World, article: Article, days: int, reason: str, refusal: type[Refusal]
) -> None:
    page = overdue(article, 0)
    with pytest.raises(refusal):
        deferring.defer(page, w.today() + timedelta(days=days), by=world.lead, reason=reason)


def test_only_a_lead_defers_and_only_what_is_due(world: w.World, article: Article) -> None:
    tomorrow = w.today() + timedelta(days=1)
    with pytest.raises(NotDue):
        deferring.defer(w.page(article), tomorrow, by=world.lead, reason=WHY)
    with pytest.raises(MissingRole):
        deferring.defer(overdue(article, 1), tomorrow, by=world.publisher, reason=WHY)


def test_what_the_system_took_down_comes_back_when_it_is_deferred(
    world: w.World, article: Article, client: Client
) -> None:
    page = overdue(article, 95)
    call_command("run_due", only="currency")
    with pytest.raises(NotInDate):
        withdrawing.lift(page, by=world.publisher, reason=WHY)
    lead, at = signed_in(world.lead), page_of(article)
    day = w.today() + timedelta(days=20)
    pages.send(lead, at, "/defer/", until=day.isoformat(), reason=WHY)
    assert f"{day:%-d %B %Y} by {world.lead}: {WHY}" in lead.get(at).text
    withdrawing.lift(page, by=world.publisher, reason=WHY)
    assert WHY in client.get("/uk/conditions/als/").text
