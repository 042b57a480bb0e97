"""A reviewer's record of all their reviews: what it lists, by which days, and as a file."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.test import Client

from alsinfo.cells import harmless
from conditions.actions import assigning, credentials, signing, withdrawing
from conditions.desk.records import COLUMNS, Entry, total, years
from conditions.models import ReviewAssignment, Reviewer
from conditions.vocabulary import CheckResult, Register
from organisations.regions import Region
from tests import world as w
from tests.at_desk import at_desk, text_of
from tests.world import GB, US

pytestmark = pytest.mark.django_db
RECORD, FILE = "/desk/record/", "/desk/record.csv"
SIGNED = "Signed the whole page"


def record_of(reviewer: Reviewer) -> str:
    """The page as the reviewer gets it."""
    return text_of(at_desk(reviewer).get(RECORD))


def rows_of(reviewer: Reviewer) -> list[dict[str, str]]:
    """The file as the reviewer gets it."""
    response = at_desk(reviewer).get(FILE)
    return list(csv.DictReader(StringIO(text_of(response).removeprefix("\ufeff"))))


def asked(world: w.World, slug: str, name: str) -> ReviewAssignment:
    """The UK reviewer was asked about an article of its own."""
    return w.assignment(w.submit(world, w.draft(world, w.article(world, slug, name)))[GB])


def test_a_reviewer_who_was_asked_nothing_is_told_what_will_be_here(world: w.World) -> None:
    assert "Nobody has asked you for a review yet." in record_of(world.uk)
    assert rows_of(world.uk) == []


def test_every_review_is_listed_with_what_became_of_it(world: w.World) -> None:
    signature = w.sign(asked(world, "als", "ALS").regional_edition)  # type: ignore[arg-type]
    changes = w.accept(asked(world, "pls", "PLS"))
    signing.request_changes(changes, by=world.uk.user, note="The dose is wrong.")
    assigning.decline(asked(world, "pma", "PMA"), by=world.uk.user, reason="On leave.")
    assigning.cancel(asked(world, "pbp", "PBP"), by=world.lead, reason="Not needed.")
    asked(world, "kd", "KD")
    rows = {row["Page"]: row for row in rows_of(world.uk)}
    today = w.today().isoformat()
    assert {page: (row["Outcome"], row["Answered"]) for page, row in rows.items()} == {
        "ALS": (SIGNED, today),
        "PLS": ("Asked for changes", today),
        "PMA": ("Declined", today),
        "PBP": ("Cancelled, not needed any more", ""),
        "KD": ("Not answered yet", ""),
    }
    assert rows["ALS"]["Registration at the time"] == "GMC 0000001"
    assert rows["ALS"]["Digest of the text"] == signature.revision_id
    assert rows["ALS"]["Receipt"].endswith(f"/desk/reviews/{signature.assignment_id}/receipt/")
    assert (rows["ALS"]["Days"], rows["ALS"]["Region"], rows["PLS"]["Receipt"]) == ("0", "UK", "")
    page = record_of(world.uk)
    for said in (
        "5 reviews asked for",
        f"{SIGNED}: 1",
        "Half of the answers on the day of the request",
        "GMC 0000001",
        "ALS, UK",
    ):
        assert said in page


def test_the_registration_is_the_one_at_the_time(world: w.World) -> None:
    w.sign(asked(world, "als", "ALS").regional_edition)  # type: ignore[arg-type]
    newer = credentials.add_registration(world.uk, Register.GMC, "0000009", by=world.lead)
    w.check(newer, world.lead)
    w.check(world.uk.registrations.get(number="0000001"), world.lead, result=CheckResult.NOT_FOUND)
    assert rows_of(world.uk)[0]["Registration at the time"] == "GMC 0000001"


def test_a_withdrawn_signature_stays_listed_and_says_so(world: w.World) -> None:
    signature = w.sign(asked(world, "als", "ALS").regional_edition)  # type: ignore[arg-type]
    withdrawing.revoke(signature, by=world.uk.user, reason="A mistake.")
    (row,) = rows_of(world.uk)
    assert (row["Outcome"], row["Signature withdrawn"]) == (SIGNED, w.today().isoformat())
    assert "; withdrawn" in record_of(world.uk)


def test_days_are_those_of_the_pages_own_country(world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    late = datetime(2026, 1, 1, 3, tzinfo=UTC)  # still New Year's Eve in New York
    ReviewAssignment.objects.update(invited_at=late)
    for region, reviewer, day, year in ((GB, world.uk, "2026-01-01", "2026"), (US, world.us, "2025-12-31", "2025")):
        assert rows[region].assignments.count() == 1
        (row,) = rows_of(reviewer)
        assert (row["Asked"], row["Year"]) == (day, year)
    assert "December 31, 2025" in record_of(world.us)
    assert "1 January 2026" in record_of(world.uk)


def entry(asked_on: date, answered_on: date | None, outcome: str = SIGNED) -> Entry:
    return Entry(ReviewAssignment(), "ALS", Region.GB, asked_on, answered_on, outcome, 2, "", None)


def test_a_review_counts_in_the_year_of_its_answer_and_totals_add_up() -> None:
    entries = [
        entry(date(2026, 2, 1), None, "Not answered yet"),
        entry(date(2025, 12, 30), date(2026, 1, 2)),
        entry(date(2025, 3, 1), date(2025, 3, 11)),
    ]
    newest, before = years(entries)
    assert (newest.year, newest.total.asked, newest.total.median_days) == (2026, 2, 3)
    assert (before.year, before.total.asked, before.total.median_days) == (2025, 1, 10)
    found = total(entries)
    assert (found.asked, found.remarks, found.median_days) == (3, 6, 6.5)
    assert found.outcomes == ((SIGNED, 2), ("Not answered yet", 1))


def test_a_record_lists_nobody_elses_reviews(world: w.World) -> None:
    asked(world, "als", "Canary disease")
    for path in (RECORD, FILE):
        response = at_desk(world.other_uk).get(path)
        assert response.status_code == 200
        assert "Canary" not in text_of(response)
        assert at_desk(world.lead).get(path).status_code == 403
        assert Client().get(path).headers["Location"] == f"/accounts/login/?next={path}"


def test_a_record_never_holds_the_text_under_review(world: w.World) -> None:
    to = w.accept(asked(world, "als", "ALS"))
    signing.request_changes(to, by=world.uk.user, note="canarynote")
    for text in (record_of(world.uk), str(rows_of(world.uk))):
        assert "Muscles grow weak" not in text
        assert "canarynote" not in text


def test_the_file_opens_in_a_spreadsheet_and_no_cell_is_a_formula(world: w.World) -> None:
    asked(world, "als", '=HYPERLINK("https://evil.example")')
    response = at_desk(world.uk).get(FILE)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="reviews-uk-reviewer.csv"'
    assert text_of(response).startswith("\ufeffYear,Page,")
    (row,) = rows_of(world.uk)
    assert row["Page"] == '\'=HYPERLINK("https://evil.example")'
    assert tuple(row) == COLUMNS


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_a_cell_that_starts_like_a_formula_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"


def test_a_long_record_asks_the_database_as_often_as_a_short_one(
    world: w.World, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(4):
        w.sign(asked(world, f"a{number}", f"Condition {number}").regional_edition)  # type: ignore[arg-type]
    client = at_desk(world.uk)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert text_of(client.get(RECORD)).count("Condition ") == 4
