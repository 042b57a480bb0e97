"""Guards on SQLite: one trigger each, kept by SQLite as the very text that made it."""

import re
from collections.abc import Iterable
from functools import cache

from django.db.backends.base.base import BaseDatabaseWrapper

from alsinfo.guards.guard import Guard
from alsinfo.guards.registry import columns_of

PREFIX = "guard_"
Place = tuple[str, str]
"""A trigger's name and its table."""


def place(guard: Guard) -> Place:
    """Where the guard's trigger stands."""
    return PREFIX + guard.name, guard.table


@cache
def fingerprint(guard: Guard) -> str:
    """The text SQLite keeps of the guard's trigger."""
    name, table = place(guard)
    message = f"{guard.name}: {guard.message}".replace("'", "''")
    condition = _in_older_words(guard.condition("sqlite", columns_of(guard)))
    return (
        f"CREATE TRIGGER {name} BEFORE {guard.event} ON {table} FOR EACH ROW\n"
        f"WHEN ({condition}) IS NOT FALSE\n"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def standing(connection: BaseDatabaseWrapper) -> dict[Place, str]:
    """The fingerprint of every guard in the database; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'guard_*'")
        return {(name, table): sql for name, table, sql in cursor.fetchall()}


def create(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Make the triggers, none of which may stand."""
    with connection.cursor() as cursor:
        for guard in guards:
            cursor.execute(fingerprint(guard))


def remove(connection: BaseDatabaseWrapper, places: Iterable[Place]) -> None:
    """Drop the triggers, as far as they stand."""
    with connection.cursor() as cursor:
        for name, _ in places:
            cursor.execute(f"DROP TRIGGER IF EXISTS {connection.ops.quote_name(name)}")


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Nothing: only PostgreSQL needs functions beside the guards."""


def _in_older_words(condition: str) -> str:
    """SQLite before 3.39 does not know IS DISTINCT FROM, and says IS NOT instead."""
    condition = re.sub(r"\bIS\s+NOT\s+DISTINCT\s+FROM\b", "IS", condition, flags=re.IGNORECASE)
    return re.sub(r"\bIS\s+DISTINCT\s+FROM\b", "IS NOT", condition, flags=re.IGNORECASE)
