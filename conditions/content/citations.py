"""Citations in a text: `[@key]`, `[@one; @two]`, `[@key, p. 12]`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from conditions.content import medicines

KEY = r"[A-Za-z](?:[A-Za-z0-9:._-]*[A-Za-z0-9])?"
GROUP = re.compile(r"\[@[^\[\]\n]*\]")
ATTEMPT = re.compile(r"\\?\[[ \t]*@[^\[\]\n]*\]?")
USE = re.compile(rf"@({KEY})(?:,[ \t]*([^@;|<>*`\\\[\]\n]+))?")


@dataclass(frozen=True)
class Use:
    """One citation of one reference, with where to look in it ("p. 12") or an empty locator."""

    key: str
    locator: str = ""


def is_key(text: str) -> bool:
    """Whether a text can be the key of a citation."""
    return re.fullmatch(KEY, text) is not None


@lru_cache(maxsize=4096)  # a page reads each text many times over
def group(token: str) -> tuple[Use, ...]:
    """The uses that a token such as `[@a; @b, p. 3]` makes; none if the token is malformed."""
    if not GROUP.fullmatch(token):
        return ()
    found = [USE.fullmatch(part.strip()) for part in token[1:-1].split(";")]
    return tuple(Use(match[1], (match[2] or "").strip()) for match in found if match) if all(found) else ()


def uses(text: str) -> list[Use]:
    """Every citation in the text, in order of appearance."""
    return [use for attempt in ATTEMPT.finditer(text) for use in group(attempt[0])]


def malformed(text: str) -> list[str]:
    """What was probably meant as a citation but cannot be read as one, as written."""
    return [attempt[0].strip() for attempt in ATTEMPT.finditer(text) if not group(attempt[0])]


def without_citations(text: str) -> str:
    """The text with a blank in place of each well-formed citation."""
    return ATTEMPT.sub(lambda attempt: " " if group(attempt[0]) else attempt[0], text)


def with_new_keys(text: str, new_keys: Mapping[str, str]) -> str:
    """The text with citations of the old keys changed to the new ones; all else stays as written."""

    def renamed(match: re.Match[str]) -> str:
        start, end = match.start(1) - match.start(), match.end(1) - match.start()
        return match[0][:start] + new_keys.get(match[1], match[1]) + match[0][end:]

    return ATTEMPT.sub(lambda attempt: USE.sub(renamed, attempt[0]) if group(attempt[0]) else attempt[0], text)


def cited_keys(texts: Iterable[str]) -> list[str]:
    """The keys that the texts cite, each once, in order of first appearance."""
    return list(dict.fromkeys(use.key for text in texts for use in uses(text)))


def section_texts(content: Mapping[str, Any]) -> list[str]:
    """The bodies of a content's sections, in order: the only texts that cite."""
    return [section["body"] for section in content["sections"]]


def keys_in_order(content: Mapping[str, Any]) -> list[str]:
    """The keys that a content cites, in its sections and for what it says of medicines, by first appearance."""
    keys, place = [], medicines.place(content)
    for at, body in enumerate(section_texts(content)):
        keys += cited_keys([body])
        keys += medicines.source_keys(content) if at == place else []
    return list(dict.fromkeys([*keys, *medicines.source_keys(content)]))


def numbering(content: Mapping[str, Any]) -> dict[str, int]:
    """The number of each cited and described reference, from 1, by first appearance."""
    described = {citation["key"] for citation in content["citations"]}
    cited = [key for key in keys_in_order(content) if key in described]
    return {key: number for number, key in enumerate(cited, start=1)}


def unknown_keys(content: Mapping[str, Any]) -> list[str]:
    """The keys that sections cite although the content describes no such reference."""
    described = {citation["key"] for citation in content["citations"]}
    return [key for key in cited_keys(section_texts(content)) if key not in described]


def misplaced_keys(content: Mapping[str, Any]) -> list[str]:
    """The keys cited outside the sections, where readers would see the token instead of a number."""
    elsewhere = [content["title"], content["summary"], content["disclaimer"], *content["names"]]
    elsewhere += [*content["key_points"], *content["urgent_care"].values()]
    return cited_keys(elsewhere)
