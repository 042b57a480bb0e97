"""The whole suite, as `make test` and `make check` run it.

    python -m tests.suite all [PYTEST ARGUMENTS]  tests on PostgreSQL and on SQLite, then the checks
    python -m tests.suite checks                  lint, types, layers, migrations, house rules

Ends with what was skipped and why, what failed and how, and last with the line `N passed, N failed`.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgresql import HOUSE, NoServer, run, throw_away_server

BIN = Path(sys.executable).parent
REPORTS = HOUSE / "var" / "reports"
LINES_OF_A_FAULT = 25
WORKERS = min(os.cpu_count() or 2, 4)
CHECK_ENVIRONMENT = {"DEBUG": "1", "DATABASE_URL": "sqlite://:memory:", "OWNER_DATABASE_URL": ""}
CHECKS: dict[str, list[str | Path]] = {
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "types": [BIN / "mypy"],
    "layers": [BIN / "lint-imports", "--no-logo"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "house rules": [sys.executable, "-m", "pytest", "-q", "tests/test_house.py", "tests/test_docs.py"],
}


@dataclass
class Tally:
    """What passed, what failed, and why things were skipped."""

    passed: int = 0
    failures: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def read(self, report: Path, where: str) -> None:
        """Add the tests of a JUnit report; one failure when the run ended before writing it."""
        if not report.exists():
            self.failures.append(f"{where}: the run ended without a report")
            return
        for case in ElementTree.parse(report).iter("testcase"):
            skip, fault = case.find("skipped"), first_fault(case)
            if skip is not None:
                self.skipped[f"{where}: {skip.get('message')}"] += 1
            elif fault is not None:
                self.failures.append(f"{where}: {case.get('classname')}::{case.get('name')}\n{last_lines(fault)}")
            else:
                self.passed += 1


def first_fault(case: ElementTree.Element) -> ElementTree.Element | None:
    """The failure of a test, or the error of its fixtures."""
    failure = case.find("failure")
    return case.find("error") if failure is None else failure


def last_lines(fault: ElementTree.Element) -> str:
    """The end of what pytest says of a failure, where the reason stands."""
    return "\n".join(f"    {line[:200]}" for line in (fault.text or "").rstrip().splitlines()[-LINES_OF_A_FAULT:])


def title(text: str) -> None:
    """A heading that stands out in a long log."""
    print(f"\n── {text} ".ljust(80, "─"), flush=True)


def run_tests(where: str, arguments: list[str], environment: dict[str, str], tally: Tally) -> None:
    """Run pytest on one database and add up its report."""
    title(f"tests on {where}")
    report = REPORTS / f"{where}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(WORKERS), f"--junitxml={report}", *arguments]
    code = run(command, environment)
    before = len(tally.failures)
    tally.read(report, where)
    if code and len(tally.failures) == before:
        tally.failures.append(f"{where}: pytest ended with {code}")


def run_tests_on_both(arguments: list[str], tally: Tally) -> None:
    """PostgreSQL first, the one that DATABASE_URL names or one of our own; then SQLite, the lesser promise.

    What uses no database, and what pages show to whom, is not run twice; without PostgreSQL all of it runs on SQLite.
    """
    environment = dict(os.environ)
    given = environment.pop("DATABASE_URL", "")
    try:
        with nullcontext(given) if given else throw_away_server() as url:
            run_tests("PostgreSQL", arguments, {**environment, "DATABASE_URL": url}, tally)
    except NoServer as reason:
        tally.skipped[f"everything on PostgreSQL: {reason}"] += 1
    else:
        environment["ALSINFO_SECOND_DATABASE"] = "1"
    run_tests("SQLite", arguments, environment, tally)


def run_check(name: str) -> tuple[str, int, str, float]:
    """Name, exit code, output and seconds of one check."""
    began = time.monotonic()
    done = subprocess.run(
        CHECKS[name],
        cwd=HOUSE,
        env={**os.environ, **CHECK_ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return name, done.returncode, done.stdout, time.monotonic() - began


def run_checks(tally: Tally) -> None:
    """Run every check, some beside each other; print what a failing one says."""
    title("checks")
    with ThreadPoolExecutor(WORKERS) as pool:
        for name, code, output, seconds in pool.map(run_check, CHECKS):
            print(f"{'FAILED' if code else 'ok':8}{name:14}{seconds:5.1f} s", flush=True)
            if code:
                print(output, flush=True)
                tally.failures.append(f"check: {name}")
            tally.passed += not code


def main(what: str, arguments: list[str]) -> int:
    """Run it all or only the checks; 1 when anything failed."""
    tally = Tally()
    REPORTS.mkdir(parents=True, exist_ok=True)
    if what == "all":
        run_tests_on_both(arguments, tally)
    run_checks(tally)
    print()
    for reason, count in sorted(tally.skipped.items()):
        print(f"skipped {count} × {reason}")
    for failure in tally.failures:
        print(f"FAILED {failure}")
    print(f"{tally.passed} passed, {len(tally.failures)} failed")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("all", "checks"):
        sys.exit(__doc__)
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except KeyboardInterrupt:
        sys.exit("stopped")
