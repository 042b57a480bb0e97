"""The machines as the database knows them: from each state the states that may follow."""

PAGE_STEPS = {
    "unpublished": ("live",),
    "live": ("suspended", "withdrawn", "redirected"),
    "suspended": ("live", "withdrawn", "redirected"),
    "withdrawn": ("live",),
    "redirected": ("live",),
}
EDITION_STEPS = {"draft": ("frozen", "closed"), "frozen": ("draft", "closed")}
REVIEW_STEPS = {
    "in_review": ("cleared", "changes_requested", "reopened", "replaced", "discarded"),
    "changes_requested": ("in_review", "cleared", "replaced", "discarded"),
    "reopened": ("in_review", "cleared", "replaced", "discarded"),
    "cleared": ("in_review", "reopened", "scheduled", "published", "replaced", "discarded"),
    "scheduled": ("in_review", "cleared", "published", "publish_failed", "discarded"),
    "publish_failed": ("reopened", "published", "replaced", "discarded"),
    "published": ("superseded",),
}
REVIEW_BEGINS = ("in_review", "unchanged", "discarded")
ASSIGNMENT_STEPS = {
    "invited": ("accepted", "interest_pending", "declined", "cancelled", "expired"),
    "interest_pending": ("accepted", "recused", "cancelled"),
    "accepted": ("completed", "declined", "cancelled"),
}
READING_STEPS = {
    "invited": ("accepted", "declined", "cancelled", "expired"),
    "accepted": ("completed", "declined", "cancelled"),
}
NOTE_STEPS = {"open": ("resolved",), "resolved": ("open",)}
COMMENT_STEPS = {
    "open": ("done", "answered", "resolved"),
    "done": ("open", "answered", "resolved"),
    "answered": ("open", "done", "resolved"),
    "resolved": ("open",),
}
FEEDBACK_STEPS = {"new": ("in_hand", "closed"), "in_hand": ("new", "closed"), "closed": ("in_hand",)}
FEEDBACK_BEGINS = ("new", "counted")
