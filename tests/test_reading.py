"""What readers get at public addresses, and what they never get."""

import logging
from datetime import datetime, time, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.db import connection
from django.test import Client
from django.utils.http import http_date
from pytest_django import DjangoAssertNumQueries, Settings

from alsinfo.guards import engine
from conditions.actions import cataloguing, drafting, withdrawing
from conditions.models import Article, RegionalArticle, RenderedPage, Revision, SignOff
from conditions.readers import serving
from tests import world as w
from tests.databases import as_owner
from tests.world import GB, US

pytestmark = pytest.mark.django_db
ADDRESS = "/uk/conditions/als/"


@pytest.fixture
def article(live: w.Article) -> Article:
    return live


def test_a_reader_gets_the_signed_page_of_their_region(client: Client, article: Article) -> None:
    uk, us = client.get(ADDRESS), client.get("/us/conditions/als/")
    assert uk.status_code == us.status_code == 200
    assert "Ask your GP." in uk.text
    assert "Ask your doctor." not in uk.text
    assert "Ask your doctor." in us.text
    assert "Dr Uk Reviewer" in uk.text
    assert "Dr Us Reviewer" in us.text


def test_a_page_is_one_query_and_sets_no_cookie(
    client: Client, article: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        response = client.get(ADDRESS)
    assert not response.cookies
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=30"


def test_a_reader_who_has_the_page_gets_304(client: Client, article: Article) -> None:
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content
    for name in ("ETag", "Cache-Control", "Vary", "Surrogate-Key"):
        assert again.headers[name] == first.headers[name]


def changed_on(client: Client) -> datetime:
    return parsedate_to_datetime(client.get(ADDRESS).headers["Last-Modified"])


def test_a_page_says_since_when_it_is_as_it_is_and_its_tag_comes_first(client: Client, article: Article) -> None:
    RenderedPage.objects.update(rendered_at=w.clock_now() + timedelta(seconds=1))
    assert "Last-Modified" not in client.get(ADDRESS).headers, "it may change again within this second"
    made_at = w.clock_now() - timedelta(hours=3)
    RenderedPage.objects.update(rendered_at=made_at)
    page = client.get(ADDRESS)
    tag, moment = page.headers["ETag"], page.headers["Last-Modified"]
    assert timedelta(0) <= parsedate_to_datetime(moment) - made_at < timedelta(seconds=1)
    earlier, later = (http_date((made_at + timedelta(days=days)).timestamp()) for days in (-1, 1))
    answers = [
        ({"if-modified-since": moment}, 304),
        ({"if-modified-since": later}, 304),
        ({"if-modified-since": earlier}, 200),
        ({"if-modified-since": "some day"}, 200),
        ({"if-modified-since": moment, "if-none-match": '"another"'}, 200),
        ({"if-modified-since": earlier, "if-none-match": tag}, 304),
    ]
    for headers, status in answers:
        answer = client.get(ADDRESS, headers=headers)
        assert (answer.status_code, answer.headers.get("Last-Modified")) == (status, moment), headers


def test_a_page_that_became_overdue_changed_at_midnight_of_its_region(client: Client, article: Article) -> None:
    RenderedPage.objects.update(rendered_at=w.clock_now() - timedelta(days=300))
    for days, since in ((29, None), (30, 0), (35, 5), (89, 59), (90, 0)):
        RegionalArticle.objects.update(next_review_due_on=w.today() - timedelta(days=days))
        Article.objects.update(risk_tier="low")
        moment = changed_on(client).astimezone(GB.time_zone)
        if since is None:
            assert w.clock_now() - moment > timedelta(days=299)
        else:
            assert (moment.date(), moment.time()) == (w.today() - timedelta(days=since), time())


def test_a_draft_is_told_from_nothing_by_neither_words_nor_headers_nor_queries(
    client: Client, world: w.World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    w.draft(world)
    with django_assert_num_queries(1):
        draft = client.get(ADDRESS)
    with django_assert_num_queries(1):
        nothing = client.get("/uk/conditions/nothing-here/")
    assert draft.status_code == nothing.status_code == 404
    assert draft.content == nothing.content
    assert dict(draft.headers) == dict(nothing.headers)


def test_a_suspended_page_is_gone_with_its_reason_and_help(client: Client, world: w.World, article: Article) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason="A dose was wrong.")
    for address in (ADDRESS, f"{ADDRESS}history/"):
        response = client.get(address)
        assert response.status_code == 410
        assert "A dose was wrong." in response.text
        assert "999" in response.text
        assert "Support UK" in response.text
        assert "disease of nerve cells" not in response.text
    assert client.get("/us/conditions/als/").status_code == 200
    assert "Amyotrophic" not in client.get("/uk/conditions/").text


def test_an_old_address_leads_to_the_new_one_in_one_hop(client: Client, world: w.World, article: Article) -> None:
    cataloguing.change_address(w.page(article), "motor-neurone-disease", by=world.editor)
    cataloguing.change_address(w.page(article), "mnd", by=world.editor)
    for old in ("als", "motor-neurone-disease"):
        response = client.get(f"/uk/conditions/{old}/")
        assert response.status_code == 301
        assert response.headers["Location"] == "/uk/conditions/mnd/"
    assert client.get("/uk/conditions/mnd/").status_code == 200


def test_the_history_tells_each_version_and_who_signed_it(client: Client, world: w.World, article: Article) -> None:
    edition = drafting.start(article, by=world.editor)
    w.edit(edition, world.editor, "help-uk", "Ask your GP or 111.")
    w.publish(world, w.submit(world, edition)[GB])
    text = client.get(f"{ADDRESS}history/").text
    assert "History of Amyotrophic lateral sclerosis" in text
    assert "Version 2" in text
    assert "Changed help-uk." in text
    assert "Version 1" in text
    assert "First version." in text
    assert text.count("Dr Uk Reviewer") == 2


def test_the_lists_show_live_pages_only(client: Client, world: w.World, article: Article) -> None:
    w.draft(world, w.article(world, "pls", "Primary lateral sclerosis"))
    for address in ("/uk/", "/us/", "/uk/conditions/", "/us/conditions/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "Amyotrophic lateral sclerosis" in response.text
        assert "Primary" not in response.text
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/fr/", "/uk/nothing/", "/uk/conditions/als/nothing/", "/nothing", "/UK/"])
def test_an_address_that_leads_nowhere_is_404_with_help(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "A to Z" in response.text


@pytest.mark.parametrize("address", ["/uk", "/us/conditions", "/uk/conditions/als", "/admin", "/desk"])
def test_a_forgotten_slash_is_added(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 301
    assert response.headers["Location"] == f"{address}/"


def test_nothing_can_be_posted_to_a_public_page(client: Client, article: Article) -> None:
    for address in ("/", "/uk/", "/uk/conditions/", ADDRESS):
        assert client.post(address).status_code == 405


ALTERATIONS = {
    "page": (RenderedPage, "UPDATE conditions_renderedpage SET body = %s"),
    "etag": (RenderedPage, "UPDATE conditions_renderedpage SET etag = 'x'"),
    "seal": (RenderedPage, "UPDATE conditions_renderedpage SET seal = 'trial:00'"),
    "text": (Revision, "UPDATE conditions_revision SET text = replace(text, 'nerve cells', 'nerve cellS')"),
    **{
        f"signature {name}": (SignOff, f"UPDATE conditions_signoff SET {name} = {value}")
        for name, value in {
            "printed_name": "printed_name || '.'",
            "registration": "'GMC 7654321'",
            "signed_on": "'2020-01-01'",
            "signed_at": "'2020-01-01 00:00:00+00:00'",
            "meaning": "'Something else'",
            "interests": "'Shares'",
            "role_title": "'Professor'",
            "post_nominals": "'FRS'",
            "seal": "'trial:00'",
        }.items()
    },
}


@pytest.mark.parametrize("part", ALTERATIONS)
def test_altered_text_is_never_shown_and_raises_an_alarm(
    client: Client, article: Article, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    _, statement = ALTERATIONS[part]
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute(statement, [b"<h1>Altered</h1>"] if "%s" in statement else [])
        assert cursor.rowcount > 0
    with caplog.at_level(logging.CRITICAL, "alsinfo.alarm"):
        response = client.get(ADDRESS)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "nerve cell" not in response.text.lower()
    assert "Altered" not in response.text
    assert "altered" in caplog.text


def test_one_byte_of_the_page_is_enough(client: Client, article: Article) -> None:
    page = RenderedPage.objects.get(publication__regional_article=w.page(article), notice="none")
    body = bytearray(page.body)
    body[len(body) // 2] ^= 1
    RenderedPage.objects.filter(pk=page.pk).update(body=bytes(body))
    assert client.get(ADDRESS).status_code == 503
    assert client.get("/us/conditions/als/").status_code == 200


def test_a_page_of_the_other_region_is_not_served_in_its_place(client: Client, article: Article) -> None:
    other = RenderedPage.objects.get(publication__regional_article=w.page(article, US), notice="none")
    RenderedPage.objects.filter(publication__regional_article=w.page(article, GB)).update(
        body=bytes(other.body), etag=other.etag, seal=other.seal
    )
    assert client.get(ADDRESS).status_code == 503


def test_a_page_of_signed_changes_names_both_signers_and_checks_both(
    client: Client, world: w.World, article: Article
) -> None:
    edition = drafting.start(article, by=world.editor)
    w.edit(edition, world.editor, "help-uk", "Ask your GP or 111.")
    edition.refresh_from_db()
    row = w.submitting.submit(
        edition, by=world.editor, opened_version=edition.lock_version, reviewers={GB: [world.other_uk]}
    )[0]
    w.sign(row, scope="changes-only")
    w.publish(world, row)
    text = client.get(ADDRESS).text
    assert "Dr Uk Reviewer" in text
    assert "Dr Other Uk Reviewer" in text
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute("UPDATE conditions_signoff SET interests = 'Shares' WHERE printed_name = 'Dr Uk Reviewer'")
    assert client.get(ADDRESS).status_code == 503


def test_a_page_kept_in_memory_is_asked_for_again_after_its_time(
    client: Client, world: w.World, article: Article, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGE_CACHE_SECONDS = 1
    moments = iter((100.0, 100.9, 101.1))
    monkeypatch.setattr(serving, "monotonic", lambda: next(moments))
    monkeypatch.setattr(serving, "_kept", {})
    assert client.get(ADDRESS).status_code == 200
    withdrawing.suspend(w.page(article), by=world.publisher, reason="A dose was wrong.")
    assert client.get(ADDRESS).status_code == 200
    assert client.get(ADDRESS).status_code == 410


def test_a_missing_staff_page_is_kept_by_no_cache(client: Client) -> None:
    for address in ("/desk/nothing/", "/accounts/nothing/"):
        response = client.get(address)
        assert response.status_code == 404
        assert response.headers["Cache-Control"] == "no-store"
