"""Each published version for good, any two compared, and a page as it was on a day."""

import logging
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from alsinfo.answers import CACHE_CONTROL
from alsinfo.guards import engine
from conditions.actions import cataloguing, drafting, withdrawing
from conditions.models import Article, Citation
from conditions.readers.comparing import pair_of
from conditions.readers.forms import DayForm
from conditions.readers.versions import Version
from organisations.regions import Region
from tests import world as w
from tests.databases import as_owner
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
ADDRESS = "/uk/conditions/als/"
WHY = "A dose was wrong."
WRONG = "The page said to ask, not to ring."


@pytest.fixture
def article(world: w.World, live: w.Article) -> Article:
    """UK readers got a second text, signed whole by another reviewer; the US text stays v1."""
    edition = drafting.start(live, by=world.editor, regions="GB")
    other = cataloguing.add_reference({**w.BROWN, "title": "Ring first", "DOI": "10.1000/ring"}, by=world.editor)
    w.write(edition, world.editor, put=[Citation(key="ring2026", reference=other)])
    w.edit(edition, world.editor, "help-uk", "Ring your GP today [@ring2026].")
    w.write(edition, world.editor, fields={"correction": WRONG, "wrong_since": w.today()})
    edition.refresh_from_db()
    reviewers = {GB: [world.other_uk]}
    rows = w.submitting.submit(edition, by=world.editor, opened_version=edition.lock_version, reviewers=reviewers)
    w.sign(rows[0], of=world.other_uk)
    w.publish(world, rows[0])
    return live


def altered(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute(statement)
        assert cursor.rowcount > 0


def test_a_version_is_kept_as_it_was_signed_under_a_banner(client: Client, article: Article) -> None:
    first, second = client.get(f"{ADDRESS}v1/"), client.get(f"{ADDRESS}v2/")
    assert "Ask your GP." in first.text and "Ring your GP" not in first.text
    assert "not what readers see now" in first.text and "Version 2 is current" in first.text
    assert "It is what readers see now" in second.text and "Ring your GP today" in second.text
    assert "Dr Uk Reviewer" in first.text and "Dr Other Uk Reviewer" not in first.text
    assert "?from=1&amp;to=2" in first.text
    for page in (first, second):
        assert '<meta name="robots" content="noindex">' in page.text
        assert f'<link rel="canonical" href="{settings.SITE_URL}{ADDRESS}">' in page.text
        assert "hreflang" not in page.text
        assert "Next review due" not in page.text
        assert page.headers["Cache-Control"] == CACHE_CONTROL
    assert client.get(f"{ADDRESS}v1/", headers={"if-none-match": first.headers["ETag"]}).status_code == 304

    assert f"{WRONG} It was wrong since" in first.text
    assert "Corrected in version 2" in first.text and "Corrected in version 2" not in second.text
    assert '<a href="/uk/organisations/support-uk/">Support UK</a>: For everyone.' in first.text
    assert "support-uk.example.org" not in first.text


def test_what_was_never_published_is_the_same_404(client: Client, world: w.World, article: Article) -> None:
    drafting.start(article, by=world.editor)
    nothing = client.get("/uk/conditions/never-was/")
    for address in (f"{ADDRESS}v0/", f"{ADDRESS}v3/", f"{ADDRESS}v{10**30}/", "/us/conditions/als/v2/"):
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, nothing.content), address
    w.draft(world, w.article(world, "drafted", "Drafted"))
    for part in ("v1/", "compare/", "history/"):
        assert client.get(f"/uk/conditions/drafted/{part}").content == nothing.content


def test_an_old_address_leads_to_the_new_one_and_a_page_taken_down_shows_no_version(
    client: Client, world: w.World, article: Article
) -> None:
    cataloguing.change_address(w.page(article), "mnd", by=world.editor)
    for part in ("v1/", "compare/", "history/"):
        answer = client.get(ADDRESS + part)
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/uk/conditions/mnd/{part}")
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    for part in ("v1/", "v2/", "compare/?from=1&to=2", "history/?on=2026-01-01"):
        answer = client.get(f"/uk/conditions/mnd/{part}")
        assert answer.status_code == 410 and WHY in answer.text, part
        assert "Ask your GP." not in answer.text and "Ring" not in answer.text


@pytest.fixture
def revoked(world: w.World, article: Article) -> None:
    """The signature on the first version is withdrawn; the second stands on its own."""
    signature = w.page(article).publications.get(sequence=1).signatures().get()
    withdrawing.revoke(signature, by=world.lead, reason="canary: he was not himself")


def test_a_version_whose_signature_was_withdrawn_is_gone_and_the_live_page_stands(
    client: Client, article: Article, revoked: None
) -> None:
    assert client.get(ADDRESS).status_code == client.get(f"{ADDRESS}v2/").status_code == 200
    for part in ("v1/", "compare/?from=1&to=2", "compare/?to=1&from=2"):
        answer = client.get(ADDRESS + part)
        assert answer.status_code == 410
        assert "signature on version 1 was withdrawn" in answer.text and "tel:999" in answer.text
        assert "Ask your GP." not in answer.text and "canary" not in answer.text
    history = client.get(f"{ADDRESS}history/").text
    assert "a signature on this version was withdrawn" in history
    assert "First version." not in history and f"{ADDRESS}v1/" not in history
    assert "nothing to compare it with" in client.get(f"{ADDRESS}compare/").text


