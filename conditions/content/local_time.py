"""A day and a time of day in a zone, as a moment: also where the clocks are changed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class NoSuchTime(Exception):
    """The clocks go forward over this time; the text says so, with the time that the clocks show instead."""


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC; of a time that comes twice, the first. Raises NoSuchTime."""
    local = datetime.combine(day, at, zone)
    found = local.astimezone(UTC)
    shown = found.astimezone(zone)
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(
            f"There is no {at:%H:%M} on {day:%-d %B %Y}: the clocks go forward. Choose {shown:%H:%M} or another time."
        )
    return found


def comes_twice(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the clocks go back over this time."""
    first = datetime.combine(day, at, zone)
    return first.utcoffset() > first.replace(fold=1).utcoffset()  # type: ignore[operator]  # a zone has offsets


def in_words(at: datetime, zone: ZoneInfo) -> str:
    """The moment as the clocks of the zone show it: "3 December 2026, 09:00 GMT"."""
    return f"{at.astimezone(zone):%-d %B %Y, %H:%M %Z}"
