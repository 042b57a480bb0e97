"""The guards app: the triggers that every other app declares."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate, pre_migrate

from alsinfo.guards import engine

OWNER_ALIAS = "owner"


class GuardsConfig(AppConfig):
    """Installs the declared triggers after migrations and says when one is missing."""

    name = "alsinfo.guards"
    verbose_name = "Guards"

    def ready(self) -> None:
        """Act once per migrate: before the first app's tables change, and after the last app's did."""
        with_models = [app for app in apps.get_app_configs() if app.models_module is not None]
        pre_migrate.connect(drop_before_rebuilding, sender=with_models[0])
        post_migrate.connect(install_after_migrating, sender=with_models[-1])
        checks.register(check_guards_stand, deploy=True)


def drop_before_rebuilding(using: str, plan: Sequence[object] = (), **signal: Any) -> None:
    """SQLite changes a table by building it anew, which would lose its triggers silently: drop all of them first."""
    if plan and connections[using].vendor == "sqlite":
        engine.drop(connections[using])


def install_after_migrating(using: str, **signal: Any) -> None:
    """Make every guard stand, once all migrations of this version are applied.

    After `migrate` to a past state SQLite has no guards and PostgreSQL keeps those it had:
    publishing refuses until `migrate` has run whole.
    """
    connection = connections[using]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    engine.install(connection)
    if using == OWNER_ALIAS and connection.vendor == "postgresql":
        engine.grant_application_role(connection, settings.DATABASES[DEFAULT_DB_ALIAS]["USER"])


def check_guards_stand(databases: Sequence[str] | None = None, **options: Any) -> list[checks.CheckMessage]:
    """`check --deploy` names each guard that does not stand in the database that serves readers."""
    try:
        found = engine.problems(connections[DEFAULT_DB_ALIAS])
    except DatabaseError as error:
        found = [f"The database does not answer: {error}"]
    return [checks.Error(problem, hint="Run manage.py migrate.", id="guards.E001") for problem in found]