ALTERATIONS = {
    "text": "UPDATE conditions_revision SET text = replace(text, 'Ask your GP', 'Never ask your GP')",
    "signature": "UPDATE conditions_signoff SET printed_name = 'Dr Who' WHERE printed_name = 'Dr Uk Reviewer'",
}


@pytest.mark.parametrize("part", ALTERATIONS)
def test_an_altered_version_is_never_shown_and_raises_an_alarm(
    client: Client, article: Article, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    altered(ALTERATIONS[part])
    assert client.get(ADDRESS).status_code == 200
    for part in ("v1/", "compare/", "history/"):
        caplog.clear()
        with caplog.at_level(logging.CRITICAL, "alsinfo.alarm"):
            answer = client.get(ADDRESS + part)
        assert answer.status_code == 503, part
        assert "altered" in caplog.text
        assert "Never ask" not in answer.text and "Dr Who" not in answer.text
    assert client.get(f"{ADDRESS}v2/").status_code == 200


def test_two_versions_are_compared_word_by_word_with_who_signed_each(client: Client, article: Article) -> None:
    assert "There is only one version" in client.get("/us/conditions/als/compare/?from=1&to=2").text
    page = client.get(f"{ADDRESS}compare/?from=1&to=2").text
    assert "<ins>" in page and "<del>" in page and "added: " in page and "removed: " in page
    assert "Dr Uk Reviewer" in page and "Dr Other Uk Reviewer" in page
    assert "<h3>Came</h3>" in page and "Ring first" in page and "<h3>Went</h3>" not in page
    assert "What it is; Symptoms;" in page and "Muscles grow weak" not in page
    assert client.get(f"{ADDRESS}compare/?from=2&to=1").text == page


def test_a_page_is_shown_as_it_was_on_a_day(client: Client, world: w.World, article: Article) -> None:
    today = w.today()
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    withdrawing.lift(w.page(article), by=world.lead, reason="canary: it was right")
    page = client.get(f"{ADDRESS}history/?on={today}").text
    for part in (f'<a href="{ADDRESS}v1/">version 1</a>', f'<a href="{ADDRESS}v2/">version 2</a>', WHY):
        assert part in page
    assert "canary" not in page
    assert "no version was published" in client.get(f"{ADDRESS}history/?on={today - timedelta(days=1)}").text
    assert "That day has not come yet." in client.get(f"{ADDRESS}history/?on={today + timedelta(days=1)}").text
    for far in ("0001-01-01", "9999-12-31"):
        assert client.get(f"{ADDRESS}history/", {"on": far}).status_code == 200
    assert "When this page was taken down" in client.get(f"{ADDRESS}history/").text
    for typed in ("yesterday", "<b>"):
        answer = client.get(f"{ADDRESS}history/", {"on": typed}).text
        assert "<title>Error: " in answer
        assert '<a href="#page-on">Enter a day, for example 31/3/2026.</a>' in answer
        assert f'value="{escape(typed)}"' in answer


def version(number: int, withdrawn_on: date | None = None) -> Version:
    day = date(2026, 3, number)
    return Version(number, day, day, "", "", (), (), "", "", withdrawn_on)


FOUR = [version(4), version(3), version(2, withdrawn_on=date(2026, 5, 1)), version(1)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"from": "1", "to": "4"}, (1, 4)),
        ({"from": "4", "to": "1"}, (1, 4)),
        ({"from": "1", "to": "2"}, (1, 2)),
        ({}, (3, 4)),
        ({"from": "1"}, (3, 4)),
        ({"from": "1", "to": "1"}, (3, 4)),
        ({"from": "9", "to": str(10**30)}, (3, 4)),
        ({"from": "²", "to": "01"}, (3, 4)),
    ],
)
def test_a_question_that_names_no_two_versions_compares_the_last_two(
    query: dict[str, str], expected: tuple[int, int]
) -> None:
    assert tuple(each.number for each in pair_of(query, FOUR)) == expected


def test_where_one_version_may_be_shown_there_is_no_pair() -> None:
    assert pair_of({"from": "1", "to": "3"}, FOUR[2:]) == ()


@pytest.mark.parametrize(
    ("region", "typed", "expected"),
    [
        (GB, "3/4/2026", date(2026, 4, 3)),
        (US, "3/4/2026", date(2026, 3, 4)),
        (GB, "2026-03-04", date(2026, 3, 4)),
        (US, "March 4, 2026", date(2026, 3, 4)),
        (GB, "4 March 2026", date(2026, 3, 4)),
        (GB, "31/31/2026", None),
        (GB, "2026-02-30", None),
        (US, "0000-00-00", None),
    ],
)
def test_days_are_read_as_the_region_writes_them(region: Region, typed: str, expected: date | None) -> None:
    form = DayForm(region, {"on": typed})
    assert (form.cleaned_data["on"] if form.is_valid() else None) == expected


@pytest.mark.parametrize("part", ["history/", "compare/?from=1&to=2"])
def test_more_versions_ask_the_database_no_more_often(
    client: Client, world: w.World, article: Article, part: str
) -> None:
    client.get(f"{ADDRESS}{part}")
    with CaptureQueriesContext(connection) as before:
        client.get(f"{ADDRESS}{part}")
    for body in ("Ring them.", "Ring us."):
        edition = drafting.start(article, by=world.editor, regions="GB")
        w.edit(edition, world.editor, "help-uk", body)
        w.publish(world, w.submit(world, edition)[GB])
    with CaptureQueriesContext(connection) as after:
        assert client.get(f"{ADDRESS}{part}").status_code == 200
    assert len(after) == len(before) <= 16
