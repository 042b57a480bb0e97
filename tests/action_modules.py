"""Every module of actions whose cases `tests.action_cases` has to hold."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from conditions import actions
from organisations import actions as organising
from organisations import asking

MODULES: tuple[ModuleType, ...] = (
    *(import_module(f"conditions.actions.{module.name}") for module in iter_modules(actions.__path__)),
    organising,
    asking,
)
