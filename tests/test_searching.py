"""Search: what frightened people type leads to the right page, and to nothing that is not signed and live."""

import json
import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alsinfo.guards import engine
from alsinfo.logs import WithoutSecrets
from conditions.actions import cataloguing, drafting, withdrawing
from conditions.models import ConditionName, Findable, Passage, Revision
from tests import bodies
from tests import world as w
from tests.databases import as_owner
from tests.refusals.attempts import undone
from tests.world import GB, World

pytestmark = pytest.mark.django_db

UK, USA = "/uk/search/", "/us/search/"
ALS = "Amyotrophic lateral sclerosis"
NAMES = [
    ("Amyotrophic lateral sclerosis", "preferred", ""),
    ("ALS", "abbreviation", ""),
    ("Lou Gehrig's disease", "eponym", ""),
    ("Motor neurone disease", "umbrella", "GB"),
    ("Motor neuron disease", "umbrella", "US"),
    ("MND", "umbrella", ""),
]
OTHERS = {"pls": "Primary lateral sclerosis", "pma": "Progressive muscular atrophy", "pbp": "Progressive bulbar palsy"}
SYNTAX = [
    *('"', "'", '"""', "' OR 1=1 --", '"als', "als AND", "AND OR NOT", "als NEAR/3 mnd", "als*", "*", "(als", "als)"),
    *("-als", "heading:als", "{heading words}: als", "als & | !", "!als", "als:*", "<->", "\\", "%", "_", "%_%", "$$"),
    *("als;DROP TABLE x", "^als", "a" * 5_000, "als " * 2_000, "🦽", "日本語", "\u202e", "é" * 300, "\t\n\r"),
    *("<script>alert(1)</script>", "?q=&q="),
]


