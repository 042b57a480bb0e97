"""Logos of organisations: proposed by one person, approved by another, small and never in the way."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisations import actions
from organisations.admin.logos import small
from organisations.errors import NothingNew, OwnProposal, UnlicensedLogo
from organisations.models import Entry, Logo, Organisation
from tests import pages, pictured
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, World

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
PAGE, ARTICLE, FINDER = "/uk/organisations/support-uk/", "/uk/conditions/als/", "/uk/organisations/"


@pytest.fixture
def world() -> World:
    built = w.build()
    w.live(built)
    return built


def send(world: World, **fields: Any) -> Any:
    body = world.bodies[GB]
    fields = {"logo": SimpleUploadedFile("l.png", pictured.sent(), "image/png"), "licence": "permission", **fields}
    return signed_in(world.editor).post(f"/admin/organisations/organisation/{body.pk}/logo/", fields, follow=True)


def address() -> str:
    return f"/logos/{small(pictured.sent()).digest}.webp"


def approve(world: World) -> Entry:
    return actions.approve(Entry.objects.latest("pk"), by=world.publisher)


def test_a_logo_is_shown_once_a_second_person_approved_it(client: Client, world: World) -> None:
    article = w.page(w.Article.objects.get()).live_publication()
    answer = send(world)
    assert pages.messages(answer) == ["Proposed in entry 2: a second person approves it."]
    assert 'src="data:image/webp;base64,' in answer.text and "240 × 160 pixels · Used with permission" in answer.text
    assert client.get(address()).status_code == 404
    assert "<img" not in client.get(PAGE).text
    approve(world)
    tag = f'<img class="logo" src="{address()}" width="240" height="160" alt=""'
    for page in (PAGE, ARTICLE, FINDER):
        assert tag in client.get(page).text
    assert "<dt>Logo</dt><dd>Used with permission</dd>" in client.get(PAGE).text
    assert w.page(w.Article.objects.get()).live_publication() == article, "nothing was reviewed again"
    served = client.get(address())
    assert (served.status_code, served.headers["Content-Type"]) == (200, "image/webp")
    assert served.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert served.headers["X-Content-Type-Options"] == "nosniff" and not served.cookies


def test_a_logo_goes_as_it_came_and_stays_with_other_changes(client: Client, world: World) -> None:
    send(world)
    approve(world)
    body = Organisation.objects.get(pk=world.bodies[GB].pk)
    actions.propose(body, by=world.editor, fields={"what_it_does": "Helps more."})
    approve(world)
    assert address() in client.get(PAGE).text
    send(world, logo="", licence="", without="on")
    assert client.get(address()).status_code == 200
    approve(world)
    assert client.get(address()).status_code == 404
    assert "<img" not in client.get(PAGE).text and Logo.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"licence": ""}, "Say what allows us to show it"),
        ({"logo": SimpleUploadedFile("l.svg", b"<svg/>")}, "This is not a picture we can read"),
        ({"logo": "", "licence": "", "without": "on"}, "Nothing"),
        ({"logo": "", "licence": ""}, "Choose a picture, or say"),
        ({"without": "on"}, "one of the two"),
    ],
    ids=["licence", "drawing", "nothing new", "empty", "both"],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(world: World, fields: Any, sentence: str) -> None:
    answer = send(world, **fields)
    assert sentence in answer.text and "<title>Error: " in answer.text
    assert not Logo.objects.exists()


def test_no_logo_is_proposed_without_a_licence_or_twice(world: World) -> None:
    logo, body = small(pictured.sent()), world.bodies[GB]
    with pytest.raises(UnlicensedLogo):
        actions.propose_logo(body, logo, "", by=world.editor)
    entry = actions.propose_logo(body, logo, "permission", by=world.publisher)
    with pytest.raises(OwnProposal):
        actions.approve(entry, by=world.publisher)
    with pytest.raises(NothingNew):
        actions.propose_logo(body, logo, "permission", by=world.editor)
