"""When an organisation's details are to be checked again."""

from calendar import monthrange
from datetime import date

MONTHS_BETWEEN_CHECKS = 6


def next_check(checked_on: date) -> date:
    """Six months later, on the last day of a month that is too short."""
    months = checked_on.month - 1 + MONTHS_BETWEEN_CHECKS
    year, month = checked_on.year + months // 12, months % 12 + 1
    return date(year, month, min(checked_on.day, monthrange(year, month)[1]))


def is_overdue(checked_on: date, today: date) -> bool:
    """Whether the day of the next check is over."""
    return next_check(checked_on) < today
