"""What a reader asked for, in words that can be looked for; whatever else was typed means nothing."""

from dataclasses import dataclass
from functools import cached_property

from conditions.content.spelling import UNASKED, stem, words_of

LONGEST = 200  # characters that are looked at
MOST_WORDS = 12
BLANK = " "


@dataclass(frozen=True)
class Query:
    """The text as it is shown again, and its words in their one spelling, each once."""

    text: str
    words: tuple[str, ...]
    is_cut: bool = False

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words, each once."""
        return tuple(dict.fromkeys(stem(word) for word in self.words))


def query_of(typed: str) -> Query:
    """The query of what was typed: its first 200 characters, of these the first twelve words that say something."""
    shown = BLANK.join("".join(sign if sign.isprintable() else BLANK for sign in typed[: LONGEST + 1]).split())
    text = shown[:LONGEST]
    every = list(dict.fromkeys(words_of(text)))
    words = _asked(every)
    return Query(text, tuple(words[:MOST_WORDS]), len(typed) > LONGEST or len(words) > MOST_WORDS)


def _asked(words: list[str]) -> list[str]:
    """The words without those that say nothing, unless nothing else was typed."""
    return [word for word in words if word not in UNASKED] or words
