"""Shares and medians, by day and month."""

from datetime import date

import pytest

from conditions.content.figures import Life, middle, month_ends, percentage, share_in_date


def test_the_ends_of_months_come_before_today_oldest_first() -> None:
    assert month_ends(date(2028, 3, 31), 2) == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)]
    assert month_ends(date(2027, 1, 1), 1) == [date(2026, 12, 31), date(2027, 1, 1)]
    assert len(month_ends(date(2027, 1, 1), 11)) == 12


def test_a_version_counts_from_its_first_day_to_the_day_before_it_ended() -> None:
    life = Life("GB", date(2027, 1, 10), date(2027, 3, 1), date(2027, 1, 9), 12)
    days = (date(2027, 1, 9), date(2027, 1, 10), date(2027, 2, 28), date(2027, 3, 1))
    assert [life.is_live(day) for day in days] == [False, True, True, False]


def test_a_version_is_in_date_until_the_day_its_review_is_due() -> None:
    life = Life("GB", date(2024, 3, 1), None, date(2024, 2, 29), 12)
    assert life.is_in_date(date(2025, 2, 28))
    assert not life.is_in_date(date(2025, 3, 1))


def test_the_share_is_of_what_was_live_on_the_day() -> None:
    old = Life("GB", date(2025, 1, 1), None, date(2025, 1, 1), 12)
    new = Life("GB", date(2026, 1, 31), None, date(2026, 1, 31), 12)
    days = [date(2024, 12, 31), date(2025, 12, 31), date(2026, 1, 31), date(2027, 6, 30)]
    assert share_in_date([old, new], days) == [None, 100, 50, 0]


@pytest.mark.parametrize(("part", "whole", "said"), [(0, 0, None), (0, 3, 0), (2, 3, 66), (999, 1000, 99), (3, 3, 100)])
def test_only_all_are_a_hundred_per_cent(part: int, whole: int, said: int | None) -> None:
    assert percentage([True] * part + [False] * (whole - part)) == said


@pytest.mark.parametrize(("days", "said"), [([], None), ([4], 4), ([9, 1, 5], 5), ([1, 2], 2), ([0, 4], 2), ([0], 0)])
def test_the_median_is_a_whole_day(days: list[int], said: int | None) -> None:
    assert middle(days) == said
