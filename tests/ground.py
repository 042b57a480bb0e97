"""What many tests begin with, made once and undone after each.

A test that asks for `world`, or for `live`, an article that readers get, runs in a savepoint on top of a world that
stands in an open transaction. A test that asks for neither finds no world: the transaction is rolled back before.
Tests that commit build their own.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connection

from conditions.models import Article
from tests import world as w
from tests.refusals.attempts import undone

STAGES: dict[str, Callable[..., Any]] = {"standing_world": w.build, "standing_article": w.live}
"""Each is made of what the one before it gave."""


class Ground:
    """The stages that stand: for each the transaction or savepoint it is in, and what it gave."""

    def __init__(self) -> None:
        self.stands: list[tuple[ExitStack, bytes]] = []

    def become(self, wanted: int) -> None:
        """Have so many stages stand."""
        self.leave(wanted if self.is_whole() else 0)
        for build in list(STAGES.values())[len(self.stands) : wanted]:
            given = [self.made(len(self.stands) - 1)] if self.stands else []
            block = ExitStack()
            block.enter_context(undone())
            self.stands.append((block, pickle.dumps(build(*given))))

    def leave(self, left: int) -> None:
        """Undo all but the first so many."""
        while len(self.stands) > left:
            self.stands.pop()[0].close()

    def is_whole(self) -> bool:
        """Whether the connection is still in the transaction: a test may have closed it."""
        return connection.in_atomic_block and not (connection.needs_rollback or connection.closed_in_transaction)

    def made(self, stage: int) -> Any:
        """What a stage gave, as it was then, whatever other tests did to theirs."""
        return pickle.loads(self.stands[stage][1])


@pytest.fixture(scope="session")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    """The ground under all tests of this process."""
    standing = Ground()
    yield standing
    with django_db_blocker.unblock():
        standing.leave(0)


@pytest.fixture(scope="module")
def bare_ground(ground: Ground, django_db_blocker: Any) -> None:
    """For a module that builds in one transaction of its own."""
    with django_db_blocker.unblock():
        ground.leave(0)


@pytest.fixture
def on_ground(request: pytest.FixtureRequest, ground: Ground, django_db_blocker: Any) -> None:
    """The stages that the test asks for, and no others; none under a test that commits."""
    asked = request.node.fixturenames
    marker = request.node.get_closest_marker("django_db")
    commits = (marker and marker.kwargs) or "transactional_db" in asked or "live_server" in asked
    with django_db_blocker.unblock():
        ground.become(0 if commits else sum(name in asked for name in STAGES))


@pytest.fixture
def _django_db_helper(on_ground: None, _django_db_helper: None) -> None:
    """As pytest-django has it, on the ground."""


@pytest.fixture
def standing_world() -> None:
    """Asks for the first stage."""


@pytest.fixture
def standing_article(standing_world: None) -> None:
    """Asks for the second stage."""


@pytest.fixture
def world(ground: Ground, standing_world: None) -> w.World:
    """People of every role, two organisations, one reference."""
    return ground.made(0) if ground.stands else w.build()


@pytest.fixture
def live(ground: Ground, world: w.World, standing_article: None) -> Article:
    """An article that readers of both regions get."""
    return ground.made(1) if ground.stands else w.live(world)
