"""A key for a work that is cited for the first time: brown2017, brown2017b."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import Any

from conditions.content.works import text_of, year

LONGEST = 50


def suggested_key(csl: Mapping[str, Any], taken: Collection[str]) -> str:
    """The first author's family name or the first word of the title, with the year; a letter where that is taken."""
    start = _plain(_first_author(csl)) or _plain(text_of(csl, "title").split(" ")[0]) or "work"
    return next(key for key in _keys(start[:LONGEST] + year(csl)) if key not in taken)


def _keys(start: str) -> Iterator[str]:
    yield start
    yield from (f"{start}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    yield from (f"{start}-{number}" for number in count(27))


def _first_author(csl: Mapping[str, Any]) -> str:
    authors = csl.get("author")
    first = authors[0] if isinstance(authors, list) and authors else None
    return text_of(first, "family") or text_of(first, "literal") if isinstance(first, Mapping) else ""


def _plain(name: str) -> str:
    """The letters of a name that a key can have, from the first letter on."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", folded).lstrip("0123456789")
