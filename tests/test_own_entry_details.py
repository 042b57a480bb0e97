"""What an organisation may correct of itself: where it helps, its numbers, whom it belongs to, whether it goes on."""

import re
from typing import Any

import pytest
from django.test import Client

from alsinfo.outbox.models import Message
from organisations import actions, asking
from organisations.models import CharityRegistration, Coverage, Entry, Organisation
from tests import bodies, pages
from tests import world as w
from tests.at_desk import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(world: w.World) -> Organisation:
    number = CharityRegistration(register="OSCR", number="SC002662")
    body = bodies.approved(world, "Old Help", ["GB-SCT"], number, parent_note="a campaign of Big Help")
    bodies.approved(world, "New Help", ["GB"])
    body.refresh_from_db()
    return body


@pytest.fixture
def link(world: w.World, body: Organisation) -> str:
    asking.send_link(body, "office@example.org", by=world.editor)
    found = re.search(r"/your-entry/[\w-]+/", Message.objects.get(to_address="office@example.org").body)
    assert found
    return found[0]


def typed(link: str, **but: Any) -> dict[str, Any]:
    """The correction form as it stands on the page, with some of it changed."""
    return {**pages.forms(Client().get(link))[1].fields, "name": "Ada", **but}


def newest(body: Organisation) -> dict[str, Any]:
    return Entry.objects.filter(organisation=body)[0].content


def test_the_form_says_what_the_entry_says(link: str) -> None:
    form = typed(link)
    assert (form["gb"], form["parent"], form["standing"]) == (["GB-SCT"], ["a campaign of Big Help"], ["active"])
    assert (form["registrations-0-register"], form["registrations-0-number"]) == (["OSCR"], ["SC002662"])
    assert "us" not in form and form["successor"] == [""]
    assert "Nothing was changed" in text_of(Client().post(link, form))


def test_places_numbers_and_whom_it_belongs_to_become_a_proposal(world: w.World, body: Organisation, link: str) -> None:
    waiting = actions.propose(body, by=world.editor, put=[Coverage(code="GB-WLS")])
    changed = {"gb": ["GB-SCT", "GB-ENG"], "us": ["US-IL"], "parent": "", "registrations-0-is_gone": "on"}
    changed |= {"registrations-1-register": "CCNI", "registrations-1-number": "nic 100001"}
    assert Client().post(link, typed(link, **changed)).status_code == 302
    entry = newest(body)
    assert entry["coverage"] == ["GB-ENG", "GB-SCT", "GB-WLS", "US-IL"], "what staff proposed meanwhile stays"
    assert (entry["registrations"], entry["parent"]) == ([{"register": "CCNI", "number": "NIC100001"}], "")
    assert waiting.number == 2 and body.entries.count() == 3


def test_a_number_is_corrected_in_its_place(body: Organisation, link: str) -> None:
    assert Client().post(link, typed(link, **{"registrations-0-number": "sc 012345"})).status_code == 302
    assert newest(body)["registrations"] == [{"register": "OSCR", "number": "SC012345"}]


def test_it_became_part_of_another_that_readers_see(world: w.World, body: Organisation, link: str) -> None:
    assert Client().post(link, typed(link, standing="merged", successor=" new help ")).status_code == 302
    entry = Entry.objects.filter(organisation=body)[0]
    assert (entry.content["standing"], entry.content["successor"]["name"]) == ("merged", "New Help")
    actions.approve(entry, by=world.publisher)
    assert "It has become part of New Help." in text_of(Client().get("/uk/organisations/old-help/"))
    form = typed(link)
    assert (form["standing"], form["successor"]) == (["merged"], ["New Help"])
    assert Client().post(link, {**form, "standing": "active", "successor": ""}).status_code == 302
    assert (newest(body)["standing"], newest(body)["successor"]) == ("active", {})


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"gb": []}, "page-gb_0", "Tick the places you cover, at least one."),
    ({"gb": ["FR"]}, "page-gb_0", "FR is not one of the available choices."),
    ({"standing": "merged"}, "page-successor", "Say of which organisation it became part."),
    ({"successor": "New Help"}, "page-successor", "Only who closed or became part of another has a successor."),
    (
        {"standing": "closed", "successor": "Old Help"},
        "page-successor",
        "We list no other organisation of just this name.",
    ),
    ({"standing": "closed", "successor": "Nwe Hepl"}, "page-successor", "Is it New Help?"),
    ({"standing": "closed", "successor": "Zebra"}, "page-successor", "write the name below."),
    ({"registrations-0-number": "12"}, "page-registrations-0-number", "“12” is not a number that the Scottish"),
    ({"registrations-0-number": ""}, "page-registrations-0-number", "or tick “Remove this number”"),
    ({"registrations-1-number": "294354"}, "page-registrations-1-register", "This field is required."),
]


def test_what_cannot_be_taken_is_said_with_a_link_to_the_place_and_kept(body: Organisation, link: str) -> None:
    for but, anchor, sentence in FAULTS:
        answer = Client().post(link, typed(link, what="Typed with care.", **but))
        text = text_of(answer)
        assert answer.status_code == 400, but
        assert re.search(f'<a href="#{anchor}">[^<]*{re.escape(sentence)}', text), (but, text)
        assert f'id="{anchor}"' in text, "the link leads somewhere"
        kept = pages.forms(answer)[1].fields
        assert kept["what"] == ["Typed with care."] and "<title>Error: " in text
        for name, value in but.items():
            assert name == "gb" or kept[name] == [value]
    assert body.entries.count() == 1
