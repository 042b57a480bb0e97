"""The first and last page of a work, short or in full."""

import re
from collections.abc import Callable

RANGE = re.compile(r"(?P<letters>[A-Za-z]*)(?P<first>[0-9]+)-(?P<again>[A-Za-z]*)(?P<last>[0-9]+)")


def short(pages: str) -> str:
    """As the NLM writes them: 585-591 as 585-91, S6-S12 as S6-12; 126A-127A and article numbers stay."""
    return _each(pages, _shortened)


def full(pages: str) -> str:
    """As AMA style writes them: 585-91 as 585-591, S31-7 as S31-S37."""
    return _each(pages, _completed)


def _each(pages: str, write: Callable[[re.Match[str]], str]) -> str:
    ranges = (re.sub(r"\s*[-–—]+\s*", "-", part.strip()) for part in pages.split(","))
    return ", ".join(write(found) if (found := RANGE.fullmatch(part)) else part for part in ranges)


def _shortened(pages: re.Match[str]) -> str:
    letters, first, again, last = pages.groups()
    if again not in ("", letters):
        return pages[0]
    if len(first) != len(last):
        return f"{letters}{first}-{last}"
    same = next((place for place, (one, other) in enumerate(zip(first, last, strict=True)) if one != other), None)
    return f"{letters}{first}" if same is None else f"{letters}{first}-{last[same:]}"


def _completed(pages: re.Match[str]) -> str:
    letters, first, again, last = pages.groups()
    return f"{letters}{first}-{again or letters}{first[: max(len(first) - len(last), 0)]}{last}"
