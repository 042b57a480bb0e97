"""Guards that many tables need, each from one line."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from alsinfo.guards.guard import NOT_INSTALLED, Condition, Guard


def append_only(
    table: str,
    keys: Iterable[Sequence[str]] = (),
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
    return [frozen, *never_deleted(table, keys)]


def never_deleted(table: str, keys: Iterable[Sequence[str]] = ()) -> list[Guard]:
    """Rows are never deleted, truncated or replaced.

    keys: every unique key, the primary key too. `INSERT OR REPLACE` on SQLite deletes the row with the
    same key without asking a DELETE trigger, so there each key gets a guard on INSERT.
    """
    message = "This is part of the record and is never deleted."
    return [
        Guard(f"{table}_is_never_deleted", table, "DELETE", "TRUE", message),
        Guard(f"{table}_is_never_emptied", table, "TRUNCATE", "TRUE", message),
        *(_never_replaced(table, key, number) for number, key in enumerate(keys, start=1)),
    ]


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


def _never_replaced(table: str, key: Sequence[str], number: int) -> Guard:
    same = " AND ".join(f"kept.{column} = NEW.{column}" for column in key)
    return Guard(
        name=f"{table}_is_never_replaced_{number}",
        table=table,
        event="INSERT",
        refuse_when=f"EXISTS (SELECT 1 FROM {table} AS kept WHERE {same})",
        message="This is already in the record and is never replaced.",
        postgresql=NOT_INSTALLED,
    )


def _any_changed_but(exempt: Collection[str]) -> Condition:
    return lambda columns: _any_changed([column for column in columns if column not in exempt])


def _any_changed(columns: Sequence[str]) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


def _listed(states: Iterable[str]) -> str:
    return ", ".join(f"'{state}'" for state in states)