@pytest.fixture(scope="module")
def built(bare_ground: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all tests of this module; each undoes what it adds."""
    with django_db_blocker.unblock(), undone():
        world = w.build()
        names = [ConditionName(text=text, kind=kind, region=region) for text, kind, region in NAMES]
        condition = cataloguing.add_condition("als", ALS, by=world.editor, names=names)
        article = cataloguing.add_article(condition, by=world.editor, risk_tier="high", review_interval_months=12)
        edition = w.draft(world, article)
        eating = "Swallowing gets harder. Food can get into the lungs. Half of all die of breathing problems."
        rows = [
            w.section("eating", "Eating and drinking", eating, kind="living-with"),
            w.section("outlook", "Outlook", "Most people live for two to five years.", kind="outlook"),
        ]
        w.write(edition, world.editor, put=rows)
        for row in w.submit(world, edition).values():
            w.publish(world, row)
        for slug, name in OTHERS.items():
            named(world, slug, name)
        bodies.some(world)
        yield world


def named(world: World, slug: str, title: str) -> Any:
    """A live page of this title, in the UK."""
    edition = w.draft(world, w.article(world, slug, title), regions="GB")
    opening = edition.openings.get()
    opening.title, opening.names = title, slug.upper()
    w.write(edition, world.editor, put=[opening])
    w.publish(world, w.submit(world, edition)[GB])
    return edition.article


@pytest.fixture
def _django_db_helper(built: World) -> Iterator[None]:
    """In place of pytest-django's own: a savepoint for each test in the one transaction of this module."""
    with undone():
        yield


@pytest.fixture
def world(built: World) -> World:
    return deepcopy(built)


def search(client: Client, asked: str, address: str = UK) -> str:
    """The result page as text."""
    answer = client.get(address, {"q": asked})
    assert answer.status_code == 200
    return unescape(answer.text)


def results(text: str, group: str = "pages") -> list[str]:
    """The titles in a group of the results, in order."""
    section = re.search(rf'aria-labelledby="found-{group}">(.*?)</section>', text, re.S)
    links = re.findall(r"<li><a [^>]*>(.*?)</a>", section[1] if section else "", re.S)
    return [re.sub(r"<[^>]*>", "", link) for link in links]


@pytest.mark.parametrize("address", [UK, USA])
@pytest.mark.parametrize(
    "asked",
    ["MND", "lou gerig", "amytrophic", "motor neuron disease", "motor neurone disease", "A.L.S.", "als", "Lou Gehrig’s",
     "what is als?", "amyotropic lateral sclerosis", "m.n.d", "als swallowing", "AMYO", "motor neurone"],
)  # fmt: skip
def test_als_is_found_first_under_every_name_and_spelling_in_both_countries(
    client: Client, world: World, asked: str, address: str
) -> None:
    assert results(search(client, asked, address))[0] == ALS


def test_other_pages_are_found_by_their_own_names(client: Client, world: World) -> None:
    assert results(search(client, "pls"))[0] == OTHERS["pls"]
    assert results(search(client, "primery lateral"))[0] == OTHERS["pls"]
    assert results(search(client, "bulbar"))[0] == OTHERS["pbp"]
    assert results(search(client, "bulbar", USA)) == []


def test_a_section_is_found_by_its_words_with_one_sentence_marked(client: Client, world: World) -> None:
    text = search(client, "swallow food")
    assert results(text, "sections") == [f"Eating and drinking, in {ALS}"]
    assert '<a href="/uk/conditions/als/#eating">' in text
    assert "<p><mark>Swallowing</mark> gets harder.</p>" in text
    assert results(search(client, "swallowed"), "sections") == results(text, "sections")


def test_of_the_outlook_and_of_dying_no_sentence_is_shown(client: Client, world: World) -> None:
    text = search(client, "life expectancy")
    assert results(text, "sections")[0] == f"Outlook, in {ALS}"
    assert "five years" not in text
    assert "die of" not in search(client, "breathing people die")
    assert "live for two" not in search(client, "most people live two to five years")


def test_organisations_and_reviewers_are_found_by_name(client: Client, world: World) -> None:
    assert results(search(client, "mnd scotland"), "organisations") == ["MND Scotland"]
    assert results(search(client, "les turner", USA), "organisations") == ["Les Turner ALS Foundation"]
    assert results(search(client, "dr uk reviewer"), "reviewers")[0] == "Dr Uk Reviewer"
    assert results(search(client, "swallowing"), "organisations") == []
    assert results(search(client, "swallowing"), "reviewers") == []


def test_the_page_says_how_much_was_found_for_what(client: Client, world: World) -> None:
    text = search(client, "bulbar palsy")
    found = sum(len(results(text, group)) for group in ("pages", "sections", "organisations", "reviewers"))
    assert f'<div role="status"><h2 id="found">{found} result' in text
    assert f"<title>bulbar palsy - {found} result" in text
    assert 'value="bulbar palsy"' in text
    assert '<meta name="robots" content="noindex">' in text
    assert "lateral sclerosis</strong>" in search(client, "amytrophic")


def test_an_empty_result_helps_on(client: Client, world: World) -> None:
    text = search(client, "muscularatrophy")
    assert "Did you mean" in text
    assert '<a href="/uk/search/?q=Progressive%20muscular%20atrophy">Progressive muscular atrophy</a>' in text
    text = search(client, "xqzw")
    assert "Nothing found for “xqzw”" in text
    for address in ("/uk/conditions/", "/uk/organisations/", "tel:999"):
        assert address in text
    assert "Nothing found" not in search(client, "")


@pytest.mark.parametrize("asked", SYNTAX, ids=range(len(SYNTAX)))
def test_whatever_is_typed_there_is_a_page(client: Client, world: World, asked: str) -> None:
    text = search(client, asked)
    assert "<script>alert" not in client.get(UK, {"q": asked}).text
    assert len(text) < 40_000
    assert client.get(f"{UK}suggest/", {"q": asked}).status_code == 200


def test_a_query_is_cut_and_says_so_and_a_nul_is_turned_away(client: Client, world: World) -> None:
    assert "That was long" in search(client, "als " * 2_500)
    assert client.get(f"{UK}?q=%00als").status_code == 400
    assert client.get(f"{UK}?q=%ff").status_code == 400


def test_nothing_is_found_once_it_is_taken_down_and_again_once_it_is_back(client: Client, world: World) -> None:
    page = Findable.objects.get(region=GB, names__contains=ALS).regional_article
    withdrawing.suspend(page, by=world.publisher, reason="A mistake.")
    for asked in ("als", "swallow food", "symptoms"):
        assert ALS not in search(client, asked)
        assert ALS not in client.get(f"{UK}suggest/", {"q": asked}).text
    assert ALS in search(client, "als", USA)
    withdrawing.lift(page, by=world.lead, reason="It was none.")
    assert ALS in search(client, "als")


def test_nothing_rests_on_a_signature_that_was_withdrawn(client: Client, world: World) -> None:
    page = Findable.objects.get(region=GB, names__contains=ALS).regional_article
    live = page.live_publication()
    assert live is not None
    withdrawing.revoke(live.signatures().get(), by=world.lead, reason="Struck off.")
    assert ALS not in search(client, "als") + search(client, "swallow food")


def test_an_altered_text_is_not_found_and_an_altered_index_shows_nothing(client: Client, world: World) -> None:
    Passage.objects.update(words=" canary ", heading=" canary ")
    Findable.objects.update(names=json.dumps(["Canary"]), stamp=1)
    text = search(client, "canary")
    assert "Canary" not in text.replace("canary", "")
    assert "<mark>" not in text
    assert "Canary" not in client.get("/uk/conditions/").text + client.get("/uk/").text


def test_a_text_changed_in_the_database_is_not_found(client: Client, world: World) -> None:
    revision = Findable.objects.get(region=GB, names__contains=ALS).publication.revision
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute(
            "UPDATE conditions_revision SET text = replace(text, 'Swallowing', 'Feeding') WHERE digest = %s",
            [revision.pk],
        )
    assert Revision.objects.get(pk=revision.pk).text != revision.text
    assert ALS not in search(client, "als") + search(client, "swallow food")


def test_a_name_of_the_catalogue_finds_at_once_and_is_never_shown(client: Client, world: World) -> None:
    condition = Findable.objects.get(region=GB, names__contains=ALS).regional_article.article.condition
    assert results(search(client, "charcot")) == []
    name = ConditionName(condition=condition, text="Charcot's disease", kind="eponym", region="GB")
    cataloguing.change_condition(condition, by=world.editor, fields={}, put=[name])
    text = search(client, "charcot")
    assert results(text) == [ALS]
    assert "Charcot's" not in text
    assert "Charcot" not in client.get(f"{UK}suggest/", {"q": "charcot"}).text
    assert results(search(client, "charcot", USA)) == []
    cataloguing.change_condition(condition, by=world.editor, fields={}, remove=[condition.names.get(text=name.text)])
    assert results(search(client, "charcot")) == []


def test_a_new_version_is_found_by_its_new_words_only(client: Client, world: World) -> None:
    article = Findable.objects.get(region=GB, names__contains=ALS).regional_article.article
    edition = drafting.start(article, by=world.editor)
    w.edit(edition, world.editor, "eating", "A thickener helps.")
    assert results(search(client, "thickener"), "sections") == []
    w.publish(world, w.submit(world, edition)[GB])
    assert results(search(client, "thickener"), "sections") == [f"Eating and drinking, in {ALS}"]
    assert results(search(client, "swallow food"), "sections") == []
    assert results(search(client, "swallow food", USA), "sections") == [f"Eating and drinking, in {ALS}"]


def test_suggestions_are_signed_names_with_their_pages(client: Client, world: World) -> None:
    answer = client.get(f"{UK}suggest/", {"q": "amyo"})
    assert answer.json() == [{"name": ALS, "title": ALS, "url": "/uk/conditions/als/"}]
    assert answer.headers["Content-Type"] == "application/json"
    found = client.get(f"{UK}suggest/", {"q": "prog"}).json()
    assert [each["title"] for each in found] == [OTHERS["pbp"], OTHERS["pma"]]
    assert client.get(f"{UK}suggest/").json() == []


def test_a_search_costs_the_same_number_of_queries_whatever_it_finds(client: Client, world: World) -> None:
    search(client, "als")
    with CaptureQueriesContext(connection) as one:
        search(client, "als swallow")
    with CaptureQueriesContext(connection) as all_of_them:
        search(client, "progressive sclerosis als weak")
    assert len(all_of_them) <= len(one) + 1 <= 15


def test_what_was_asked_for_is_in_no_log(client: Client, world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        search(client, "canaryquery")
        client.get("/fr/search/", {"q": "canaryquery"})
        client.get(f"{UK}suggest/", {"q": "canaryquery"})
    assert [line for line in caplog.messages if "canaryquery" in line and "SELECT" not in line] == []
    line = logging.LogRecord("x", 20, "x", 1, '"%s" 200', ("GET /uk/search/suggest/?q=a/b%20c&x HTTP/1.1",), None)
    assert WithoutSecrets().filter(line)
    assert line.getMessage() == '"GET /uk/search/suggest/?… HTTP/1.1" 200'


def test_result_pages_run_our_own_script_and_set_no_cookie(client: Client, world: World) -> None:
    answer = client.get(UK, {"q": "als"})
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    again = client.get(UK, {"q": "als"}, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert "script-src 'self'" in again.headers["Content-Security-Policy"]
    assert not answer.cookies
    assert "script-src" not in client.get("/uk/conditions/als/").headers["Content-Security-Policy"]
