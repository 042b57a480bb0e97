"""The back office of conditions: one module per noun; every change is an action."""

from conditions.admin import (
    articles,
    assignments,
    conditions,
    decisions,
    editions,
    history,
    medicines,
    people,
    profiles,
    readings,
    references,
    remarks,
    reviewers,
    signatures,
    work,
)

__all__ = [
    "articles",
    "assignments",
    "conditions",
    "decisions",
    "editions",
    "history",
    "medicines",
    "people",
    "profiles",
    "readings",
    "references",
    "remarks",
    "reviewers",
    "signatures",
    "work",
]
