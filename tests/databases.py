"""The database of a test.

On PostgreSQL every connection of a test is the *application role*, which has no UPDATE, DELETE
or TRUNCATE on append-only tables, as in production; only building and emptying the tables is
done as their owner. On SQLite there are no roles, and the triggers stand alone.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase

from alsinfo.guards import engine
from tests.postgresql import HOUSE

MIGRATED = HOUSE / "var" / "migrated"
MADE_BY_MIGRATING = ('"django_content_type"', '"auth_permission"')
GUARDS_OF = """
SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relname = ANY(%s) AND NOT tgisinternal
"""
OTHERS_ENDED = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class ApplicationRole:
    """The role that new connections take while `name` is set; None on SQLite and while the owner works."""

    def __init__(self) -> None:
        self.name: str | None = None

    def take(self, connection: BaseDatabaseWrapper, **_: Any) -> None:
        """Give this connection the rights of the application, no more."""
        if self.name and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {self.name}")

    def create(self, name: str) -> None:
        """Create the role, grant what the application needs, and take it from now on."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {name}")
            cursor.execute(f"GRANT {name} TO CURRENT_USER")
        engine.grant_application_role(connection, name)
        self.name = name
        self.take(connection)

    def remove(self) -> None:
        """Be the owner again, end what a browser or a thread left connected, and take the role off the server."""
        name, self.name = self.name, None
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute(OTHERS_ENDED)
            cursor.execute(f"DROP OWNED BY {name}")
            cursor.execute(f"DROP ROLE {name}")


ROLE = ApplicationRole()
connection_created.connect(ROLE.take, dispatch_uid="tests: application role")


@contextmanager
def as_owner() -> Iterator[None]:
    """Do what only the owner of the tables may, on the connection of this thread."""
    if not ROLE.name:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET lock_timeout = '20s'")  # a forgotten transaction fails, it does not hang
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
        ROLE.take(connection)


def count_rows() -> None:
    """Have PostgreSQL's planner know what a test has written: its own upkeep never sees a transaction that is undone.

    It would plan for the few rows it saw last, and take minutes over a thousand.
    """
    if ROLE.name:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def migrated_file() -> Path:
    """Where a SQLite database stands that has had exactly these migrations, once one was built: it saves 12 s a run."""
    known = hashlib.sha256()
    ours = (
        file for app in ("alsinfo", "conditions", "organisations") for file in HOUSE.glob(f"{app}/**/migrations/*.py")
    )
    for file in [HOUSE / "requirements.txt", *sorted(ours)]:
        known.update(file.read_bytes())
    return MIGRATED / f"{known.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A copy of a migrated database is migrated on, not from the beginning; nothing outlives the run on PostgreSQL."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Each run has a SQLite file of its own, so that two runs never meet."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)
        if (migrated := migrated_file()).exists():
            shutil.copy(migrated, file)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tables, their guards and, on PostgreSQL, the application role."""
    if connection.vendor != "postgresql":
        with django_db_blocker.unblock():
            keep_for_the_next_run(migrated_file())
        yield
        return
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    with django_db_blocker.unblock():
        ROLE.create(f"alsinfo_application{worker}")
    yield
    with django_db_blocker.unblock():
        ROLE.remove()


def keep_for_the_next_run(migrated: Path) -> None:
    """Put a copy of the tables as migrated where the next run looks for it, whole or not at all."""
    if migrated.exists():
        return
    MIGRATED.mkdir(parents=True, exist_ok=True)
    half = migrated.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(half)])
    half.replace(migrated)
    for older in MIGRATED.glob("*.sqlite3"):
        if older != migrated:
            older.unlink(missing_ok=True)


def pytest_configure() -> None:
    """Let a test that commits be cleaned up although history refuses to be deleted."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_without_guards(self: TransactionTestCase) -> None:
        with as_owner():
            try:
                if passes_guards():
                    empty_tables()
                else:
                    engine.drop(connection)
                    flush(self)
            finally:
                engine.install(connection)
            assert engine.problems(connection) == [], "this test leaves the guards off for the next"

    TransactionTestCase._fixture_teardown = flush_without_guards  # type: ignore[attr-defined]


def passes_guards() -> bool:
    """Whether foreign keys can be passed by for a moment: by a superuser of PostgreSQL, in a tenth of the time."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def empty_tables() -> None:
    """Delete every row but those that migrating makes, past guards and foreign keys."""
    names = [connection.ops.quote_name(name) for name in connection.introspection.django_table_names()]
    tables = [name for name in names if name not in MADE_BY_MIGRATING]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"LOCK TABLE {', '.join(tables)}")  # waits for a transaction that a test forgot, and fails
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables))
        full = [name for (name,) in cursor.fetchall()]
        cursor.execute(GUARDS_OF, [[name.strip('"') for name in full]])
        guards = cursor.fetchall()
        statements = [f"ALTER TABLE {name} DISABLE TRIGGER USER; DELETE FROM {name}" for name in full]
        statements += [f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{guard}"' for table, guard in guards]
        cursor.execute("; ".join(statements) or "SELECT 1")
