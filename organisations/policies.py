"""Who may describe organisations, and who may stand behind what others described."""

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from organisations.errors import AlreadyApproved, MissingRole, OwnProposal
from organisations.models import Entry


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
        return OwnProposal()
    newest = entry.organisation.entries.order_by("-number").first()
    if entry.approved_by_id is not None or newest != entry:
        return AlreadyApproved()
    return None
