"""What many tests begin with, made once and undone after each.

A test that asks for `world`, for `live`, an article that readers get, or for `place`, where the steps of its mark
`reached` lead, runs in a savepoint on top of stages that stand in an open transaction. A test that asks for none of
them finds no world: the transaction is rolled back before. Tests that commit build their own.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any

import pytest
from django.db import connection

from conditions.models import Article
from tests import situations
from tests import world as w
from tests.place import Place
from tests.refusals.attempts import undone
from tests.situations import Step

Stage = Callable[[Any], Any]
"""Gets what the stage before it gave, nothing at first, and gives what tests start with."""


def everybody(_: None) -> w.World:
    """The stage under most tests."""
    return w.build()


def published(world: w.World) -> Article:
    """The stage under tests of what readers get."""
    return w.live(world)


@dataclass(frozen=True)
class Taken:
    """The stage that a step leads to."""

    step: Step

    def __call__(self, place: Place) -> Place:
        self.step(place)
        return place


def outset(_: None) -> Place:
    """The stage before all steps."""
    return situations.begin()


class Ground:
    """The stages that stand: for each the transaction or savepoint it is in, and what it gave."""

    def __init__(self) -> None:
        self.stands: list[tuple[Stage, ExitStack, bytes]] = []

    def become(self, wanted: list[Stage]) -> None:
        """Have exactly these stages stand; those that stand already stay."""
        self.leave(self.in_common(wanted) if self.is_whole() else 0)
        for stage in wanted[len(self.stands) :]:
            before = self.made(-1) if self.stands else None
            block = ExitStack()
            block.enter_context(undone())
            self.stands.append((stage, block, pickle.dumps(stage(before))))

    def in_common(self, wanted: list[Stage]) -> int:
        """How many of the first stages are the same."""
        pairs = zip(self.stands, wanted, strict=False)
        return len(list(takewhile(lambda pair: pair[0][0] == pair[1], pairs)))

    def leave(self, left: int) -> None:
        """Undo all but the first so many."""
        while len(self.stands) > left:
            self.stands.pop()[1].close()

    def is_whole(self) -> bool:
        """Whether the connection is still in the transaction: a test may have closed it."""
        return connection.in_atomic_block and not (connection.needs_rollback or connection.closed_in_transaction)

    def made(self, stage: int) -> Any:
        """What a stage gave, as it was then, whatever other tests did to theirs."""
        return pickle.loads(self.stands[stage][2])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests of a module that begin with the same follow each other."""
    modules = [list(together) for _, together in groupby(items, key=lambda item: item.path)]
    items[:] = [item for module in modules for item in sorted(module, key=lambda item: len(stages(item)))]


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


def stages(item: pytest.Item) -> list[Stage]:
    """What a test asks for; nothing if it commits."""
    asked = getattr(item, "fixturenames", ())
    mark = item.get_closest_marker("django_db")
    if (mark and mark.kwargs) or "transactional_db" in asked or "live_server" in asked:
        return []
    if reached := item.get_closest_marker("reached"):
        return [outset, *map(Taken, reached.args[0])]
    return [stage for name, stage in (("standing_world", everybody), ("standing_article", published)) if name in asked]


@pytest.fixture
def on_ground(request: pytest.FixtureRequest, ground: Ground, django_db_blocker: Any) -> None:
    """The stages that the test asks for, and no others."""
    with django_db_blocker.unblock():
        ground.become(stages(request.node))


@pytest.fixture
def _django_db_helper(on_ground: None, _django_db_helper: None) -> None:
    """As pytest-django has it, on the ground."""


@pytest.fixture
def standing_world() -> None:
    """Asks for a world."""


@pytest.fixture
def standing_article(standing_world: None) -> None:
    """Asks for an article."""


@pytest.fixture
def world(ground: Ground, standing_world: None) -> w.World:
    """People of every role, two organisations, one reference."""
    made: w.World = ground.made(0) if ground.stands else w.build()
    return made


@pytest.fixture
def live(ground: Ground, world: w.World, standing_article: None) -> Article:
    """An article that readers of both regions get."""
    made: Article = ground.made(1) if ground.stands else w.live(world)
    return made


@pytest.fixture
def place(ground: Ground) -> Place:
    """Where the steps of the mark `reached` lead."""
    made: Place = ground.made(-1)
    return made
