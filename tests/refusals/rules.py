"""Every rule the database keeps about our tables, and how to take one away.

A rule is a trigger, a CHECK, a UNIQUE constraint or a UNIQUE column; the last is named `table.column`.
"""

import re
from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint, Model, UniqueConstraint

from alsinfo.guards import postgresql, sqlite
from alsinfo.guards.engine import Guard, registry

OURS = ("accounts", "audit", "outbox", "organisations", "conditions")
KEPT_KEY = re.compile(r"kept\.(\w+) = NEW\.")


@dataclass(frozen=True)
class Rule:
    """`kind` is trigger, check, unique or unique column; `columns` those of a UNIQUE."""

    name: str
    table: str
    kind: str
    columns: tuple[str, ...] = ()


def rules() -> dict[str, Rule]:
    """Every rule of this kind of database, by name."""
    found = [Rule(guard.name, guard.table, "trigger") for guard in guards()]
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            found += _constraints(model)
    return {rule.name: rule for rule in found}


def guards() -> list[Guard]:
    """The triggers that stand on this kind of database."""
    return [guard for guard in registry() if guard.stands_on(connection.vendor)]


def key_of(guard: Guard) -> tuple[str, ...]:
    """The columns of the unique key that a guard against `INSERT OR REPLACE` protects; none for other guards."""
    return tuple(KEPT_KEY.findall(guard.refuse_when)) if isinstance(guard.refuse_when, str) else ()


def guards_of_key(rule: Rule) -> list[str]:
    """SQLite: the guard against replacing by this very key, which is asked before the UNIQUE itself."""
    return [
        guard.name
        for guard in guards()
        if rule.columns and guard.table == rule.table and set(key_of(guard)) == set(rule.columns)
    ]


def _constraints(model: type[Model]) -> list[Rule]:
    fields = model._meta.local_concrete_fields
    table, column_of = model._meta.db_table, {field.name: str(field.column) for field in fields}
    found = [
        Rule(f"{table}.{field.column}", table, "unique column", (column_of[field.name],))
        for field in fields
        if field.unique and not field.primary_key
    ]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            columns = tuple(column_of[name] for name in constraint.fields)
            found.append(Rule(constraint.name, table, "unique", columns))
        elif isinstance(constraint, CheckConstraint):
            found.append(Rule(constraint.name, table, "check"))
    return found


def remove(rule: Rule) -> None:
    """Take the rule out of the database until the transaction is undone; on PostgreSQL run by the owner."""
    if connection.vendor == "postgresql":
        connection.check_constraints()  # a table with checks still due cannot be altered
    if rule.kind == "trigger":
        dialect = postgresql if connection.vendor == "postgresql" else sqlite
        dialect.remove(connection, [(dialect.PREFIX + rule.name, rule.table)])
    elif connection.vendor == "postgresql":
        _remove_from_postgresql(rule)
    else:
        _remove_from_sqlite(rule)


def _remove_from_postgresql(rule: Rule) -> None:
    name = rule.name if "." not in rule.name else _name_on_postgresql(rule)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [name])
        is_constraint = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {rule.table} DROP CONSTRAINT {name}" if is_constraint else f"DROP INDEX {name}")


def _name_on_postgresql(rule: Rule) -> str:
    """The name PostgreSQL keeps a UNIQUE column under."""
    return next(name for name, columns in unique_keys(rule.table).items() if columns == rule.columns)


def unique_keys(table: str) -> dict[str, tuple[str, ...]]:
    """The columns of each UNIQUE of a table, by the name it has in this database."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    return {name: tuple(key["columns"]) for name, key in found.items() if key["unique"] and not key["primary_key"]}


def _remove_from_sqlite(rule: Rule) -> None:
    """SQLite cannot alter a constraint away: edit the text it keeps of the table, in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND name = %s", [rule.name])
        if cursor.fetchone():
            cursor.execute(f"DROP INDEX {rule.name}")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [rule.table])
        before = cursor.fetchone()[0]
        after = _text_without(rule, before)
        assert after != before, f"{rule.name} is not in {before}"
        cursor.execute("PRAGMA writable_schema = ON")
        if rule.columns:
            _forget_index(rule)
        cursor.execute("UPDATE sqlite_master SET sql = %s WHERE type = 'table' AND name = %s", [after, rule.table])
    reread_schema()


def _text_without(rule: Rule, text: str) -> str:
    if rule.kind == "check":
        return text.replace(f'CONSTRAINT "{rule.name}" CHECK (', f'CONSTRAINT "{rule.name}" CHECK (1 OR ')
    if rule.kind == "unique":
        return re.sub(rf', CONSTRAINT "{rule.name}" UNIQUE \([^)]*\)', "", text)
    return re.sub(rf'("{rule.columns[0]}" [^,]*?) UNIQUE', r"\1", text, count=1)


def _forget_index(rule: Rule) -> None:
    """Take the index of a UNIQUE out of the schema and close the gap in the numbers SQLite gives such indexes."""
    prefix = f"sqlite_autoindex_{rule.table}_"
    numbered = {int(name.removeprefix(prefix)): columns for name, columns in _automatic_indexes(prefix, rule.table)}
    gone = next(number for number, columns in numbered.items() if columns == rule.columns)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_master WHERE name = %s", [f"{prefix}{gone}"])
        for number in sorted(number for number in numbered if number > gone):
            renaming = [f"{prefix}{number - 1}", f"{prefix}{number}"]
            cursor.execute("UPDATE sqlite_master SET name = %s WHERE name = %s", renaming)


def _automatic_indexes(prefix: str, table: str) -> list[tuple[str, tuple[str, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_index_list(%s)", [table])
        names = [name for (name,) in cursor.fetchall() if name.startswith(prefix)]
        found = []
        for name in names:
            cursor.execute("SELECT name FROM pragma_index_info(%s) ORDER BY seqno", [name])
            found.append((name, tuple(column for (column,) in cursor.fetchall())))
    return found


def reread_schema() -> None:
    """SQLite: forget what this connection remembers of the tables; nothing elsewhere."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA writable_schema = RESET")
