"""What `make test` says at its end."""

from pathlib import Path

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
