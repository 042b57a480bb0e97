"""A reference as one line, in its parts."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """The parts of a reference, each plain text with its own full stop or empty; `url` is empty or safe to link."""

    authors: str
    title: str
    container: str
    rest: str
    url: str

    def __str__(self) -> str:
        """The whole line; a style says in `rest` where the work is found."""
        return sentences((self.authors, self.title, self.container, self.rest))


def stopped(text: str) -> str:
    """The text with a full stop, unless it is empty or ends a sentence already."""
    return text if not text or text[-1] in ".?!" else f"{text}."


def sentences(parts: Iterable[str]) -> str:
    """What is there, with blanks between."""
    return joined(" ", *parts)


def joined(between: str, *parts: str) -> str:
    """What is there, with the text between."""
    return between.join(part for part in parts if part)
