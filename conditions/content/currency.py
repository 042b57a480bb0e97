"""How up to date a page is, computed from the day its next review is due."""

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Literal

NoticeName = Literal["none", "overdue", "expired"]

SOON_DAYS = 90
OVERDUE_DAYS = 30
EXPIRED_DAYS = 90


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


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
