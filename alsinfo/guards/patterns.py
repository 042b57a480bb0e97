"""Guards that many tables need, each from one line."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from alsinfo.guards.guard import NOT_INSTALLED, Condition, Guard


@dataclass(frozen=True)
class Key:
    """A unique key that is more than its columns.

    when: for a key over some rows only, which: SQL over `{row}`.
    may_change: a row may be given another value of this key.
    """

    columns: tuple[str, ...]
    when: str = "TRUE"
    may_change: bool = False


Keys = Iterable[Sequence[str] | Key]


def append_only(
    table: str,
    keys: Keys = (),
    columns_that_may_change: Collection[str] = (),
    columns: Sequence[str] = (),
) -> list[Guard]:
    """Rows are written once: no delete, no truncate, no replacing, no change but of the columns named.

    keys: every unique key of the table, the primary key too (as `("id",)`), see `never_deleted`.
    columns: all columns of the table; needed only when the table has no model.
    The application role loses the right to UPDATE all other columns, DELETE and TRUNCATE.
    """
    frozen = Guard(
        name=f"{table}_is_never_changed",
        table=table,
        event="UPDATE",
        refuse_when=_any_changed_but(columns_that_may_change) if columns_that_may_change else "TRUE",
        message="This is part of the record and is never changed.",
        columns=tuple(columns),
        columns_that_may_change=tuple(columns_that_may_change),
    )
    return [frozen, *_never_lost(table, [_as_key(key) for key in keys])]


def never_deleted(table: str, keys: Keys = ()) -> list[Guard]:
    """Rows are never deleted, truncated or replaced, and keep their primary key, under which history names them.

    keys: every unique key, the primary key first. `INSERT OR REPLACE` on SQLite deletes the row with the same key
    and asks a DELETE trigger only where the connection says so; `UPDATE OR REPLACE` does the same. So there each
    key gets a guard on INSERT, and one that may change also on UPDATE.
    """
    all_keys = [_as_key(key) for key in keys]
    message = "This is part of the record and keeps the number it is known by."
    primary = [frozen_columns(f"{table}_keeps_its_key", table, key.columns, message) for key in all_keys[:1]]
    return [*primary, *_never_lost(table, all_keys)]


def frozen_columns(name: str, table: str, columns: Sequence[str], message: str, *, when: str = "TRUE") -> Guard:
    """These columns never change while `when` (over OLD and NEW) holds."""
    return Guard(name, table, "UPDATE", f"({when}) AND ({_any_changed(columns)})", message)


def allowed_steps(table: str, column: str, steps: Mapping[str, Iterable[str]], initial: Iterable[str]) -> list[Guard]:
    """A state machine: rows begin in an `initial` state and move only along `steps` (from: to, to …).

    Writing the same state again is not a step and is always allowed. No state may hold a quote.
    """
    moves = [f"OLD.{column} = '{old}' AND NEW.{column} IN ({_listed(news)})" for old, news in steps.items() if news]
    allowed = " OR ".join(f"({move})" for move in moves) or "FALSE"
    return [
        Guard(
            name=f"{table}_{column}_begins_at_the_beginning",
            table=table,
            event="INSERT",
            refuse_when=f"NEW.{column} NOT IN ({_listed(initial)})",
            message="This cannot begin in that state.",
        ),
        Guard(
            name=f"{table}_{column}_takes_allowed_steps",
            table=table,
            event="UPDATE",
            refuse_when=f"NEW.{column} IS DISTINCT FROM OLD.{column} AND NOT ({allowed})",
            message="This cannot go from its present state to that one.",
        ),
    ]


def _as_key(key: Sequence[str] | Key) -> Key:
    return key if isinstance(key, Key) else Key(tuple(key))


def _never_lost(table: str, keys: Sequence[Key]) -> list[Guard]:
    message = "This is part of the record and is never deleted."
    found = [
        Guard(f"{table}_is_never_deleted", table, "DELETE", "TRUE", message),
        Guard(f"{table}_is_never_emptied", table, "TRUNCATE", "TRUE", message),
    ]
    for number, key in enumerate(keys, start=1):
        found.append(_never_replaced(f"{table}_is_never_replaced_{number}", table, key, "INSERT"))
        if key.may_change:
            found.append(_never_replaced(f"{table}_is_never_replaced_{number}_later", table, key, "UPDATE"))
    return found


def _never_replaced(name: str, table: str, key: Key, event: str) -> Guard:
    same = [f"kept.{column} = NEW.{column}" for column in key.columns]
    if key.when != "TRUE":
        same += [f"({key.when.format(row=row)})" for row in ("kept", "NEW")]
    if event == "UPDATE":
        same.append("kept.rowid <> OLD.rowid")
    return Guard(
        name=name,
        table=table,
        event=event,
        refuse_when=f"EXISTS (SELECT 1 FROM {table} AS kept WHERE {' AND '.join(same)})",
        message="This is already in the record and is never replaced.",
        postgresql=NOT_INSTALLED,
    )


def _any_changed_but(exempt: Collection[str]) -> Condition:
    return lambda columns: _any_changed([column for column in columns if column not in exempt])


def _any_changed(columns: Sequence[str]) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


def _listed(states: Iterable[str]) -> str:
    return ", ".join(f"'{state}'" for state in states)
