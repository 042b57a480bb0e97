"""The guards app: the triggers that every other app declares."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models.signals import post_migrate, pre_migrate

from alsinfo.guards import engine
from alsinfo.guards.migrating import drop_before_rebuilding, install_after_migrating


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


def check_guards_stand(databases: Sequence[str] | None = None, **options: Any) -> list[checks.CheckMessage]:
    """`check --deploy` names each guard that does not stand in the database that serves readers."""
    try:
        found = engine.problems(connections[DEFAULT_DB_ALIAS])
    except DatabaseError as error:
        found = [f"The database does not answer: {error}"]
    return [checks.Error(problem, hint="Run manage.py migrate.", id="guards.E001") for problem in found]
