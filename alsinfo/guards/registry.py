"""Which guards the installed apps declare."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

from alsinfo.guards.guard import Guard


@cache
def registry() -> tuple[Guard, ...]:
    """Every guard of every installed app, in the order of INSTALLED_APPS; read once.

    Raises `ImproperlyConfigured` when two guards have one name.
    """
    found: dict[str, Guard] = {}
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, "guards"):
            for guard in getattr(import_module(f"{app.name}.guards"), "GUARDS", ()):
                if guard.name in found:
                    raise ImproperlyConfigured(f"Two guards are named {guard.name}.")
                found[guard.name] = guard
    return tuple(found.values())


def columns_of(guard: Guard) -> Sequence[str]:
    """Every column of the guard's table: as the guard says, else as the table's model says, else none."""
    return guard.columns or _columns_of_models().get(guard.table, ())


@cache
def _columns_of_models() -> dict[str, tuple[str, ...]]:
    return {
        model._meta.db_table: tuple(field.column or field.name for field in model._meta.local_concrete_fields)
        for model in apps.get_models(include_auto_created=True)
    }
