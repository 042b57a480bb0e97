"""The table of forgeries, and the tools of a forger who may write to the database but does not hold the seal's key."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Model

from conditions.models import Publication, RegionalEdition, Revision
from tests import world as w
from tests.refusals.rows import revision, run, saved
from tests.refusals.scene import Scene
from tests.world import GB

Forgery = Callable[[Scene], None]

CANARY = "Miracle cure"
REFUSED: dict[str, Forgery] = {}
SEALED: dict[str, Forgery] = {}


def refused(forgery: Forgery) -> Forgery:
    """The application, a trigger, a constraint or a missing right says no."""
    REFUSED[forgery.__name__.replace("_", " ")] = forgery
    return forgery


def sealed(forgery: Forgery) -> Forgery:
    """The database lets it through; readers do not get it, since its seal is wrong."""
    SEALED[forgery.__name__.replace("_", " ")] = forgery
    return forgery


def unsigned(s: Scene) -> Revision:
    """A text of the live UK page that nobody has signed."""
    text: Revision = saved(revision(s.shown, title=CANARY))
    return text


def live(s: Scene) -> Publication:
    """What UK readers get of the live article."""
    found = s.page.live_publication()
    assert found is not None
    return found


def first_row(s: Scene) -> RegionalEdition:
    """The regional edition that the live UK page was published from."""
    row = live(s).regional_edition
    assert row is not None
    return row


def cleared_page(s: Scene) -> Any:
    """The UK page, not public yet, of the text that is signed."""
    return w.page(s.cleared.edition.article, GB)


def write(row: Model, **values: Any) -> None:
    """UPDATE by SQL."""
    setting = ", ".join(f"{column} = %s" for column in values)
    key = row._meta.pk.column
    run(f"UPDATE {row._meta.db_table} SET {setting} WHERE {key} = %s", *values.values(), row.pk)


def upsert(row: Model, **values: Any) -> None:
    """Insert a row again with other values in place of it: OR REPLACE on SQLite, ON CONFLICT on PostgreSQL."""
    fields = row._meta.local_concrete_fields
    now = {
        str(field.column): field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields
    } | values
    columns, marks = ", ".join(now), ", ".join(["%s"] * len(now))
    insert = f"INTO {row._meta.db_table} ({columns}) VALUES ({marks})"
    if connection.vendor == "sqlite":
        run(f"INSERT OR REPLACE {insert}", *now.values())
        return
    setting = ", ".join(f"{column} = EXCLUDED.{column}" for column in values)
    run(f"INSERT {insert} ON CONFLICT ({row._meta.pk.column}) DO UPDATE SET {setting}", *now.values())


def empty(table: str) -> None:
    """Remove every row: TRUNCATE, which SQLite does not have, or DELETE."""
    run(f"DELETE FROM {table}" if connection.vendor == "sqlite" else f"TRUNCATE {table} CASCADE")
