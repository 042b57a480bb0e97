"""Remove each trigger and each constraint in turn and show the test that fails, as `make mutate-guards` runs it.

    python -m tests.mutate_guards [PYTEST ARGUMENTS]          on SQLite and on PostgreSQL
    python -m tests.mutate_guards --here [PYTEST ARGUMENTS]   on the database that DATABASE_URL names

Runs `test_the_database_refuses` of `tests/test_guards.py`: once with the rule, and once for each rule that an attempt
is made on without it. Ends with 1 when a rule has no attempt or a removal goes unnoticed.
"""

import os
import sys
from collections import Counter
from collections.abc import Generator
from copy import deepcopy
from typing import Any

import pytest

import tests.environment  # isort: skip  # sets Django up, before anything imports a model

from django.db import connection

from tests.postgresql import HOUSE, NoServer, run, throw_away_server
from tests.refusals.attempts import Attempt, undone
from tests.refusals.rules import Rule, remove, rules
from tests.refusals.scene import Scene

__all__ = ["tests"]

TESTS = "tests/test_guards.py"
REFUSES = "test_the_database_refuses"


class Mutation:
    """A pytest plugin: each test that a rule refuses something is run again without the rule."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.proved: set[str] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Function]) -> None:
        """Only those tests."""
        items[:] = [item for item in items if item.originalname == REFUSES]

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        """Run the test with the rule, then without it; fails when it does not fail then."""
        scene = deepcopy(pyfuncitem.funcargs["scene"])
        with undone():
            result = yield
        self.prove(pyfuncitem, pyfuncitem.funcargs["attempt"], scene)
        return result

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """No dots between the lines."""
        return (report.outcome, "", "") if report.passed and report.when == "call" else None

    def prove(self, test: pytest.Function, attempt: Any, scene: Any) -> None:
        """One line that says whether the test noticed."""
        rule = rules()[attempt.rule]
        with undone():
            remove(rule)
            is_noticed = fails(test, attempt, scene)
        outcome = f"let through without it: test {test.name} fails" if is_noticed else "NOT NOTICED when removed"
        repeats = f"; set aside with {', '.join(attempt.set_aside())}" if attempt.set_aside() else ""
        print(f"{rule.name:60} {rule.kind:14} refused with it; {outcome}{repeats}", flush=True)
        if not is_noticed:
            pytest.fail(f"{rule.name} was removed and nothing failed")
        if rule.name not in self.proved:
            self.counts[rule.kind] += 1
        self.proved.add(rule.name)

    def unproved(self) -> list[Rule]:
        """The rules that no test was seen to need."""
        return [rule for rule in rules().values() if rule.name not in self.proved]


def fails(test: pytest.Function, attempt: Attempt, scene: Scene) -> bool:
    """Whether the test fails now."""
    try:
        test.obj(attempt, scene)
    except AssertionError:
        return True
    return False


def mutate_here(arguments: list[str]) -> int:
    """Mutate on the database of this process; 1 when a rule was not proved."""
    mutation = Mutation()
    quiet = ["-q", "-s", "--no-header", "--show-capture=no"]
    code = pytest.main([TESTS, *quiet, *arguments], plugins=[mutation])
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(mutation.counts.items()))
    print(f"{connection.vendor}: {len(mutation.proved)} of {len(rules())} rules proved necessary ({kinds})", flush=True)
    unproved = [] if arguments else mutation.unproved()
    for rule in unproved:
        print(f"{rule.name:60} {rule.kind:14} NOT PROVED", flush=True)
    return 1 if code or unproved else 0


def mutate_on_both(arguments: list[str]) -> int:
    """SQLite, then PostgreSQL: the one that DATABASE_URL names or one of our own."""
    command = [sys.executable, "-m", "tests.mutate_guards", "--here", *arguments]
    environment = dict(os.environ)
    given = os.environ.get("DATABASE_URL", "") if "postgres" in os.environ.get("DATABASE_URL", "") else ""
    environment.pop("DATABASE_URL", None)
    code = run(command, environment)
    if given:
        return code | run(command, {**environment, "DATABASE_URL": given})
    try:
        with throw_away_server() as url:
            return code | run(command, {**environment, "DATABASE_URL": url})
    except NoServer as reason:
        print(f"PostgreSQL: {reason}")
        return 1


if __name__ == "__main__":
    os.chdir(HOUSE)
    here = sys.argv[1:2] == ["--here"]
    sys.exit(mutate_here(sys.argv[2:]) if here else mutate_on_both(sys.argv[1:]))
