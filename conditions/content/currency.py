"""How up to date a page is, computed from the day its next review is due."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

NoticeName = Literal["none", "overdue", "expired"]

SOON_DAYS = 90
OVERDUE_DAYS = 30
EXPIRED_DAYS = 90
THRESHOLDS = (-90, -30, -7, 0, OVERDUE_DAYS, EXPIRED_DAYS)  # days past the due day on which people are told
DAYS_IN_MONTHS = 60  # from here on months say enough
MONTH = 30.44


class Currency(StrEnum):
    """Where a page stands between one review and the next."""

    CURRENT = "current"
    DUE_SOON = "due-soon"
    DUE = "due"
    OVERDUE = "overdue"
    EXPIRED = "expired"


def currency(next_review_due: date, today: date) -> Currency:
    """Due soon from 90 days before the day, due on it, overdue 30 days after it, expired 90 days after it."""
    days_past = (today - next_review_due).days
    if days_past >= EXPIRED_DAYS:
        return Currency.EXPIRED
    if days_past >= OVERDUE_DAYS:
        return Currency.OVERDUE
    if days_past >= 0:
        return Currency.DUE
    return Currency.DUE_SOON if days_past >= -SOON_DAYS else Currency.CURRENT


def notice_on(next_review_due: date, today: date) -> NoticeName:
    """The notice about its age that a page carries on a day."""
    match currency(next_review_due, today):
        case Currency.OVERDUE:
            return "overdue"
        case Currency.EXPIRED:
            return "expired"
        case _:
            return "none"


def newest_threshold(next_review_due: date, last_reviewed: date, today: date) -> int | None:
    """The last threshold that has come, in days past the due day; None for none.

    A day of warning that was over when the page was reviewed is no news: a page reviewed every month is not said to
    be due within 90 days.
    """
    come = [
        days
        for days in THRESHOLDS
        if (today - next_review_due).days >= days
        and (days >= 0 or last_reviewed < next_review_due + timedelta(days=days))
    ]
    return max(come, default=None)


def in_words(day: date, today: date) -> str:
    """How far away a day is: "40 days overdue", "due today", "in 25 days", "in 10 months"."""
    days = (day - today).days
    if days == 0:
        return "due today"
    if days < 0:
        return f"{-days} day{'' if days == -1 else 's'} overdue"
    if days < DAYS_IN_MONTHS:
        return f"in {days} day{'' if days == 1 else 's'}"
    return f"in {round(days / MONTH)} months"


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
