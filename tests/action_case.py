"""What a row of the table of actions says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
