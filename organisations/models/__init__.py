"""Organisations that help people, and the entries readers see of them.

The rows an editor changes are the desk; an `Entry` freezes them, and readers see only
an entry that a second person approved.
"""

from organisations.models.asking import EntryLink, Reply
from organisations.models.derived import Mention, Shown
from organisations.models.desk import CharityRegistration, Contact, Coverage, Organisation, Service
from organisations.models.logos import Logo
from organisations.models.record import DetailsCheck, Entry, Hiding

__all__ = [
    "CharityRegistration",
    "Contact",
    "Coverage",
    "DetailsCheck",
    "Entry",
    "EntryLink",
    "Hiding",
    "Logo",
    "Mention",
    "Organisation",
    "Reply",
    "Service",
    "Shown",
]
