"""The table of attempts: which rule refuses what, and how it is found out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from alsinfo.refusals import refusal_in
from tests.refusals.rules import guards_of_key, reread_schema, rules, unique_keys
from tests.refusals.scene import Scene

Act = Callable[[], object]
"""The one step that the rule refuses; it can be tried again."""

Making = Callable[[Scene], Act]
"""Prepares a state in which only the rule stands in the way, and gives the step."""


@dataclass(frozen=True)
class Attempt:
    """How a rule would be broken.

    repeats: other rules that refuse the same. They are set aside first, so that this one is seen to stand by itself.
    """

    rule: str
    making: Making
    repeats: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What is tried, in words."""
        return self.making.__name__.replace("_", "-")

    @property
    def is_for_this_database(self) -> bool:
        """Whether its rule stands on this kind of database."""
        return self.rule in rules()

    def set_aside(self) -> tuple[str, ...]:
        """The rules taken away before: those that repeat it and, on SQLite, the guard of the same key."""
        known = rules()
        return (*(name for name in self.repeats if name in known), *guards_of_key(known[self.rule]))


ATTEMPTS: list[Attempt] = []


def attempt(rule: str, *, repeats: tuple[str, ...] = ()) -> Callable[[Making], Making]:
    """Enter the function into the table."""

    def enter(making: Making) -> Making:
        ATTEMPTS.append(Attempt(rule, making, repeats))
        return making

    return enter


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end whatever happens inside, also to the rules themselves."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        reread_schema()


def refused_by(act: Act) -> str:
    """The name of the rule that refuses the step, "" when it is let through."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        return _name_in(error)
    return ""


def _name_in(error: DatabaseError) -> str:
    refusal = refusal_in(error)
    assert refusal is not None, f"not a refusal: {error!r}"
    diagnosis = getattr(error.__cause__, "diag", None)
    if connection.vendor == "sqlite":
        return refusal.guard or str(error).removeprefix("UNIQUE constraint failed: ")
    columns = unique_keys(diagnosis.table_name).get(refusal.guard, ()) if diagnosis and diagnosis.table_name else ()
    by_column = f"{diagnosis.table_name}.{columns[0]}" if diagnosis and len(columns) == 1 else ""
    return by_column if by_column in rules() and refusal.guard not in rules() else refusal.guard
