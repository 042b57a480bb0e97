"""Say that two references are one work, or that they were two after all."""

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import lock, swap
from conditions.actions.cataloguing import describe
from conditions.content.library import completed
from conditions.models import Reference
from conditions.policies import cataloguing as policies


@action
def merge_references(kept: Reference, merged: Reference, *, by: User) -> Reference:
    """One work for two rows: `merged` points at `kept`, which gains what only the other said.

    No citation is touched: each stays on its row, with the description that was signed.
    """
    for row in sorted((kept, merged), key=lambda row: row.pk):
        lock(row)
    insist(policies.objection_to_merge(kept, merged, by=by))
    for earlier in Reference.objects.filter(merged_into=merged):
        swap(earlier, merged_into=kept)
    swap(merged, merged_into=kept)
    swap(kept, **describe(completed(kept.csl, merged.csl)))
    record("merge_references", kept, by=by, before=merged.title, after=kept.title)
    return kept


@action
def part_references(merged: Reference, *, by: User) -> Reference:
    """Undo a merge: the work stands for itself again. What the other one gained by it stays there."""
    insist(policies.objection_to_part(merged, by=by))
    before = merged.current
    swap(merged, merged_into=None)
    record("part_references", merged, by=by, before=before.title, after=merged.title)
    return merged
