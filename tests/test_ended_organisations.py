"""An organisation that closed or became part of another: readers are led on, editors see which pages list it."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conditions.actions import withdrawing
from organisations import actions, finding, views
from organisations.models import Organisation
from tests import bodies
from tests import world as w
from tests.at_desk import at_desk, text_of
from tests.world import GB

pytestmark = pytest.mark.django_db
UK, HOME, LIST = "/uk/organisations/", "/admin/", "/admin/conditions/article/"
ON = '<a class="button" href="/uk/organisations/new-help/">Go to New Help</a>'


@pytest.fixture
def body(world: w.World) -> Organisation:
    bodies.approved(world, "New Help", ["GB-SCT"])
    bodies.approved(world, "American Help", ["US"])
    return world.bodies[GB]


def ended(world: w.World, body: Organisation, standing: str = "merged", successor: str = "new-help") -> None:
    goes_on = Organisation.objects.filter(slug=successor).first()
    body.refresh_from_db()
    entry = actions.propose(body, by=world.editor, fields={"standing": standing, "successor": goes_on})
    actions.approve(entry, by=world.publisher)


def test_who_asks_for_it_by_name_is_led_to_its_successor(client: Client, world: w.World, body: Organisation) -> None:
    ended(world, body)
    with CaptureQueriesContext(connection) as queries:
        text = text_of(client.get(f"{UK}?q=suport+uk"))
    assert len(queries) <= 3
    assert "It has become part of New Help." in text and ON in text
    assert "Not yet verified" not in text and "no way to reach" not in text
    page = text_of(client.get(f"{UK}support-uk/"))
    assert ON in page and "Not yet verified" not in page
    listed = text_of(client.get(UK))
    assert "1 organisation in the UK" in listed and "Support UK" not in listed


def test_who_works_comes_before_who_ended(client: Client, world: w.World, body: Organisation) -> None:
    bodies.approved(world, "Support UK Today", ["GB-SCT"])
    ended(world, body)
    found = client.get(f"{UK}?q=support+uk&format=json").json()
    assert [result["name"] for result in found["results"]] == ["Support UK Today", "Support UK"]
    rows = list(csv.DictReader(StringIO(client.get(f"{UK}?q=support+uk&format=csv").content.decode("utf-8-sig"))))
    assert [row["Closed or merged"] for row in rows] == ["", "It has become part of New Help."]


def test_nobody_is_led_to_what_is_not_there(client: Client, world: w.World, body: Organisation) -> None:
    ended(world, body, successor="american-help")
    text = text_of(client.get(f"{UK}?q=support"))
    assert "It has become part of American Help." in text and "Go to American Help" not in text
    ended(world, body, "closed", "nobody")
    assert "It has closed." in text_of(client.get(f"{UK}?q=support"))
    body.refresh_from_db()
    actions.propose(body, by=world.editor, fields={"successor": Organisation.objects.get(slug="new-help")})
    assert "Go to" not in text_of(client.get(f"{UK}?q=support")), "nobody approved it yet"


def test_pages_that_list_it_are_on_the_list_of_the_editors(world: w.World, body: Organisation) -> None:
    article = w.live(world)
    desk, line = at_desk(world.editor), "1 listing a closed organisation"
    assert line not in text_of(desk.get(HOME))
    ended(world, body)
    home = desk.get(HOME)
    assert line in text_of(home) and "Support UK" in text_of(home)
    work = next(each for each in home.context["work"] if each.heading == line)
    assert [str(each) for each in desk.get(HOME + work.url).context["cl"].result_list] == [str(article)]
    assert f"{LIST}?state=ended" == HOME + work.url
    assert line not in text_of(at_desk(world.publisher).get(HOME))
    withdrawing.suspend(w.page(article), by=world.publisher, reason="A mistake.")
    assert line not in text_of(desk.get(HOME)), "no reader sees the page"


def test_a_file_that_is_cut_says_so_and_where_the_rest_is(
    client: Client, world: w.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies.many(world, 7)
    whole = client.get(f"{UK}?format=csv")
    assert len(whole.content.splitlines()) == 1 + 7 and "Link" not in whole.headers
    assert whole.headers["Content-Disposition"] == 'attachment; filename="organisations-uk.csv"'
    for module in (finding, views):
        monkeypatch.setattr(module, "FILE_SIZE", 5)
    assert ">CSV, the first 5 of 7</a>" in text_of(client.get(UK))
    first = client.get(f"{UK}?format=csv")
    assert first.headers["Content-Disposition"] == 'attachment; filename="organisations-uk-1-of-2.csv"'
    address = f"{UK}?page=2&format=csv"
    assert first.headers["Link"] == f'<http://testserver{address}>; rel="next"'
    second = client.get(address)
    assert "-2-of-2.csv" in second.headers["Content-Disposition"] and "Link" not in second.headers
    names = [
        row["Name"] for page in (first, second) for row in csv.DictReader(StringIO(page.content.decode("utf-8-sig")))
    ]
    assert len(names) == 7


def test_json_says_of_how_many_pages_it_is_one_and_where_the_next_is(client: Client, world: w.World) -> None:
    bodies.many(world, 45)
    first = client.get(f"{UK}?format=json").json()
    assert (first["count"], first["pages"], len(first["results"])) == (32, 2, 25)
    assert first["next"] == f"http://testserver{UK}?page=2&format=json"
    last = client.get(first["next"].removeprefix("http://testserver")).json()
    assert (last["page"], last["next"], len(last["results"])) == (2, None, 7)
    assert "JSON, page 1 of 2" in text_of(client.get(UK))
