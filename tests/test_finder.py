"""The finder: the right help, in the right place, by a way the reader can use."""

import csv
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conditions.actions import withdrawing
from conditions.models import Listing
from organisations import actions, naming
from organisations.finding import Search, search_of
from organisations.models import CharityRegistration, Contact, Organisation, Shown
from tests import bodies
from tests import world as w
from tests.refusals.attempts import undone
from tests.world import GB, US, World

pytestmark = pytest.mark.django_db

UK, USA = "/uk/organisations/", "/us/organisations/"
MND, LES = "MND Scotland", "Les Turner ALS Foundation"


@pytest.fixture(scope="module")
def built(bare_ground: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all tests of this module; each undoes what it adds."""
    with django_db_blocker.unblock(), undone():
        world = w.build()
        bodies.some(world)
        yield world


@pytest.fixture
def _django_db_helper(built: World) -> Iterator[None]:
    """In place of pytest-django's own: a savepoint for each test in the one transaction of this module."""
    with undone():
        yield


@pytest.fixture
def world(built: World) -> World:
    return deepcopy(built)


def names(client: Client, address: str) -> list[str]:
    """The organisations that a page of the finder lists, in order."""
    answer = client.get(f"{address}{'&' if '?' in address else '?'}format=json").json()
    return [result["name"] for result in answer["results"]]


def test_a_scottish_reader_sees_mnd_scotland_first_and_not_who_helps_elsewhere(client: Client, world: World) -> None:
    found = names(client, f"{UK}?area=GB-SCT")
    assert found[0] == MND
    assert "Motor Neurone Disease Association" not in found
    assert "Carers UK" in found


def test_a_reader_in_illinois_sees_les_turner_and_one_in_texas_does_not(client: Client, world: World) -> None:
    assert names(client, f"{USA}?area=US-IL") == [LES, "The ALS Association", "Both Sides"]
    assert LES not in names(client, f"{USA}?area=US-TX")


def test_without_a_place_national_bodies_come_first_then_a_to_z_without_the_article(
    client: Client, world: World
) -> None:
    assert names(client, USA) == ["The ALS Association", "Both Sides", LES]
    assert names(client, UK) == ["Both Sides", "Carers UK", MND, "Motor Neurone Disease Association"]


FINDS = {
    "service=helpline": ["Carers UK"],
    "service=helpline&area=GB-WLS": ["Carers UK"],
    "contact=without-speaking": [MND],
    "contact=without-speaking&service=helpline": [],
    "q=carers": ["Carers UK"],
    "q=scotlnd": [MND],
    "q=motor+neuron+diseese+asociation": ["Motor Neurone Disease Association"],
    "q=MNDA": ["Motor Neurone Disease Association"],
    "q=the+CARERS,+uk!": ["Carers UK"],
    "q=zzzzzz": [],
    "q=als": [],
}


def test_a_search_finds(client: Client, world: World) -> None:
    assert {asked: names(client, f"{UK}?{asked}") for asked in FINDS} == FINDS


NONSENSE = [
    "area=FR",
    "area=US-IL",
    "service=miracles",
    "contact=shouting",
    "condition=nothing",
    "page=0",
    "page=-1",
    "page=99999999999999999999",
    "page=900",
    "page=%D9%A3",
    "format=xml",
    "q=",
    "area=&service=&condition=&contact=&q=",
    "unknown=1",
]


def test_nonsense_is_ignored(client: Client, world: World) -> None:
    for asked in NONSENSE:
        response = client.get(f"{UK}?{asked}")
        assert response.status_code == 200, asked
        assert "4 organisations in the UK" in response.text, asked


HOSTILE = ["%F0%9F%98%80" * 500, "%3Cscript%3E", "'%22--", "%25_%5C", "a+" * 5000]


def test_hostile_names_find_nothing_and_run_nothing(client: Client, world: World) -> None:
    for name in HOSTILE:
        response = client.get(f"{UK}?q={name}")
        assert response.status_code == 200
        assert "<script>" not in response.text


def test_a_condition_leads_to_those_whom_its_live_page_lists(client: Client, world: World) -> None:
    edition = w.draft(world)
    carers = Organisation.objects.get(slug="carers-uk")
    w.write(edition, world.editor, put=[Listing(organisation=carers, region="GB", why="For carers.")])
    w.publish(world, w.submit(world, edition)[GB])
    article, slug = edition.article, edition.article.condition.slug
    assert names(client, f"{UK}?condition={slug}") == ["Carers UK"]
    page = client.get(f"{UK}?condition={slug}")
    assert f'<option value="{slug}" selected>Amyotrophic lateral sclerosis</option>' in page.text
    withdrawing.suspend(w.page(article), by=world.publisher, reason="A mistake.")
    assert "Amyotrophic" not in client.get(f"{UK}?condition={slug}").text
    withdrawing.lift(w.page(article), by=world.lead, reason="It was none.")
    assert "Amyotrophic" in client.get(UK).text


def test_nothing_found_leads_on_to_what_is_near(client: Client, world: World) -> None:
    text = client.get(f"{UK}?area=GB-SCT&service=grants&q=carers").text
    assert "No organisation that we list fits" in text
    ways = re.findall(r'<a href="(/uk/organisations/[^"]*)">([^<]+)</a></li>', text)
    ways = ways[-4:]
    assert [words for _, words in ways] == [
        "The same in all of the UK",
        "Every kind of help in Scotland",
        "“carers” anywhere in the UK",
        "All organisations in the UK",
    ]
    assert all(names(client, unescape(address)) for address, _ in ways[1:])
    text = client.get(f"{UK}?service=grants").text
    assert "These help people everywhere in the United Kingdom" in text
    assert "Carers UK" in text


def test_the_count_is_in_the_title_and_announced(client: Client, world: World) -> None:
    text = client.get(f"{UK}?q=carers").text
    assert "<title>1 organisation in the UK - UK - alsinfo</title>" in text
    assert '<div role="status"><h2 id="found">1 organisation in the UK</h2></div>' in text
    assert "3 organizations in Illinois" in client.get(f"{USA}?area=US-IL").text


def test_a_card_says_that_nobody_can_write_and_that_nothing_was_verified(client: Client, world: World) -> None:
    text = client.get(f"{UK}?q=carers").text
    assert "We list no way to reach them without speaking." in text
    assert "Not yet verified with the organisation" in text
    assert "Call 0808 808 7777" in text
    assert 'href="tel:+448088087777"' in text


def test_pages_have_twenty_five_and_lead_to_each_other(client: Client, world: World) -> None:
    bodies.many(world, 200)
    first, second = client.get(f"{UK}?service=helpline"), client.get(f"{UK}?service=helpline&page=2")
    assert first.text.count('<li class="card"') == 25
    assert 'rel="next" href="/uk/organisations/?service=helpline&amp;page=2"' in first.text
    assert 'rel="prev" href="/uk/organisations/?service=helpline"' in second.text
    assert f"{Shown.objects.filter(areas__contains=',GB', services__contains='helpline').count()} organisations" in (
        first.text
    )


QUESTIONS = [
    *("", "?area=GB-SCT", "?page=2", "?q=body+12", "?q=zzzzzz", "?service=grants", "?q=body&service=grants"),
    "?area=GB-WLS&service=helpline&contact=without-speaking&q=body",
]


def test_a_page_takes_three_queries_at_most(client: Client, world: World) -> None:
    bodies.many(world, 120)
    for asked in QUESTIONS:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{UK}{asked}").status_code == 200
        assert len(queries) <= 3, [query["sql"] for query in queries]


def test_a_name_that_too_many_have_is_said_to_be_cut(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "type more of the name" not in client.get("/uk/organisations/?q=m").content.decode()
    monkeypatch.setattr(naming, "MOST_NAMED", 1)
    assert "More have a name like “m”" in client.get("/uk/organisations/?q=m").content.decode()


def test_the_address_is_for_caches_and_sets_no_cookie(client: Client, world: World) -> None:
    first = client.get(f"{UK}?area=GB-SCT")
    assert first.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=30"
    assert not first.cookies and first.headers["Vary"] == "Accept-Encoding"
    assert client.get(f"{UK}?area=GB-SCT", headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert client.get(f"{UK}?area=GB-WLS", headers={"if-none-match": first.headers["ETag"]}).status_code == 200
    assert client.post(UK).status_code == 405


def test_results_are_had_as_json_and_as_csv_that_no_spreadsheet_computes(client: Client, world: World) -> None:
    bodies.approved(world, "=HYPERLINK(1)", ["GB"], slug="formula")
    answer = client.get(f"{UK}?format=json").json()
    assert (answer["count"], answer["page"], answer["pages"]) == (5, 1, 1)
    file = client.get(f"{UK}?format=csv")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig"))))
    assert [row["Name"] for row in rows] == ["'=HYPERLINK(1)", *names(client, UK)[1:]]
    assert next(row for row in rows if row["Name"] == MND)["Without speaking"] == "info@mnd.example.org"


def structured(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert found
    document: dict[str, Any] = json.loads(found[1])
    return document


def test_one_organisation_has_a_page_with_its_facts_for_people_and_machines(client: Client, world: World) -> None:
    hostile = "</script><b>bold"
    rows = [
        Contact(kind="email", value="a@b.example", label=hostile, hours="9am to 5pm", time_zone="Europe/London"),
        Contact(kind="telephone", value="+448088087777", cost="free", youngest=16, oldest=25),
        CharityRegistration(register="CCEW", number="294354"),
    ]
    bodies.approved(world, "Help", ["GB", "US-IL"], *rows, whom_it_serves="Everybody", former_names="Old Name")
    text = client.get(f"{UK}help/").text
    for words in ("9am to 5pm (UK time).", "Free to call. For people aged 16 to 25.", "Everybody", "formerly Old Name"):
        assert words in text
    assert "<b>bold" not in text
    found = structured(text)
    assert (found["@type"], found["name"], found["@id"]) == (
        "NGO",
        "Help",
        f"{settings.SITE_URL}/uk/organisations/help/",
    )
    assert [area["identifier"] for area in found["areaServed"]] == ["GB", "US-IL"]
    assert found["contactPoint"][0]["email"] == "a@b.example"
    assert found["contactPoint"][1]["telephone"] == "+448088087777"
    assert found["identifier"] == ["Charity Commission for England and Wales 294354"]
    body = Organisation.objects.get(slug="help")
    actions.approve(actions.propose(body, by=world.editor, fields={"kind": "government"}), by=world.publisher)
    assert structured(client.get(f"{UK}help/").text)["@type"] == "GovernmentOrganization"


def test_a_page_in_both_regions_names_the_other(client: Client, world: World) -> None:
    other = f'<link rel="alternate" hreflang="en-US" href="{settings.SITE_URL}/us/organisations/both-sides/">'
    assert other in client.get(f"{UK}both-sides/").text
    assert "hreflang" not in client.get(f"{UK}carers-uk/").text
    assert client.get(f"{USA}carers-uk/").status_code == 404
    assert client.get(f"{USA}both-sides/").status_code == 200


def test_what_nobody_approved_is_nowhere(client: Client, world: World) -> None:
    actions.propose(
        Organisation(slug="waiting", name="Waiting", kind="support", what_it_does="Waits."), by=world.editor
    )
    assert client.get(f"{UK}waiting/").content == client.get(f"{UK}never-was/").content
    assert names(client, f"{UK}?q=waiting") == []


def test_the_search_of_an_address_comes_back_as_the_same_address() -> None:
    search = Search(GB, "GB-SCT", "als", "helpline", "without-speaking", "mnd", 3)
    query = search.query()
    pairs = dict(pair.split("=") for pair in query[1:].split("&"))
    assert search_of(GB, pairs) == search
    assert Search(US).query() == ""
