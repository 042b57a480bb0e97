"""A guard that is missing, gutted, disabled or strange is named, and nothing is published without it.

On PostgreSQL the application also lacks the rights that the triggers would refuse: each is shown with its trigger gone.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alsinfo.guards import engine
from alsinfo.guards.engine import Guard, GuardsMissing, registry
from conditions.actions import publishing
from conditions.vocabulary import PageState
from tests.databases import as_owner
from tests.refusals.attempts import undone
from tests.refusals.kept import CHANGES, rows_of
from tests.refusals.rows import run
from tests.refusals.rules import guards, remove, rules
from tests.refusals.scene import Scene, build
from tests.world import page

pytestmark = pytest.mark.django_db
INSUFFICIENT_PRIVILEGE = "42501"
POSTGRESQL = connection.vendor == "postgresql"
NAME, TABLE = "a_publication_is_signed_for_its_own_review", "conditions_publication"


@pytest.fixture(scope="module")
def built(bare_ground: None, django_db_blocker: Any) -> Iterator[Scene]:
    """Something in every state, with the rights of the application."""
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


def missing() -> None:
    remove(rules()[NAME])


def gutted() -> None:
    """The trigger stands and does nothing."""
    if POSTGRESQL:
        body = "BEGIN RETURN NEW; END"
        run(f"CREATE OR REPLACE FUNCTION guard_{NAME}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
    else:
        remove(rules()[NAME])
        run(f"CREATE TRIGGER guard_{NAME} BEFORE INSERT ON {TABLE} WHEN FALSE BEGIN SELECT RAISE(ABORT, 'x'); END")


def moved() -> None:
    """The trigger stands on another table."""
    body = f"EXECUTE FUNCTION guard_{NAME}()" if POSTGRESQL else "BEGIN SELECT 1; END"
    remove_trigger_only()
    run(f"CREATE TRIGGER guard_{NAME} BEFORE INSERT ON conditions_lift FOR EACH ROW {body}")


def disabled() -> None:
    run(f"ALTER TABLE {TABLE} DISABLE TRIGGER guard_{NAME}")


def enabled_for_replicas_only() -> None:
    run(f"ALTER TABLE {TABLE} ENABLE REPLICA TRIGGER guard_{NAME}")


def limited_by_a_condition() -> None:
    remove_trigger_only()
    trigger = f"CREATE TRIGGER guard_{NAME} BEFORE INSERT ON {TABLE} FOR EACH ROW"
    run(f"{trigger} WHEN (FALSE) EXECUTE FUNCTION guard_{NAME}()")


def with_the_rights_of_the_caller() -> None:
    run(f"ALTER FUNCTION guard_{NAME}() SECURITY INVOKER")


def with_another_search_path() -> None:
    run(f"ALTER FUNCTION guard_{NAME}() SET search_path = pg_temp, public")


def remove_trigger_only() -> None:
    """On PostgreSQL the function stays."""
    run(f"DROP TRIGGER guard_{NAME} ON {TABLE}" if POSTGRESQL else f"DROP TRIGGER guard_{NAME}")


WEAKENED: list[Callable[[], None]] = [missing, gutted, moved]
if POSTGRESQL:
    WEAKENED += [disabled, enabled_for_replicas_only, limited_by_a_condition]
    WEAKENED += [with_the_rights_of_the_caller, with_another_search_path]


@pytest.mark.parametrize("weaken", WEAKENED, ids=lambda weaken: weaken.__name__)
def test_a_weakened_guard_is_named_and_nothing_is_published(weaken: Callable[[], None], scene: Scene) -> None:
    assert engine.problems(connection) == []
    with as_owner():
        connection.check_constraints()  # a table with checks still due cannot be altered
        weaken()
    assert any(NAME in problem for problem in engine.problems(connection))
    with pytest.raises(GuardsMissing):
        publishing.publish(scene.cleared, by=scene.world.publisher)
    assert page(scene.cleared.edition.article).state == PageState.UNPUBLISHED
    with as_owner():
        engine.install(connection)
    assert engine.problems(connection) == []
    publishing.publish(scene.cleared, by=scene.world.publisher)
    assert page(scene.cleared.edition.article).state == PageState.LIVE


@pytest.mark.parametrize("guard", guards(), ids=lambda guard: guard.name)
def test_each_guard_is_missed(guard: Guard, built: Scene) -> None:
    with as_owner():
        remove(rules()[guard.name])
    assert engine.problems(connection) == [f"Guard guard_{guard.name} on {guard.table} is missing."]


def test_a_stranger_among_the_guards_is_named_and_removed(built: Scene) -> None:
    with as_owner():
        connection.check_constraints()
        body = f"EXECUTE FUNCTION guard_{NAME}()" if POSTGRESQL else "BEGIN SELECT 1; END"
        run(f"CREATE TRIGGER guard_unknown BEFORE INSERT ON {TABLE} FOR EACH ROW {body}")
        assert engine.problems(connection) == [f"Guard guard_unknown on {TABLE} is not known here."]
        engine.install(connection)
    assert engine.problems(connection) == []


def forbidden() -> list[Guard]:
    """The guards whose refusals the application has no right to meet in the first place."""
    return [guard for guard in registry() if guard.refuse_when == "TRUE" or guard.columns_that_may_change]


def statement(guard: Guard) -> str:
    """What the guard refuses always, in SQL."""
    if guard.operation == "UPDATE":
        column = next(iter(CHANGES[guard.table]))
        return f"UPDATE {guard.table} SET {column} = {column}"
    return f"TRUNCATE {guard.table} CASCADE" if guard.operation == "TRUNCATE" else f"DELETE FROM {guard.table}"


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL has roles")
@pytest.mark.parametrize("guard", forbidden() if POSTGRESQL else [], ids=lambda guard: guard.name)
def test_the_application_has_no_right_to_do_it(guard: Guard, built: Scene) -> None:
    assert rows_of(guard.table).exists()
    with as_owner():
        remove(rules()[guard.name])
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        run(statement(guard))
    assert getattr(refusal.value.__cause__, "sqlstate", "") == INSUFFICIENT_PRIVILEGE


def test_the_rights_taken_away_are_counted() -> None:
    assert Counter(guard.operation for guard in forbidden()) == {"UPDATE": 40, "DELETE": 54, "TRUNCATE": 54}
