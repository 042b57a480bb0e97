"""What a row of the table of actions says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from alsinfo.accounts.models import User
from tests.acts import ACTS, Place
from tests.situations import Step

SYSTEM = "the system"


@dataclass(frozen=True)
class Case:
    """An action, who does it after which steps, and what its audit event says."""

    action: str
    by: str
    steps: tuple[Step, ...]
    subject: str
    before: str = ""
    after: str = ""
    verb: str = ""
    act: Callable[[Place, User], Any] | None = None

    def __str__(self) -> str:
        return self.action

    def perform(self, place: Place, by: str) -> Any:
        """Do it as a person."""
        act = self.act or ACTS[self.action]
        return act(place, place.person("superuser" if by == SYSTEM else by))


def reached(cases: Iterable[Case]) -> list[Any]:
    """The cases as parameters, each begun where its steps lead; neighbours share the steps they have in common."""
    chosen = list(cases)
    steps = list(dict.fromkeys(step for case in chosen for step in case.steps))
    chosen.sort(key=lambda case: [steps.index(step) for step in case.steps])
    return [pytest.param(case, marks=pytest.mark.reached(case.steps), id=str(case)) for case in chosen]
