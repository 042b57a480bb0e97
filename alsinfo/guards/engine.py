"""The trigger engine: what apps declare, what stands in the database, and what is wrong with it.

An app declares `GUARDS`, a sequence of `Guard`, in its `guards` module or package. Nothing else is needed.
"""

from collections.abc import Sequence
from types import ModuleType

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alsinfo.guards import postgresql, sqlite
from alsinfo.guards.guard import Guard
from alsinfo.guards.patterns import Key, allowed_steps, append_only, frozen_columns, never_deleted
from alsinfo.guards.registry import registry
from alsinfo.refusals import Refusal

__all__ = [
    "Guard",
    "GuardsMissing",
    "Key",
    "allowed_steps",
    "append_only",
    "assert_whole",
    "drop",
    "frozen_columns",
    "grant_application_role",
    "install",
    "never_deleted",
    "problems",
    "registry",
]


class GuardsMissing(Refusal):
    """A guard does not stand as the code declares it, so nothing may be published."""

    code = "guards-missing"
    sentence = (
        "A guard of the database is missing or was changed, so nothing can be published now. "
        "Somebody who runs this site must run `manage.py migrate`."
    )
    status = 503


def install(connection: BaseDatabaseWrapper, guards: Sequence[Guard] | None = None) -> None:
    """Make every guard stand as declared and remove strays; does nothing when all is well.

    All or nothing, in a transaction. `guards` are those of the installed apps unless given.
    """
    wanted = _wanted(connection, guards)
    dialect = _dialect(connection)
    with transaction.atomic(using=connection.alias):
        dialect.prepare(connection)
        standing = dialect.standing(connection)
        wrong = [guard for guard in wanted if standing.get(dialect.place(guard)) != dialect.fingerprint(guard)]
        places = {dialect.place(guard) for guard in wanted}
        replaced = {dialect.place(guard) for guard in wrong}
        dialect.remove(connection, [place for place in standing if place in replaced or place not in places])
        dialect.create(connection, wrong)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard that stands, for as long as tables are rebuilt or a test database is emptied."""
    dialect = _dialect(connection)
    with transaction.atomic(using=connection.alias):
        dialect.remove(connection, dialect.standing(connection))


def problems(connection: BaseDatabaseWrapper, guards: Sequence[Guard] | None = None) -> list[str]:
    """A sentence for each guard that is missing, changed, disabled or unknown; one query."""
    dialect = _dialect(connection)
    expected = {dialect.place(guard): dialect.fingerprint(guard) for guard in _wanted(connection, guards)}
    standing = dialect.standing(connection)
    if standing == expected:
        return []
    found = [f"Guard {name} on {table} is missing." for name, table in expected.keys() - standing.keys()]
    found += [f"Guard {name} on {table} is not known here." for name, table in standing.keys() - expected.keys()]
    found += [
        f"Guard {name} on {table} was changed or disabled."
        for name, table in expected.keys() & standing.keys()
        if standing[name, table] != expected[name, table]
    ]
    return sorted(found)


def assert_whole(connection: BaseDatabaseWrapper) -> None:
    """Raise `GuardsMissing` unless every declared guard stands; one query, for use before publishing."""
    if problems(connection):
        raise GuardsMissing


def grant_application_role(connection: BaseDatabaseWrapper, role: str, guards: Sequence[Guard] | None = None) -> None:
    """PostgreSQL: let `role` work with every table but only add to append-only ones; run by their owner.

    Takes away what guards refuse always: UPDATE, DELETE, TRUNCATE. Columns that may change stay changeable.
    """
    with transaction.atomic(using=connection.alias):
        postgresql.grant_application_role(connection, role, _wanted(connection, guards))


def _dialect(connection: BaseDatabaseWrapper) -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite


def _wanted(connection: BaseDatabaseWrapper, guards: Sequence[Guard] | None) -> list[Guard]:
    return [guard for guard in (registry() if guards is None else guards) if guard.stands_on(connection.vendor)]
