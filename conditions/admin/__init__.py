"""The back office of conditions: one module per noun; every change is an action."""

from conditions.admin import (
    articles,
    assignments,
    conditions,
    decisions,
    editions,
    history,
    links,
    people,
    profiles,
    readings,
    references,
    remarks,
    retractions,
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
    "links",
    "people",
    "profiles",
    "readings",
    "references",
    "remarks",
    "retractions",
    "reviewers",
    "signatures",
    "work",
]
