"""Who may describe organisations, stand behind what others described, hide contacts and check details."""

from datetime import date

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.concurrency import clock_now
from alsinfo.imaging import Rendition
from alsinfo.refusals import Refusal
from organisations.contacts import E_MAIL
from organisations.errors import (
    AlreadyApproved,
    BadCheck,
    LinkOver,
    LinkWorks,
    MissingName,
    MissingReason,
    MissingRole,
    NotHidden,
    NotShown,
    NotToBeAsked,
    OwnHiding,
    OwnProposal,
    UnlicensedLogo,
)
from organisations.models import Entry, EntryLink, Hiding, Organisation
from organisations.vocabulary import LogoLicence, Standing

DAYS, MOST_DAYS = 30, 60
OWN_LINK = "You sent the link through which this came, so a second person has to approve it."


def objection_to_describe(*, by: User) -> Refusal | None:
    """Editors and publishers describe organisations."""
    if holds(by, Role.EDITOR) or holds(by, Role.PUBLISHER):
        return None
    return MissingRole("Only an editor or a publisher can describe organisations.")


def objection_to_approve(entry: Entry, *, by: User) -> Refusal | None:
    """A publisher other than the proposer, for the newest proposal."""
    if not holds(by, Role.PUBLISHER):
        return MissingRole("Only a publisher can approve an organisation’s entry.")
    if entry.proposed_by_id == by.pk:
        return OwnProposal(OWN_LINK) if entry.replies.exists() else OwnProposal()
    newest = entry.organisation.entries.order_by("-number").first()
    if entry.approved_by_id is not None or newest != entry:
        return AlreadyApproved()
    return None


def objection_to_hide(organisation: Organisation, kind: str, value: str, *, by: User, reason: str) -> Refusal | None:
    """Any editor or publisher, alone and at once, for a contact that readers see."""
    if objection := objection_to_describe(by=by):
        return objection
    if not reason.strip():
        return MissingReason()
    shown = organisation.entry.content["contacts"] if organisation.entry else []
    is_hidden = organisation.hidings.filter(kind=kind, value=value, ended_at=None).exists()
    if is_hidden or (kind, value) not in {(row["kind"], row["value"]) for row in shown}:
        return NotShown("Readers do not see this contact.")
    return None


def objection_to_show_again(hiding: Hiding, *, by: User) -> Refusal | None:
    """A publisher other than the person who hid it."""
    if not holds(by, Role.PUBLISHER):
        return MissingRole("Only a publisher can show a hidden contact again.")
    if hiding.hidden_by_id == by.pk:
        return OwnHiding()
    return NotHidden() if hiding.ended_at is not None else None


def objection_to_send_link(organisation: Organisation, address: str, *, by: User, days: int) -> Refusal | None:
    """An editor or publisher, to an organisation that readers see, one link at a time."""
    if objection := objection_to_describe(by=by):
        return objection
    if organisation.entry is None or organisation.entry.content["standing"] != Standing.ACTIVE:
        return NotToBeAsked("Readers see no entry of this organisation that it could confirm.")
    if not E_MAIL.fullmatch(address):
        return NotToBeAsked(f"“{address}” is not an e-mail address.")
    if not 1 <= days <= MOST_DAYS:
        return NotToBeAsked(f"A link works for 1 to {MOST_DAYS} days.")
    return LinkWorks() if EntryLink.objects.working(clock_now()).filter(organisation=organisation).exists() else None


def objection_to_revoke_link(link: EntryLink, *, by: User) -> Refusal | None:
    """Any editor or publisher, while the link works."""
    if objection := objection_to_describe(by=by):
        return objection
    return None if is_working(link) else LinkOver()


def objection_to_reply(link: EntryLink, *, name: str) -> Refusal | None:
    """Whoever has a link that works and says who they are."""
    if not is_working(link):
        return LinkOver()
    return None if name.strip() else MissingName()


def is_working(link: EntryLink) -> bool:
    """Whether the link works now."""
    return EntryLink.objects.working(clock_now()).filter(pk=link.pk).exists()


def objection_to_check(entry: Entry, *, by: User, checked_on: date, asked: str, today: date) -> Refusal | None:
    """An editor or publisher, of the entry readers see, on a day that has come and is less than six months ago."""
    if objection := objection_to_describe(by=by):
        return objection
    if entry.organisation.entry_id != entry.pk:
        return NotShown()
    if not asked.strip():
        return BadCheck("Say whom you asked, by name or by what they do there.")
    if checked_on > today:
        return BadCheck("The day of the check is still to come.")
    return None


def objection_to_logo(logo: Rendition | None, licence: str) -> Refusal | None:
    """A logo is shown under a licence that we know."""
    return UnlicensedLogo() if logo is not None and licence not in LogoLicence.values else None
