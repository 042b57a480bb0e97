"""What a description of a work has to be before it may stand in the library."""

import re
from typing import Any

from conditions.content.canonical import UnusableText, canonical_text
from conditions.content.references import doi_of, format_vancouver

NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
EXAMPLE = (
    'For example {"type": "article-journal", "title": "…", "author": [{"family": "Brown", "given": "R. H."}], '
    '"issued": {"date-parts": [[2017]]}, "container-title": "N Engl J Med", "DOI": "10.1056/…"}'
)


def objection_to_description(described: Any) -> str:
    """Why this is no CSL-JSON that a page could show, or nothing."""
    if not isinstance(described, dict):
        return f"A reference is one JSON object in braces. {EXAMPLE}"
    if not isinstance(described.get("title"), str) or not described["title"].strip():
        return "The title is missing."
    if len(described["title"]) > 500:
        return "The title is longer than 500 characters."
    if not isinstance(described.get("type"), str):
        return "The type is missing, such as “article-journal”, “report” or “webpage”."
    for name in ("author", "editor"):
        people = described.get(name, [])
        if not isinstance(people, list) or not all(isinstance(each, dict) for each in people):
            return f"“{name}” is a list of objects with “family” and “given”, or “literal”."
    for name in ("issued", "accessed"):
        if name in described and not _is_date(described[name]):
            return f'“{name}” is written {{"date-parts": [[2017, 7, 13]]}}.'
    return _objection_to_text(described)


def _is_date(value: Any) -> bool:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    rows = parts if isinstance(parts, list) and parts else [None]
    return all(isinstance(row, list) and row and all(isinstance(part, int | str) for part in row) for row in rows)


def _strange_names(value: Any) -> list[str]:
    """The names in a JSON value that no variable of CSL has."""
    if isinstance(value, list):
        return [name for item in value for name in _strange_names(item)]
    if not isinstance(value, dict):
        return []
    found = [name for name in value if not NAME.fullmatch(name)]
    return found + [name for item in value.values() for name in _strange_names(item)]


def _objection_to_text(described: dict[str, Any]) -> str:
    try:
        if strange := _strange_names(described):
            return f"{strange[0][:40]!r} is not a name that CSL-JSON has: letters, digits and hyphens only."
        canonical_text(described)
        if not format_vancouver(described):
            return "Nothing of this could be shown in a list of references."
    except (UnusableText, RecursionError) as problem:
        return str(problem) or "The description is nested too deeply."
    if len(doi_of(described)) > 200:
        return "The DOI is longer than 200 characters."
    return ""
