"""No unsigned word reaches a reader, whoever writes to the database and however, but for who holds the seal's key.

On PostgreSQL the forger has the rights of the application. The forgeries are in `tests/forgeries/`.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from alsinfo.guards import engine
from alsinfo.refusals import Refusal, translated
from conditions.actions import pages, publishing
from conditions.errors.publishing import RecordAltered
from conditions.models import RenderedPage
from organisations import actions as organisation_actions
from tests import world as w
from tests.databases import as_owner
from tests.forgeries import chains, signatures, states, texts
from tests.forgeries.table import CANARY, REFUSED, SEALED, live
from tests.refusals.attempts import undone
from tests.refusals.publishing import second_edition
from tests.refusals.rows import run
from tests.refusals.rules import remove, rules
from tests.refusals.scene import Scene, build

pytestmark = pytest.mark.django_db

CHAPTERS = (texts, signatures, states, chains)
SLUGS = ("als", "reviewed", "cleared", "drafted", "down")
Public = dict[str, tuple[int, str]]


@pytest.fixture(scope="module")
def built(bare_ground: None, django_db_blocker: Any) -> Iterator[Scene]:
    """Something in every state, met with the rights of the application."""
    with django_db_blocker.unblock(), undone():
        yield build()


@pytest.fixture
def _django_db_helper(built: Scene) -> Iterator[None]:
    """In place of pytest-django's own: a savepoint for each test in the one transaction of this module."""
    with undone():
        yield


@pytest.fixture
def scene(built: Scene) -> Scene:
    return deepcopy(built)


@pytest.fixture(scope="module")
def before(built: Scene) -> Public:
    return public()


def public() -> Public:
    """What readers get at every address: status and text."""
    client = Client()
    addresses = ["/", "/uk/", "/us/", "/uk/conditions/", "/us/conditions/"]
    for region in ("uk", "us"):
        addresses += [f"/{region}/conditions/{slug}/" for slug in SLUGS]
    addresses += [f"/uk/conditions/{slug}/history/" for slug in SLUGS]
    answers = {address: client.get(address) for address in addresses}
    return {address: (answer.status_code, answer.text) for address, answer in answers.items()}


def test_the_scene_has_something_of_everything_to_show(before: Public) -> None:
    assert before["/uk/conditions/als/"][0] == before["/us/conditions/als/"][0] == 200
    assert before["/uk/conditions/down/"][0] == before["/us/conditions/down/"][0] == 410
    assert {before[f"/uk/conditions/{slug}/"][0] for slug in ("reviewed", "cleared", "drafted")} == {404}


def test_publishing_what_was_signed_does_change_what_readers_get(scene: Scene, before: Public) -> None:
    publishing.publish(scene.cleared, by=scene.world.publisher)
    after = public()
    assert after["/uk/conditions/cleared/"][0] == 200
    assert {address for address in after if after[address] != before[address]} == {
        "/uk/",
        "/uk/conditions/",
        "/uk/conditions/cleared/",
        "/uk/conditions/cleared/history/",
    }


@pytest.mark.parametrize("name", REFUSED)
def test_a_forgery_is_refused_and_changes_nothing(name: str, scene: Scene, before: Public) -> None:
    with undone(), pytest.raises(Refusal), translated(), transaction.atomic():
        REFUSED[name](scene)
    assert public() == before


@pytest.mark.parametrize("name", SEALED)
def test_a_forgery_that_the_triggers_let_through_is_not_shown(name: str, scene: Scene, before: Public) -> None:
    SEALED[name](scene)
    after = public()
    assert after != before
    shown = {address: text for address, (status, text) in after.items() if status == 200}
    changed = {address for address, text in shown.items() if text != before[address][1]}
    assert changed <= {"/uk/", "/uk/conditions/"}, "a list may lose a page, an article may only be withheld"
    assert all(len(shown[address]) < len(before[address][1]) for address in changed)
    assert not [address for address, (_, text) in after.items() if CANARY in text]


@pytest.mark.parametrize("column", ["printed_name", "revision_id"])
def test_what_was_altered_is_never_put_under_a_new_seal(
    column: str, scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    with as_owner():
        remove(rules()["conditions_signoff_is_never_changed"])
        run(f"UPDATE conditions_signoff SET {column} = %s", scene.cleared.revision_id)
        connection.check_constraints()
        engine.install(connection)
    seals = set(RenderedPage.objects.values_list("seal", flat=True))
    body = scene.world.bodies[w.GB]
    entry = organisation_actions.propose(body, by=scene.world.editor, fields={"what_it_does": "Helps more."})
    organisation_actions.approve(entry, by=scene.world.publisher)
    assert "was not rendered again" in caplog.text
    with pytest.raises(RecordAltered):
        pages.rebuild(live(scene))
    assert set(RenderedPage.objects.values_list("seal", flat=True)) == seals


def test_the_forgeries_are_counted() -> None:
    assert (len(REFUSED), len(SEALED)) == (111, 14)


def test_what_the_forger_lacks_is_the_key(scene: Scene, settings: Any) -> None:
    row = second_edition(scene)
    w.sign(row)
    chains.go_live(scene, row, settings.SEAL_KEYS)
    assert CANARY in public()["/uk/conditions/als/"][1]
