"""Organisations in the admin."""

from organisations.admin import attention, entries, organisations

__all__ = ["attention", "entries", "organisations"]
