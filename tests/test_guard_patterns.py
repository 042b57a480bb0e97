"""What a guard does on a table of our own: when it refuses, what it says, and which ways round it are closed."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alsinfo.guards import engine
from alsinfo.guards.engine import Guard, Key, allowed_steps, append_only, frozen_columns, never_deleted, registry
from alsinfo.refusals import refusal_in
from tests.databases import as_owner
from tests.refusals.attempts import refused_by

pytestmark = pytest.mark.django_db
POSTGRESQL = connection.vendor == "postgresql"
COLUMNS = ("id", "name", "place", "state", "note")
on_sqlite = pytest.mark.skipif(POSTGRESQL, reason="PostgreSQL has no OR REPLACE")
on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no TRUNCATE and no row locks")

Install = Callable[[Sequence[Guard]], None]


def run(sql: str, *parameters: str | None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def install(db: None) -> Iterator[Install]:
    """A table of things with two rows; what is given is installed beside the guards of the site."""
    with as_owner():
        run("CREATE TABLE thing (id integer PRIMARY KEY, name text UNIQUE, place integer, state text, note text)")
        run("CREATE UNIQUE INDEX one_open_thing_per_place ON thing (place) WHERE state <> 'closed'")
        run("INSERT INTO thing VALUES (1, 'one', 1, 'open', NULL), (2, 'two', 2, 'closed', NULL)")
        if not POSTGRESQL:
            run("PRAGMA recursive_triggers = OFF")  # as a connection that is not ours has it
        try:
            yield lambda guards: engine.install(connection, [*registry(), *guards])
        finally:
            if not POSTGRESQL:
                run("PRAGMA recursive_triggers = ON")


def refused(sql: str) -> str:
    """The guard that refuses the statement, "" when none does."""
    return refused_by(lambda: run(sql))


def guard(condition: str, event: str = "INSERT", **fields: Any) -> Guard:
    return Guard("a_thing_is_as_it_should_be", "thing", event, condition, "A thing is as it should be.", **fields)


# A guard


@pytest.mark.parametrize(
    ("condition", "refuses"),
    [("TRUE", True), ("NULL", True), ("NEW.place > 5", True), ("NEW.place > 9", False), ("FALSE", False)],
)
def test_a_guard_refuses_unless_its_condition_is_false(install: Install, condition: str, refuses: bool) -> None:
    install([guard("CAST(NULL AS boolean)" if condition == "NULL" else condition)])
    assert bool(refused("INSERT INTO thing VALUES (3, 'three', 6, 'open', NULL)")) is refuses


def test_a_condition_that_cannot_be_known_refuses(install: Install) -> None:
    install([guard("NEW.place > 5")])
    assert refused("INSERT INTO thing VALUES (3, 'three', NULL, 'open', NULL)") == "a_thing_is_as_it_should_be"


def test_a_refusal_has_the_guard_s_name_and_sentence(install: Install) -> None:
    install([Guard("a_thing_is_yours", "thing", "INSERT", "TRUE", "It's \"yours\": 100% – {so}, 'really'.")])
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        run("INSERT INTO thing VALUES (3, 'three', 6, 'open', NULL)")
    refusal = refusal_in(error.value)
    assert refusal is not None
    assert (refusal.guard, str(refusal)) == ("a_thing_is_yours", "It's \"yours\": 100% – {so}, 'really'.")


def test_a_guard_of_some_columns_looks_at_no_other(install: Install) -> None:
    of_two = guard("TRUE", "UPDATE OF place, state")
    install([of_two])
    assert refused("UPDATE thing SET note = 'x'") == ""
    assert refused("UPDATE thing SET place = place") == "a_thing_is_as_it_should_be"
    assert engine.problems(connection, [*registry(), of_two]) == []


def test_a_guard_can_have_another_condition_for_one_database(install: Install) -> None:
    install([guard("FALSE", sqlite="TRUE", postgresql="TRUE")])
    assert refused("INSERT INTO thing VALUES (3, 'three', 6, 'open', NULL)") == "a_thing_is_as_it_should_be"
    here = {connection.vendor: "-"}
    install([guard("TRUE", **here)])
    assert refused("INSERT INTO thing VALUES (3, 'three', 6, 'open', NULL)") == ""


def test_a_temporary_table_cannot_pose_as_a_real_one(install: Install) -> None:
    run("CREATE TABLE permit (place integer)")
    install([guard("NOT EXISTS (SELECT 1 FROM permit WHERE permit.place = NEW.place)")])
    run("CREATE TEMPORARY TABLE permit (place integer)")
    run("INSERT INTO permit VALUES (6)")
    assert refused("INSERT INTO thing VALUES (3, 'three', 6, 'open', NULL)") == "a_thing_is_as_it_should_be"


@on_postgresql
def test_a_guard_locks_before_it_looks(install: Install) -> None:
    install([guard("FALSE", locks="SELECT 1 FROM thing WHERE id = 1 FOR NO KEY UPDATE")])
    (before,) = run("SELECT xmax::text FROM thing WHERE id = 1")[0]
    run("INSERT INTO thing VALUES (3, 'three', 6, 'open', NULL)")
    (after,) = run("SELECT xmax::text FROM thing WHERE id = 1")[0]
    assert before == "0"
    assert after != "0"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Not snake case"},
        {"name": "x" * 58},
        {"event": "SELECT"},
        {"event": "UPDATE OF a b"},
        {"message": ""},
        {"message": "Two\nlines."},
        {"locks": "FOR UPDATE"},
    ],
    ids=str,
)
def test_a_guard_that_cannot_work_is_not_made(fields: dict[str, Any]) -> None:
    made = {"name": "a", "table": "thing", "event": "INSERT", "refuse_when": "TRUE", "message": "No."}
    with pytest.raises(ValueError, match="Guard"):
        Guard(**{**made, **fields})


# Patterns


@pytest.fixture
def kept(install: Install) -> None:
    """Things are append-only, but for their note."""
    open_place = Key(("place",), when="{row}.state <> 'closed'")
    keys: list[tuple[str] | Key] = [("id",), ("name",), open_place]
    install(append_only("thing", keys=keys, columns_that_may_change=["note"], columns=COLUMNS))


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("DELETE FROM thing", "thing_is_never_deleted"),
        ("UPDATE thing SET name = 'x' WHERE id = 1", "thing_is_never_changed"),
        ("UPDATE thing SET id = 7 WHERE id = 1", "thing_is_never_changed"),
        ("UPDATE thing SET note = 'x', name = NULL WHERE id = 1", "thing_is_never_changed"),
        ("UPDATE thing SET note = 'x', name = 'one' WHERE id = 1", ""),
        ("UPDATE thing SET note = 'x'", ""),
        ("INSERT INTO thing VALUES (3, 'three', 3, 'open', NULL)", ""),
    ],
)
def test_an_append_only_row_stays_as_it_was_written(kept: None, sql: str, name: str) -> None:
    assert refused(sql) == name


@on_sqlite
@pytest.mark.parametrize(
    ("values", "name"),
    [
        ("(1, 'x', 3, 'open', NULL)", "thing_is_never_replaced_1"),
        ("(3, 'one', 3, 'open', NULL)", "thing_is_never_replaced_2"),
        ("(3, 'x', 1, 'open', NULL)", "thing_is_never_replaced_3"),
        ("(3, 'x', 2, 'open', NULL)", ""),
        ("(3, 'x', 1, 'closed', NULL)", ""),
        ("(NULL, 'x', 3, 'open', NULL)", ""),
    ],
    ids=["primary key", "name", "open place", "closed place", "closed itself", "no key yet"],
)
def test_an_append_only_row_is_not_replaced(kept: None, values: str, name: str) -> None:
    assert refused(f"INSERT OR REPLACE INTO thing VALUES {values}") == name


@on_postgresql
def test_an_append_only_table_is_not_emptied(kept: None) -> None:
    assert refused("TRUNCATE thing") == "thing_is_never_emptied"


def test_a_row_that_is_never_deleted_changes_but_for_its_key(install: Install) -> None:
    install(never_deleted("thing", keys=[("id",), Key(("name",), may_change=True)]))
    assert refused("DELETE FROM thing") == "thing_is_never_deleted"
    assert refused("UPDATE thing SET id = 7 WHERE id = 1") == "thing_keeps_its_key"
    assert refused("UPDATE thing SET name = 'x', note = 'y' WHERE id = 1") == ""


@on_sqlite
def test_a_row_that_is_never_deleted_is_not_pushed_out_by_a_change(install: Install) -> None:
    install(never_deleted("thing", keys=[("id",), Key(("name",), may_change=True)]))
    assert refused("UPDATE OR REPLACE thing SET name = 'one' WHERE id = 2") == "thing_is_never_replaced_2_later"
    assert refused("UPDATE OR REPLACE thing SET name = 'two' WHERE id = 2") == ""


def test_frozen_columns_change_only_while_they_may(install: Install) -> None:
    install(
        [
            frozen_columns(
                "a_closed_thing_stays", "thing", ["place", "note"], "It is closed.", when="OLD.state = 'closed'"
            )
        ]
    )
    assert refused("UPDATE thing SET place = 9, note = 'x' WHERE id = 1") == ""
    assert refused("UPDATE thing SET note = 'x' WHERE id = 2") == "a_closed_thing_stays"
    assert refused("UPDATE thing SET state = 'open' WHERE id = 2") == ""


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("open", "closed", True),
        ("open", "lost", True),
        ("closed", "open", True),
        ("open", "open", True),
        ("closed", "lost", False),
        ("lost", "open", False),
        ("open", "elsewhere", False),
        ("open", None, False),
    ],
)
def test_a_state_moves_along_its_steps_only(install: Install, old: str, new: str | None, allowed: bool) -> None:
    run("UPDATE thing SET state = %s WHERE id = 1", old)
    install(
        allowed_steps("thing", "state", {"open": ["closed", "lost"], "closed": ["open"], "lost": []}, initial=["open"])
    )
    changed = refused_by(lambda: run("UPDATE thing SET state = %s WHERE id = 1", new))
    assert changed == ("" if allowed else "thing_state_takes_allowed_steps")


@pytest.mark.parametrize(("state", "allowed"), [("'open'", True), ("'closed'", False), ("NULL", False)])
def test_a_state_begins_at_the_beginning(install: Install, state: str, allowed: bool) -> None:
    install(allowed_steps("thing", "state", {"open": ["closed"]}, initial=["open"]))
    found = refused(f"INSERT INTO thing VALUES (3, 'three', 3, {state}, NULL)")
    assert found == ("" if allowed else "thing_state_begins_at_the_beginning")


# Installing


def test_a_guard_that_changed_in_the_code_is_replaced_and_one_that_went_is_removed(install: Install) -> None:
    install([guard("TRUE")])
    install([guard("FALSE")])
    assert refused("INSERT INTO thing VALUES (3, 'three', 3, 'open', NULL)") == ""
    assert engine.problems(connection, [*registry(), guard("TRUE")]) == [
        "Guard guard_a_thing_is_as_it_should_be on thing was changed or disabled."
    ]
    install([])
    assert engine.problems(connection) == []


def test_installing_again_does_nothing(install: Install, django_assert_max_num_queries: Any) -> None:
    install([])
    with django_assert_max_num_queries(6):
        install([])


def test_every_key_of_a_table_that_keeps_its_rows_is_guarded_against_replacing(db: None) -> None:
    """Each UNIQUE, on some rows or all, and the primary key: `INSERT OR REPLACE` would delete the row that has it."""
    tables = {guard.table for guard in registry() if guard.operation == "DELETE" and guard.refuse_when == "TRUE"}
    for table in tables:
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table)
        keys = {tuple(sorted(key["columns"])) for key in found.values() if key["unique"] or key["primary_key"]}
        conditions = [
            str(guard.refuse_when) for guard in registry() if guard.table == table and guard.event == "INSERT"
        ]
        for key in keys:
            same = [f"kept.{column} = NEW.{column}" for column in key]
            assert any(all(part in condition for part in same) for condition in conditions), (table, key)
