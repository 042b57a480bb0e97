"""What two texts are compared by: elements, lines and words."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

PAIRED_ANYHOW = frozenset({"table", "thead", "tbody", "th", "td"})


class Kind(Enum):
    """What a piece of a line is."""

    OPENING = "opening tag"
    CLOSING = "closing tag"
    BLANK = "blank"
    WORD = "word or part of one"


class Piece(NamedTuple):
    """A piece of a line; `word` is the place of its word, or of the next one."""

    kind: Kind
    html: str
    word: int


class Word(NamedTuple):
    """A word; its key also tells its emphasis, and the address it leads to. `html` stands for what is no text."""

    key: str
    text: str
    address: str
    is_spaced: bool
    is_stop: bool
    is_citation: bool = False
    html: str = ""

    @property
    def is_apart(self) -> bool:
        """Whether it stands apart from the word before when read as plain text."""
        return self.is_spaced or self.is_citation


def gap(before: Word, word: Word) -> str:
    """What stands between two words of a line when it is read as plain text; a citation stands apart."""
    is_after_citation = before.is_citation and not word.is_stop
    return " " if word.is_apart or is_after_citation else ""


@dataclass(frozen=True)
class Line:
    """Words with the tags among them, and the tags of the paragraph around them inside a list item."""

    pieces: tuple[Piece, ...]
    words: tuple[Word, ...]
    start: str = ""
    end: str = ""

    kind = ""

    @cached_property
    def key(self) -> str:
        """The words, with their emphasis and addresses."""
        return " ".join(word.key for word in self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words as shown, each once."""
        return frozenset(word.text for word in self.words if not word.is_stop)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.words)

    @property
    def html(self) -> str:
        """The line as it came."""
        return f"{self.start}{''.join(piece.html for piece in self.pieces)}{self.end}"


@dataclass(frozen=True)
class Element:
    """A block such as a paragraph, a list, an item or a cell."""

    tag: str
    start: str
    children: "tuple[Element | Line, ...]"

    @property
    def end(self) -> str:
        """The closing tag."""
        return f"</{self.tag}>"

    @property
    def first_number(self) -> int | None:
        """The number of a list's first item; None where items have none."""
        if self.tag != "ol":
            return None
        found = re.search(r'start="(\d+)"', self.start)
        return int(found[1]) if found else 1

    @property
    def kind(self) -> str:
        """The opening tag; nothing for the parts of a table, which are paired by their place."""
        return "" if self.tag in PAIRED_ANYHOW else self.start

    @cached_property
    def key(self) -> str:
        """The opening tag and what stands inside."""
        return "\x1d".join((self.start, *(child.key for child in self.children)))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words in it, each once."""
        return frozenset[str]().union(*(child.vocabulary for child in self.children))

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read in it."""
        return any(child.has_words for child in self.children)

    @property
    def html(self) -> str:
        """The element as it came."""
        return f"{self.start}{''.join(child.html for child in self.children)}{self.end}"


Node = Element | Line
