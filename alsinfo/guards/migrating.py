"""Guards and migrations: tables that are rebuilt lose their triggers, so guards go before and come back after."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from alsinfo.guards import engine

OWNER_ALIAS = "owner"


def drop_before_rebuilding(using: str, plan: Sequence[object] = (), **signal: Any) -> None:
    """SQLite changes a table by building it anew, which would lose its triggers silently: drop all of them first."""
    if plan and connections[using].vendor == "sqlite":
        engine.drop(connections[using])


def install_after_migrating(using: str, plan: Sequence[object] | None = None, **signal: Any) -> None:
    """Make every guard stand, once all migrations of this version are applied (`flush` gives no plan).

    After `migrate` to a past state SQLite has no guards and PostgreSQL keeps those it had:
    publishing refuses until `migrate` has run whole.
    """
    connection = connections[using]
    if plan is not None and migrations_to_apply(connection):
        return
    engine.install(connection)
    if using == OWNER_ALIAS and connection.vendor == "postgresql":
        engine.grant_application_role(connection, settings.DATABASES[DEFAULT_DB_ALIAS]["USER"])


def migrations_to_apply(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of this version's migrations that the database has not had."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
