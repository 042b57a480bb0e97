"""Refusals met at the address of a calendar."""

from alsinfo.refusals import Refusal


class NoCalendar(Refusal):
    """There is nothing to revoke."""

    code = "no-calendar"
    sentence = "No address of your calendar works: it was revoked already, or never made."
