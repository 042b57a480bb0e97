"""Times as people type them, by the clocks of their readers: also on the two nights on which clocks are changed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from conditions.content.local_time import NoSuchTime, comes_twice, in_words, moment

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("zone", "day", "at", "hour"),
    [
        (LONDON, date(2026, 1, 15), time(9), 9),
        (LONDON, date(2026, 7, 15), time(9), 8),
        (NEW_YORK, date(2026, 1, 15), time(9), 14),
        (NEW_YORK, date(2026, 7, 15), time(9), 13),
        (NEW_YORK, date(2026, 3, 20), time(9), 13),  # the US has changed its clocks, the UK has not
        (LONDON, date(2028, 2, 29), time(12), 12),
    ],
)
def test_a_time_is_of_the_zone_and_the_season(zone: ZoneInfo, day: date, at: time, hour: int) -> None:
    assert moment(day, at, zone) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    assert not comes_twice(day, at, zone)


@pytest.mark.parametrize(
    ("zone", "day", "at", "instead"),
    [(LONDON, date(2026, 3, 29), time(1, 30), "02:30"), (NEW_YORK, date(2026, 3, 8), time(2, 15), "03:15")],
)
def test_a_time_that_the_clocks_leave_out_is_refused(zone: ZoneInfo, day: date, at: time, instead: str) -> None:
    with pytest.raises(NoSuchTime, match=f"There is no {at:%H:%M} on .* March 2026: .* Choose {instead}"):
        moment(day, at, zone)


@pytest.mark.parametrize(("zone", "day", "hour"), [(LONDON, date(2026, 10, 25), 0), (NEW_YORK, date(2026, 11, 1), 5)])
def test_of_a_time_that_comes_twice_the_first_is_meant(zone: ZoneInfo, day: date, hour: int) -> None:
    assert comes_twice(day, time(1, 30), zone)
    assert moment(day, time(1, 30), zone) == datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)


def test_a_moment_is_said_by_the_clocks_of_the_zone() -> None:
    at = datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert in_words(at, LONDON) == "3 December 2026, 09:00 GMT"
    assert in_words(at, NEW_YORK) == "3 December 2026, 04:00 EST"
