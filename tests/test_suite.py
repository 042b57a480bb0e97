"""What `make test` says at its end, and what other commands of make need at their start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgresql import HOUSE
from tests.suite import Tally

REPORT = """<testsuites><testsuite>
<testcase classname="tests.test_a" name="test_one"/>
<testcase classname="tests.test_a" name="test_two"><failure message="no">def test_two():
>       assert 1 == 2
E       assert 1 == 2</failure></testcase>
<testcase classname="tests.test_a" name="test_three"><error message="no">fixture fell over</error></testcase>
<testcase classname="tests.test_a" name="test_four"><skipped message="SQLite has no roles"/></testcase>
</testsuite></testsuites>"""


def test_a_report_names_what_failed_and_how(tmp_path: Path) -> None:
    report = tmp_path / "SQLite.xml"
    report.write_text(REPORT, encoding="utf-8")
    tally = Tally()
    tally.read(report, "SQLite")
    assert tally.passed == 1
    assert tally.skipped == {"SQLite: SQLite has no roles": 1}
    assert len(tally.failures) == 2
    assert tally.failures[0].startswith("SQLite: tests.test_a::test_two\n")
    assert tally.failures[0].endswith("E       assert 1 == 2")
    assert tally.failures[1].endswith("fixture fell over")


def test_a_run_without_a_report_is_a_failure(tmp_path: Path) -> None:
    tally = Tally()
    tally.read(tmp_path / "none.xml", "PostgreSQL")
    assert tally.failures == ["PostgreSQL: the run ended without a report"]


@pytest.mark.parametrize("module", ["tests.look", "tests.pictures", "tests.suite", "tests.mutate_guards"])
def test_what_make_starts_needs_no_settings(module: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True, cwd=HOUSE, env=environment)
