"""Nobody overwrites what another person did meanwhile: compare-and-swap, row locks, the database's clock."""

from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db import connections, router
from django.db.models import F, Model
from django.utils import timezone

from alsinfo.refusals import Refusal

Row = TypeVar("Row", bound=Model)


class Conflict(Refusal):
    """The row is not as it was when it was read."""

    code = "changed-meanwhile"
    sentence = "Somebody changed this while you were looking at it. Look at it again, then decide."


def swap(row: Model, *, lock_version: int | None = None, **changes: Any) -> None:
    """Write `changes` (plain values) if the row is still as read, add one to its `lock_version`, update `row`.

    Compares the primary key, `lock_version` (`row`'s own unless given, as when a form was opened earlier)
    and, where the model has one, `state`. Raises `Conflict` and changes nothing otherwise.
    """
    expected = row.lock_version if lock_version is None else lock_version  # type: ignore[attr-defined]
    conditions: dict[str, Any] = {"pk": row.pk, "lock_version": expected}
    if _has_field(row, "state"):
        conditions["state"] = row.state  # type: ignore[attr-defined]
    rows = type(row)._base_manager.filter(**conditions)
    if rows.update(lock_version=F("lock_version") + 1, **changes) != 1:
        raise Conflict
    for name, value in {**changes, "lock_version": expected + 1}.items():
        setattr(row, name, value)


def lock(row: Row) -> Row:
    """The row as it is now, locked against other writers until the transaction ends.

    PostgreSQL: `FOR NO KEY UPDATE`, so that rows pointing at it can still be inserted. SQLite: a plain
    re-read, since its IMMEDIATE transactions exclude each other. Raises `Model.DoesNotExist`.
    """
    rows = type(row)._base_manager.using(router.db_for_write(type(row), instance=row))
    if connections[rows.db].vendor == "postgresql":
        rows = rows.select_for_update(no_key=True)
    return rows.get(pk=row.pk)


def one_at_a_time(number: int, using: str = "default") -> None:
    """Wait until no other transaction holds this number, then hold it until this one ends.

    SQLite needs nothing, since its IMMEDIATE transactions exclude each other.
    """
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def clock_now(using: str = "default") -> datetime:
    """The database's clock, aware, so that web nodes whose clocks differ agree on the order of things."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT alsinfo_clock()")
        now: datetime = cursor.fetchone()[0]
    return now


def _has_field(row: Model, name: str) -> bool:
    try:
        row._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
