"""What a machine of `tests.machines` is made of."""

from collections.abc import Mapping
from dataclasses import dataclass


def refused(code: str) -> str:
    """A refusal as an outcome; no state is written like it."""
    return f"refused: {code}"


Outcome = str | Mapping[str, str]
Situations = Mapping[str, Mapping[str, Outcome]]


@dataclass(frozen=True)
class Machine:
    """`situations`: for each situation the actions that are answered in a way of their own, with the outcome.

    An outcome is the state that follows, or a refusal; or one for each role, `ANYBODY` standing for the others.
    """

    actions: tuple[str, ...]
    situations: Situations


ANYBODY = "anybody who may"
