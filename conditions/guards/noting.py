"""What was said on a note stays as it was said; a note is open or resolved."""

from alsinfo.guards.engine import allowed_steps, append_only
from conditions.guards.steps import NOTE_STEPS

GUARDS = [
    *append_only(
        "conditions_note",
        keys=[("id",)],
        columns_that_may_change=["state", "resolved_by_id", "resolved_at", "lock_version"],
    ),
    *allowed_steps("conditions_note", "state", NOTE_STEPS, initial=["open"]),
    *append_only("conditions_notereply", keys=[("id",)]),
]
