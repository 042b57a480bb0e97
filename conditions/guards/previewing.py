"""A preview link is kept as it was made, and is revoked for good."""

from alsinfo.guards.engine import append_only, frozen_columns

GUARDS = [
    *append_only(
        "conditions_previewlink",
        keys=[("id",), ("token_hash",)],
        columns_that_may_change=["revoked_by_id", "revoked_at"],
    ),
    frozen_columns(
        "a_revoked_preview_stays_revoked",
        "conditions_previewlink",
        ["revoked_by_id", "revoked_at"],
        "Who revoked a link stays in the record; make another one.",
        when="OLD.revoked_at IS NOT NULL",
    ),
]
