"""How up to date a page is on a day."""

from datetime import date, timedelta

import pytest

from conditions.content.currency import add_months, currency, notice_on

DUE = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("days", "expected", "notice"),
    [
        (-400, "current", "none"),
        (-91, "current", "none"),
        (-90, "due-soon", "none"),
        (-1, "due-soon", "none"),
        (0, "due", "none"),
        (29, "due", "none"),
        (30, "overdue", "overdue"),
        (89, "overdue", "overdue"),
        (90, "expired", "expired"),
        (4000, "expired", "expired"),
    ],
)
def test_a_page_ages_on_exactly_these_days(days: int, expected: str, notice: str) -> None:
    today = DUE + timedelta(days=days)
    assert currency(DUE, today) == expected
    assert notice_on(DUE, today) == notice


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 3, 15), 36, date(2029, 3, 15)),
        (date(2026, 3, 15), 0, date(2026, 3, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_added_without_leaving_the_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
