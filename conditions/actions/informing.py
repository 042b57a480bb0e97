"""Describe the site itself: one person proposes a page, another approves it, and readers see it."""

from collections.abc import Mapping
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions.actions.purging import lists_changed
from conditions.content.canonical import normalise_text
from conditions.models import SitePage, SitePageEntry
from conditions.policies import informing as policies
from organisations.errors import AlreadyApproved, NothingNew


@action
def propose_page(page: SitePage, *, by: User, fields: Mapping[str, Any]) -> SitePageEntry:
    """Freeze a title and a text as a proposal; readers go on seeing the last approved entry.

    Raises `UnusablePage`, and `NothingNew` when this is what the last proposal says.
    """
    insist(policies.objection_to_propose_page(fields["title"], fields["text"], by=by))
    said = {"title": " ".join(fields["title"].split()), "text": normalise_text(fields["text"])}
    if page._state.adding:
        page.title, page.text = said["title"], said["text"]
        page.save()
    else:
        swap(page, title=said["title"], text=said["text"])
    last = page.entries.first()
    if last is not None and (last.title, last.text) == (said["title"], said["text"]):
        raise NothingNew
    number = last.number + 1 if last else 1
    entry = SitePageEntry.objects.create(page=page, number=number, proposed_by=by, proposed_at=clock_now(), **said)
    record("propose_page", entry, by=by, after=said["title"])
    return entry


@action
def approve_page(entry: SitePageEntry, *, by: User, is_affirmed: bool) -> SitePageEntry:
    """A second person read the entry, affirms that it gives no advice on health, and readers see it."""
    insist(policies.objection_to_approve_page(entry, by=by, is_affirmed=is_affirmed))
    if not SitePageEntry.objects.filter(pk=entry.pk, approved_by=None).update(approved_by=by, approved_at=clock_now()):
        raise AlreadyApproved
    entry.refresh_from_db()
    page = lock(entry.page)
    before = page.entry.title if page.entry else ""
    swap(page, entry=entry)
    lists_changed()
    record("approve_page", entry, by=by, reason="It gives no advice on health.", before=before, after=entry.title)
    return entry
