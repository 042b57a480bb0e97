"""On which days people are told that a review is due: the newest day that has come, no old news."""

from datetime import date, timedelta

import pytest

from conditions.content.currency import THRESHOLDS, newest_threshold

REVIEWED = date(2025, 2, 28)


@pytest.mark.parametrize("due", [date(2028, 2, 29), date(2027, 3, 1), date(2026, 10, 25), date(2027, 1, 1)])
@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_a_threshold_comes_on_its_day_and_lasts_until_the_next(due: date, threshold: int) -> None:
    day = due + timedelta(days=threshold)
    later = next((each for each in THRESHOLDS if each > threshold), threshold + 400)
    before = [each for each in THRESHOLDS if each < threshold]
    assert newest_threshold(due, REVIEWED, day) == threshold
    assert newest_threshold(due, REVIEWED, due + timedelta(days=later - 1)) == threshold
    assert newest_threshold(due, REVIEWED, day - timedelta(days=1)) == (before[-1] if before else None)


def test_a_day_of_warning_that_was_over_at_the_review_is_no_news() -> None:
    due = REVIEWED + timedelta(days=30)
    assert [newest_threshold(due, REVIEWED, REVIEWED + timedelta(days=days)) for days in (0, 22, 23, 30)] == [
        None,
        None,
        -7,
        0,
    ]


def test_a_review_brought_to_its_own_day_is_due() -> None:
    assert newest_threshold(REVIEWED, REVIEWED, REVIEWED) == 0
