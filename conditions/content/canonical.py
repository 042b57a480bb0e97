"""The normal form of an article's content and the digest computed over it."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import rfc8785

Content = dict[str, Any]

SCHEMA = 1
SORTED_BY = {"citations": "key", "listings": "organisation", "medicines": "medicine", "pictures": "key"}

# Control characters except tab and line feed, halves of surrogate pairs, and the marks that reorder what is displayed.
UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class UnusableText(ValueError):
    """The text or content cannot be stored, signed or shown; its message says why, in a sentence."""


def normalise_text(text: str) -> str:
    """The text in NFC, with LF line ends, no blanks at line ends and no blank lines at either end.

    Raises UnusableText for control characters, lone surrogates and marks that change the writing direction.
    """
    refuse_unusable(text)
    composed = unicodedata.normalize("NFC", unix_lines(text))
    return "\n".join(line.rstrip() for line in composed.split("\n")).strip("\n")


def unix_lines(text: str) -> str:
    """The text with every line end written as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_unusable(text: str) -> None:
    """Raise UnusableText if the text holds a character that nobody can see and that could change what is shown."""
    if found := UNUSABLE.search(unix_lines(text)):
        raise UnusableText(
            f"The text has a character that cannot be shown (U+{ord(found[0]):04X}). "
            "It often comes with text copied from elsewhere: type the passage again."
        )


def lines(text: str) -> tuple[str, ...]:
    """The items of a text that has one on each line; blank lines are left out."""
    return tuple(line.strip() for line in normalise_text(text).split("\n") if line.strip())


def normalise(content: Mapping[str, Any]) -> Content:
    """The content with every text in normal form, citations and pictures by key, listings and medicines by UUID.

    Raises UnusableText as `normalise_text` does.
    """
    normal = {key: normal_value(value) for key, value in content.items()}
    for name, sort_key in SORTED_BY.items():
        if name in normal:
            normal[name] = sorted(normal[name], key=itemgetter(sort_key))
    return normal


def normal_value(value: Any) -> Any:
    """A JSON value with every text in it in normal form; tuples become lists."""
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, Mapping):
        return {key: normal_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [normal_value(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def canonical_text(content: Mapping[str, Any]) -> str:
    """The one JSON text (RFC 8785) of this content; spacing, key order and line ends never change it.

    Raises UnusableText where the content holds something JSON cannot carry exactly.
    """
    document: Any = {"schema": SCHEMA, "content": normalise(content)}
    try:
        return rfc8785.dumps(document).decode()
    except ValueError as problem:
        raise UnusableText(f"The content cannot be written as canonical JSON: {problem}.") from problem


def digest(text: str) -> str:
    """SHA-256 of a canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(text: str) -> Content:
    """The content a canonical text carries. Raises UnusableText if it is not a document of this schema."""
    try:
        document = json.loads(text)
    except ValueError as problem:
        raise UnusableText("This is not a JSON document.") from problem
    if not isinstance(document, dict) or document.get("schema") != SCHEMA or "content" not in document:
        raise UnusableText(f"This is not content of schema {SCHEMA}.")
    content: Content = document["content"]
    return content


def blank_content(article: str, region: str) -> Content:
    """Content of schema 1 with every key and nothing written yet; `article` is a UUID, `region` GB or US."""
    return {
        "article": article,
        "region": region,
        "title": "",
        "names": [],
        "summary": "",
        "key_points": [],
        "urgent_care": {"emergency": "", "urgent": "", "soon": ""},
        "sections": [],
        "citations": [],
        "medicines": [],
        "listings": [],
        "disclaimer": "",
        "pictures": [],
    }
