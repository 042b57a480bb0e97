"""Threads that start at the same moment, each with a connection of its own."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.db import connection

from alsinfo.refusals import Refusal

Act = Callable[[], Any]
Race = Callable[..., list[Any]]
LARGEST = 20
SECONDS = 60


@contextmanager
def races() -> Iterator[Race]:
    """`race(act, act, …)`: what each act gave, or its refusal; any other error is raised. Connections are kept."""
    with ThreadPoolExecutor(LARGEST) as pool:

        def race(*acts: Act) -> list[Any]:
            barrier = Barrier(len(acts))
            futures = [pool.submit(_run, act, barrier) for act in acts]
            return [future.result(SECONDS) for future in futures]

        try:
            yield race
        finally:
            race(*[_close] * LARGEST)


def refused(outcomes: Sequence[Any]) -> list[Refusal]:
    """The refusals among the outcomes."""
    return [outcome for outcome in outcomes if isinstance(outcome, Refusal)]


def done(outcomes: Sequence[Any]) -> list[Any]:
    """What was not refused."""
    return [outcome for outcome in outcomes if not isinstance(outcome, Refusal)]


def _run(act: Act, barrier: Barrier) -> Any:
    connection.ensure_connection()
    barrier.wait(SECONDS)
    try:
        return act()
    except Refusal as refusal:
        return refusal


def _close() -> None:
    """Close the connection of the thread that calls."""
    connection.close()
