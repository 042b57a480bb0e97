"""What a guard is: a rule that the database itself keeps."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LONGEST_NAME = 57  # with its prefix, PostgreSQL's limit of 63
NOT_INSTALLED = "-"
EVENT = re.compile(r"INSERT|DELETE|TRUNCATE|UPDATE( OF \w+(, \w+)*)?")

Condition = str | Callable[[Sequence[str]], str]
"""Portable SQL over NEW and OLD, or a function that makes it from the table's columns."""


@dataclass(frozen=True)
class Guard:
    """A trigger before each row's change, that refuses the change when a condition is not false.

    name: a sentence in snake case, at most 57 characters, unique in the project.
    event: "INSERT", "UPDATE", "UPDATE OF a, b", "DELETE"; "TRUNCATE" on PostgreSQL only.
    refuse_when: a SQL boolean over NEW and OLD, sub-queries allowed, that means the same on SQLite and
        PostgreSQL. A condition that is NULL refuses, so write `NEW.a IS NOT NULL AND …` where a may be.
        Write `IS [NOT] DISTINCT FROM`, `TRUE`, `FALSE`; never `%`-formats or named parameters.
    message: the sentence shown to people.
    locks: PostgreSQL only, `SELECT 1 FROM … FOR NO KEY UPDATE`, run before the condition is looked at.
        Not needed on SQLite, whose writers exclude each other.
    postgresql, sqlite: the condition for that database alone, "-" where the guard is not installed.
    columns: every column of the table, for one without a model.
    columns_that_may_change: for an UPDATE guard over all other columns; the application role keeps the right
        to change these alone. (A guard whose condition is `TRUE` takes the whole right away.)
    """

    name: str
    table: str
    event: str
    refuse_when: Condition
    message: str
    locks: str = ""
    postgresql: str = ""
    sqlite: str = ""
    columns: tuple[str, ...] = ()
    columns_that_may_change: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name) or len(self.name) > LONGEST_NAME:
            raise ValueError(f"Guard name {self.name!r}: snake case, at most {LONGEST_NAME} characters.")
        if not EVENT.fullmatch(self.event):
            raise ValueError(f"Guard {self.name}: unknown event {self.event!r}.")
        if not self.message or "\n" in self.message:
            raise ValueError(f"Guard {self.name}: the message is one sentence for people.")
        if self.locks and not self.locks.startswith("SELECT "):
            raise ValueError(f"Guard {self.name}: locks starts with SELECT.")

    @property
    def operation(self) -> str:
        """The event without its columns: INSERT, UPDATE, DELETE or TRUNCATE."""
        return self.event.partition(" ")[0]

    @property
    def event_columns(self) -> tuple[str, ...]:
        """The columns of "UPDATE OF a, b"; none for every other event."""
        return tuple(re.findall(r"\w+", self.event.partition(" OF ")[2]))

    def stands_on(self, vendor: str) -> bool:
        """Whether the guard is installed on this kind of database ("sqlite" or "postgresql")."""
        if self.operation == "TRUNCATE" and vendor == "sqlite":
            return False
        return self._of_vendor(vendor) != NOT_INSTALLED

    def condition(self, vendor: str, columns: Sequence[str]) -> str:
        """The condition for this kind of database, with the table's columns filled in."""
        if chosen := self._of_vendor(vendor):
            return chosen
        return self.refuse_when if isinstance(self.refuse_when, str) else self.refuse_when(columns)

    def _of_vendor(self, vendor: str) -> str:
        return self.sqlite if vendor == "sqlite" else self.postgresql
