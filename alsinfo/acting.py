"""What every action has in common: it happens whole or not at all, and a refusal leaves a line in the security log."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from alsinfo.refusals import Refusal, translated

P = ParamSpec("P")
R = TypeVar("R")

acting: ContextVar[bool] = ContextVar("acting", default=False)
security = logging.getLogger("alsinfo.security")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run in one transaction; what the database refuses becomes a `Refusal`.

    A refusal undoes everything and writes no audit event, only a line with its code and the person's number.
    An action that another one calls is part of that one: it stands or falls with it.
    """

    @wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        if acting.get():
            return function(*args, **kwargs)
        token = acting.set(True)
        try:
            with translated(), transaction.atomic():
                return function(*args, **kwargs)
        except Refusal as refusal:
            refusal.afterwards()
            person = getattr(kwargs.get("by"), "pk", None)
            security.warning("%s refused: %s, person %s", function.__name__, refusal.code, person)
            raise
        finally:
            acting.reset(token)

    return act


def insist(objection: Refusal | None) -> None:
    """Raise the objection, if there is one."""
    if objection is not None:
        raise objection
