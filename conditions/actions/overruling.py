"""Let a signed text go on although another reviewer asked for changes."""

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, swap
from conditions import notices
from conditions.actions.drafting import locked_pages
from conditions.models import Overruling, RegionalEdition
from conditions.policies import overruling as policies
from conditions.vocabulary import ReviewState


@action
def overrule(row: RegionalEdition, *, by: User, reason: str) -> Overruling:
    """A clinical lead decides for the signature and against the request for changes; both stay in the record.

    Only the row moves: it is published as it was signed, and a draft that was written since stays a draft.
    """
    locked_pages(row.edition.article)
    row = RegionalEdition.objects.select_related("edition__article").get(pk=row.pk)
    insist(policies.objection_to_overrule(row, by=by, reason=reason))
    overruling = Overruling.objects.create(
        assignment=row.assignments.filter(asked_for_changes=True).latest("pk"),
        overruled_by=by,
        overruled_at=clock_now(),
        reason=reason.strip(),
    )
    swap(row, state=ReviewState.CLEARED)
    notices.overruled(overruling)
    notices.cleared(row)
    record("overrule", row, by=by, reason=reason, before=ReviewState.CHANGES_REQUESTED, after=row.state)
    return overruling
