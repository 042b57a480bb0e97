"""The public list of Retraction Watch is read line by line, and only what is about works of ours is kept."""

import os
import tracemalloc
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alsinfo.audit.models import AuditEvent
from conditions.actions import cataloguing
from conditions.importing import retractions
from conditions.models import LookedUp, RetractionEvent, RetractionList
from tests import world as w
from tests.racing import done, races
from tests.retraction_lists import BROWN, HEADER, others, row, write

AS_OF = ("--as-of", "2026-11-03")


def bring(path: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("import_retractions", str(path), *arguments, stdout=out)
    return out.getvalue()


def refused(path: Path, *arguments: str) -> str:
    out = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_retractions", str(path), *arguments, stdout=out)
    return out.getvalue() + str(refusal.value)


@pytest.mark.django_db
def test_of_a_long_list_only_what_is_about_our_works_is_kept(tmp_path: Path) -> None:
    w.build()
    path = write(tmp_path / "list.csv", [*others(2_000), row(), *others(500)])
    report = bring(path, *AS_OF)
    assert "2501 rows read, 1 about works of ours, 1 of them new, 0 unread; 0 pages" in report
    kept = RetractionEvent.objects.get()
    assert (kept.doi, kept.pmid, kept.nature, kept.happened_on) == (
        "10.1056/nejmra1603471",
        "",
        "retraction",
        date(2026, 5, 3),
    )
    assert (kept.notice, kept.entry) == ("https://doi.org/10.1056/NEJMc999", "51234")
    assert str(kept.found_in) == "Retraction Watch as of 3 November 2026"
    assert LookedUp.objects.get().as_of == date(2026, 11, 3)


@pytest.mark.django_db
def test_sixty_thousand_rows_are_read(tmp_path: Path) -> None:
    w.build()
    path = write(tmp_path / "list.csv", [*others(59_999), row()])
    read, broken = retractions.read(path, date(2026, 11, 3))
    assert (read.rows, len(read.events), broken) == (60_000, 1, [])


@pytest.mark.django_db
def test_a_list_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    w.build()
    path = write(tmp_path / "list.csv", others(6_000))
    tracemalloc.start()
    read, _ = retractions.read(path, date(2026, 11, 3))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read.rows == 6_000
    assert path.stat().st_size > 1_000_000
    assert peak < 400_000


@pytest.mark.django_db
def test_a_repeat_changes_nothing_and_is_no_event(tmp_path: Path) -> None:
    w.build()
    path = write(tmp_path / "list.csv", [row()])
    bring(path, *AS_OF)
    count = AuditEvent.objects.count()
    assert "1 about works of ours, 0 of them new" in bring(path, *AS_OF)
    assert "0 of them new" in bring(path, "--as-of", "2026-10-01")
    assert (RetractionEvent.objects.count(), RetractionList.objects.count()) == (1, 1)
    assert AuditEvent.objects.count() == count
    assert LookedUp.objects.get().as_of == date(2026, 11, 3)


@pytest.mark.django_db
def test_a_list_that_names_none_of_our_works_still_moves_the_day(tmp_path: Path) -> None:
    w.build()
    bring(write(tmp_path / "list.csv", others(3)), *AS_OF)
    assert RetractionEvent.objects.count() == 0
    assert LookedUp.objects.get().as_of == date(2026, 11, 3)
    assert AuditEvent.objects.filter(verb="take_in", actor=None).count() == 1


@pytest.mark.django_db
def test_a_work_added_since_was_not_looked_up(tmp_path: Path) -> None:
    world = w.build()
    path = write(tmp_path / "list.csv", others(3))
    bring(path, *AS_OF)
    cataloguing.add_reference({"type": "book", "title": "New", "PMID": "90000001"}, by=world.editor)
    assert not LookedUp.objects.filter(pk="pmid:90000001").exists()
    assert "1 of them new" in bring(path, *AS_OF)
    assert LookedUp.objects.get(pk="pmid:90000001").as_of == date(2026, 11, 3)


@pytest.mark.django_db
def test_the_day_of_the_list_is_when_it_was_saved_unless_said(tmp_path: Path) -> None:
    w.build()
    path = write(tmp_path / "list.csv", [])
    saved = datetime(2026, 10, 20, 12, tzinfo=UTC).timestamp()
    os.utime(path, (saved, saved))
    bring(path)
    assert RetractionList.objects.get().as_of == date(2026, 10, 20)
    assert "has not come yet" in refused(path, "--as-of", "2126-01-01")


BAD = {
    "an unknown nature": (row(RetractionNature="Withdrawal?"), "“Withdrawal?” is no nature"),
    "no date": (row(RetractionDate=""), "“” is no date"),
    "a wrong date": (row(RetractionDate="31/12/2026 0:00"), "“31/12/2026 0:00” is no date"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", BAD)
def test_a_row_on_our_work_that_cannot_be_read_is_named_and_the_day_not_kept(case: str, tmp_path: Path) -> None:
    w.build()
    bad, reason = BAD[case]
    path = write(tmp_path / "list.csv", [*others(2), bad, row(Record_ID="2", RetractionNature="Correction")])
    report = refused(path, *AS_OF)
    assert f"{path}, line 4: {reason}" in report
    assert "the day of this list was not kept" in report
    assert [event.nature for event in RetractionEvent.objects.all()] == ["correction"]
    assert not LookedUp.objects.exists()
    assert "1 unread" in bring(path, *AS_OF, "--despite-unread")
    assert LookedUp.objects.get().as_of == date(2026, 11, 3)


@pytest.mark.django_db
def test_a_faulty_row_on_a_work_of_others_does_not_matter(tmp_path: Path) -> None:
    w.build()
    path = write(tmp_path / "list.csv", [{**next(iter(others(1))), "RetractionDate": "soon"}, row()])
    assert "0 unread" in bring(path, *AS_OF)


@pytest.mark.django_db
def test_a_list_that_is_cut_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    w.build()
    path = write(tmp_path / "list.csv", [row(), *others(2)])
    path.write_bytes(path.read_bytes()[:-40])
    assert f"{path}, line 4: This row has" in refused(path, *AS_OF)
    path.write_text("Record ID,Title\n1,Something\n")
    assert "has no column retractiondate" in refused(path, *AS_OF)
    path.write_text("")
    assert "Is this the list of Retraction Watch?" in refused(path, *AS_OF)
    assert "No such file" in refused(tmp_path / "nothing.csv", *AS_OF)


@pytest.mark.django_db
def test_lines_within_a_field_are_counted_and_other_encodings_do_not_matter(tmp_path: Path) -> None:
    w.build()
    path = write(tmp_path / "list.csv", [row(Notes="two\nlines"), row(RetractionDate="never")])
    raw = path.read_bytes().replace(b"Brown", b"Br\xf6wn").replace(b"nejmra", b"NEJMra")
    path.write_bytes(b"\xef\xbb\xbf" + raw)
    report = refused(path, *AS_OF)
    assert f"{path}, line 4: “never” is no date" in report
    assert RetractionEvent.objects.get().doi == "10.1056/nejmra1603471"


@pytest.mark.django_db
def test_a_work_is_found_by_its_pmid_too(tmp_path: Path) -> None:
    world = w.build()
    cataloguing.add_reference({"type": "book", "title": "By number", "PMID": "28700839"}, by=world.editor)
    found = row(OriginalPaperDOI="unavailable", OriginalPaperPubMedID="28700839")
    assert "1 of them new" in bring(write(tmp_path / "list.csv", [found]), *AS_OF)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *(("5/3/2026 0:00", date(2026, 5, 3)), ("12/31/2019 12:00:00 AM", date(2019, 12, 31))),
        *(("2026-05-03", date(2026, 5, 3)), ("2026-05-03T00:00:00", date(2026, 5, 3))),
        *((wrong, None) for wrong in ("13/1/2026", "0/0/0000", "", "1/2", "a/b/c")),
    ],
)
def test_days_are_read_as_the_list_writes_them(written: str, day: date | None) -> None:
    assert retractions.day_of(written) == day


@pytest.mark.django_db(transaction=True)
def test_the_same_list_taken_in_twice_at_once_is_taken_in_once(tmp_path: Path) -> None:
    w.live(w.build())
    path = write(tmp_path / "list.csv", [row(), row(Record_ID="2", RetractionNature="Correction")])
    with races() as race:
        reports = race(*[lambda: bring(path, *AS_OF)] * 4)
    assert sorted("2 of them new" in report for report in done(reports)) == [False, False, False, True]
    assert (RetractionEvent.objects.count(), RetractionList.objects.count()) == (2, 1)


def test_the_columns_are_those_that_are_published() -> None:
    assert set(retractions.COLUMNS) <= {name.casefold() for name in HEADER}
    assert set(BROWN) <= set(HEADER)
