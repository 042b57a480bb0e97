"""Every trigger and every constraint is necessary: each refuses something that without it is let through.

The table of attempts is in `tests/refusals/`. `make mutate-guards` runs these tests with each rule removed.
"""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection

from alsinfo.guards.engine import registry
from tests.databases import as_owner
from tests.refusals.attempts import Attempt, refused_by, undone
from tests.refusals.rules import guards, key_of, remove, rules
from tests.refusals.scene import Scene, build
from tests.refusals.table import TABLE

pytestmark = pytest.mark.django_db

HERE = [attempt for attempt in TABLE if attempt.is_for_this_database]


@pytest.fixture(scope="module")
def built(bare_ground: None, django_db_blocker: Any) -> Iterator[Scene]:
    """Something in every state, met by the owner of the tables, who has every right."""
    with django_db_blocker.unblock(), as_owner(), undone():
        yield build()


@pytest.fixture
def _django_db_helper(built: Scene) -> Iterator[None]:
    """In place of pytest-django's own: a savepoint for each test in the one transaction of this module."""
    with undone():
        yield


@pytest.fixture
def scene(built: Scene) -> Scene:
    """The scene's rows as they were read when it was built, whatever other tests did to theirs."""
    return deepcopy(built)


@pytest.mark.parametrize("attempt", HERE, ids=lambda attempt: attempt.name)
def test_the_database_refuses(attempt: Attempt, scene: Scene) -> None:
    act = prepared(attempt, scene)
    assert refused_by(act) == attempt.rule


@pytest.mark.parametrize("attempt", HERE, ids=lambda attempt: attempt.name)
def test_only_one_rule_stands_in_the_way(attempt: Attempt, scene: Scene) -> None:
    act = prepared(attempt, scene)
    remove(rules()[attempt.rule])
    assert refused_by(act) == ""


def test_every_rule_has_its_attempt() -> None:
    assert set(rules()) - {attempt.rule for attempt in HERE} == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows")
def test_every_unique_key_of_the_record_is_guarded_against_replacing() -> None:
    replaced = [guard for guard in guards() if key_of(guard)]
    for table in {guard.table for guard in replaced}:
        unique = {rule.columns for rule in rules().values() if rule.table == table and rule.columns}
        assert unique - {key_of(guard) for guard in replaced if guard.table == table} == set()


def test_every_attempt_has_its_rule_and_a_name_of_its_own() -> None:
    assert {attempt.rule for attempt in TABLE} - set(rules()) == rules_of_the_other_database()
    assert [name for name, count in Counter(attempt.name for attempt in TABLE).items() if count > 1] == []


def rules_of_the_other_database() -> set[str]:
    """The triggers that are declared and not installed here."""
    return {guard.name for guard in registry()} - set(rules())


def prepared(attempt: Attempt, scene: Scene) -> Any:
    """The step, in a state where only the rule stands in its way; the rules that repeat it are set aside."""
    act = attempt.making(scene)
    for name in attempt.set_aside():
        remove(rules()[name])
    return act
