"""The base of every named refusal, and what the database's own refusals become.

A refusal is an expected answer, never a fault: it has a code for machines, a sentence for people
and an HTTP status for the view that shows it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, InternalError, ProgrammingError
from django.db.models import Model, UniqueConstraint

REFUSED = "23514"
TRIGGER_SEPARATOR = ": "


class Refusal(Exception):
    """Something was asked for that may not be done; `str(refusal)` is the sentence shown to the person.

    A subclass states `code` (kebab-case), `sentence` and, where 409 is wrong, `status`.
    A sentence given when raising replaces the one of the class.
    """

    code = "refused"
    sentence = "This cannot be done."
    status = 409

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence or type(self).sentence
        super().__init__(self.sentence)

    def afterwards(self) -> None:
        """What is written although everything else was undone; nothing, but for a wrong password."""


class DatabaseRefused(Refusal):
    """A guard or a constraint of the database said no; `guard` is its name, "" when it has none."""

    code = "database-refused"
    sentence = "The database refused this, since it would break a rule of the record."

    def __init__(self, sentence: str = "", guard: str = "") -> None:
        self.guard = guard
        super().__init__(sentence)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the database refuses inside into `DatabaseRefused`; also a decorator, `@translated()`.

    Place it around `transaction.atomic()`, not inside: the transaction must be undone first.
    A fault of the program (a misspelt column, say) passes through unchanged.
    """
    try:
        yield
    except (IntegrityError, ProgrammingError, InternalError) as error:
        if refused := refusal_in(error):
            raise refused from error
        raise


def refusal_in(error: Exception) -> DatabaseRefused | None:
    """What the database's error says to people, or None when it is not a refusal."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return _refusal_of_postgresql(diagnosis)
    return _refusal_of_sqlite(str(error)) if isinstance(error, IntegrityError) else None


def _refusal_of_postgresql(diagnosis: object) -> DatabaseRefused | None:
    state = str(getattr(diagnosis, "sqlstate", None) or "")
    name = str(getattr(diagnosis, "constraint_name", None) or "")
    if not state.startswith("23") and state != "42501":  # a broken rule, or a right the role does not have
        return None
    if state == REFUSED and name and getattr(diagnosis, "source_function", "") == "exec_stmt_raise":
        return DatabaseRefused(str(getattr(diagnosis, "message_primary", "")), guard=name)
    return DatabaseRefused(sentence_of_constraint(name), guard=name)


def _refusal_of_sqlite(message: str) -> DatabaseRefused:
    head, _, tail = message.partition(TRIGGER_SEPARATOR)
    if head == "CHECK constraint failed":
        return DatabaseRefused(sentence_of_constraint(tail), guard=tail)
    if head == "UNIQUE constraint failed":
        name = _unique_constraint(tail)
        return DatabaseRefused(sentence_of_constraint(name), guard=name)
    if head.isidentifier() and tail:
        return DatabaseRefused(tail, guard=head)
    return DatabaseRefused()


def sentence_of_constraint(name: str) -> str:
    """The constraint's own message, else its name read as words; "" when there is no name."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if (
                constraint.name == name
                and constraint.violation_error_message != constraint.default_violation_error_message
            ):
                return str(constraint.violation_error_message)
    return f"The database refused this: {name.replace('_', ' ')}." if name else ""


def _unique_constraint(columns: str) -> str:
    """The name of the constraint that SQLite describes as `table.a, table.b` or `index 'name'`."""
    if columns.startswith("index "):
        return columns.removeprefix("index ").strip("'")
    table = columns.partition(".")[0]
    wanted = {column.partition(".")[2] for column in columns.split(", ")}
    names = [name for model in apps.get_models() if model._meta.db_table == table for name in _unique(model, wanted)]
    return names[0] if names else ""


def _unique(model: type[Model], columns: set[str]) -> list[str]:
    """The names of the model's unique constraints over exactly these columns."""
    column_of = {field.name: field.column for field in model._meta.concrete_fields}
    return [
        constraint.name
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and {column_of[field] for field in constraint.fields} == columns
    ]
