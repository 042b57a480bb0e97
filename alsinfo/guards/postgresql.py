"""Guards on PostgreSQL: a trigger each and the function it calls, both compared when asked whether they stand."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from django.db.backends.base.base import BaseDatabaseWrapper

from alsinfo.guards.guard import Guard
from alsinfo.guards.registry import columns_of

PREFIX = "guard_"
Place = tuple[str, str]
"""A trigger's name and its table."""

SEARCH_PATH = "pg_catalog, public, pg_temp"  # pg_temp last, or a temporary table could pose as a real one
BEFORE_BITS = 2
EVENT_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}

CLOCK = """
CREATE OR REPLACE FUNCTION public.alsinfo_clock() RETURNS timestamptz
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS 'SELECT clock_timestamp()'
"""

STANDING = """
SELECT t.tgname, c.relname, encode(sha256(convert_to(concat_ws(
    E'\\n', t.tgtype, t.tgenabled, t.tgqual IS NULL AND t.tgnargs = 0,
    (SELECT string_agg(a.attname, ',' ORDER BY a.attname COLLATE "C") FROM pg_catalog.pg_attribute a
     WHERE a.attrelid = t.tgrelid AND a.attnum = ANY (t.tgattr)),
    p.proname, pn.nspname, l.lanname, p.prosecdef, array_to_string(p.proconfig, ';'), p.prosrc
), 'UTF8')), 'hex')
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE cn.nspname = 'public' AND t.tgname LIKE 'guard\\_%'
"""


def place(guard: Guard) -> Place:
    """Where the guard's trigger stands."""
    return PREFIX + guard.name, guard.table


@cache
def fingerprint(guard: Guard) -> str:
    """SHA-256, in hex, of all that makes the trigger do its work; `STANDING` computes the same."""
    bits = BEFORE_BITS | EVENT_BITS[guard.operation] | (guard.operation != "TRUNCATE")
    columns = ",".join(sorted(guard.event_columns))
    parts = [str(bits), "A", "t", *([columns] if columns else []), PREFIX + guard.name]
    parts += ["public", "plpgsql", "t", f"search_path={SEARCH_PATH}", body(guard)]
    return sha256("\n".join(parts).encode()).hexdigest()


def standing(connection: BaseDatabaseWrapper) -> dict[Place, str]:
    """The fingerprint of every guard in the database; one query."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        return {(name, table): found for name, table, found in cursor.fetchall()}


def body(guard: Guard) -> str:
    """The text of the guard's function."""
    locks = f"    PERFORM {guard.locks.removeprefix('SELECT ')};\n" if guard.locks else ""
    result = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(guard.operation, "NEW")
    return (
        "\nBEGIN\n"
        f"{locks}"
        f"    IF ({guard.condition('postgresql', columns_of(guard))}) IS NOT FALSE THEN\n"
        f"        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = {_quoted(guard.name)},\n"
        f"            TABLE = {_quoted(guard.table)}, MESSAGE = {_quoted(guard.message)};\n"
        "    END IF;\n"
        f"    RETURN {result};\n"
        "END\n"
    )


def create(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Make the functions and triggers, none of which may stand."""
    _execute(connection, [statement for guard in guards for statement in _creating(guard)])


def remove(connection: BaseDatabaseWrapper, places: Iterable[Place]) -> None:
    """Drop the triggers and their functions, as far as they stand."""
    quote = connection.ops.quote_name
    statements = []
    for name, table in places:
        statements.append(f"DROP TRIGGER IF EXISTS {quote(name)} ON public.{quote(table)}")
        statements.append(f"DROP FUNCTION IF EXISTS public.{quote(name)}()")
    _execute(connection, statements)


def prepare(connection: BaseDatabaseWrapper) -> None:
    """Wait for no table longer than three seconds; make the function that tells the time, unless it is there."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '3s'")
        cursor.execute("SELECT to_regprocedure('public.alsinfo_clock()') IS NULL")
        if cursor.fetchone()[0]:
            cursor.execute(CLOCK)


def grant_application_role(connection: BaseDatabaseWrapper, role: str, guards: Iterable[Guard]) -> None:
    """Let the role read and write every table, but only add to those whose guards refuse all else.

    Run by the owner of the tables, in a transaction.
    """
    quote = connection.ops.quote_name
    name = quote(role)
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ]
    for guard in guards:
        if guard.refuse_when == "TRUE" or guard.columns_that_may_change:
            statements.append(f"REVOKE {guard.operation} ON public.{quote(guard.table)} FROM {name}")
        if guard.columns_that_may_change:
            columns = ", ".join(quote(column) for column in guard.columns_that_may_change)
            statements.append(f"GRANT UPDATE ({columns}) ON public.{quote(guard.table)} TO {name}")
    _execute(connection, statements)


def _creating(guard: Guard) -> list[str]:
    name, table = place(guard)
    each = "STATEMENT" if guard.operation == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql\n"
        f"SECURITY DEFINER SET search_path = {SEARCH_PATH} AS $guard${body(guard)}$guard$",
        f"CREATE TRIGGER {name} BEFORE {guard.event} ON public.{table}\n"
        f"FOR EACH {each} EXECUTE FUNCTION public.{name}()",
        f"ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER {name}",
    ]


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    """Run many statements in one round trip."""
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(";\n".join(statements))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
