"""Which words of one line stand for which of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from conditions.content.alignment import Pairs, is_crowded, matching, paired
from conditions.content.tokens import Line, Word

SENTENCE_ENDS = (".", "!", "?")


@dataclass(frozen=True)
class Sentence:
    """A stretch of words, compared as one where a line is too long to compare word by word."""

    words: tuple[Word, ...]
    start: int
    kind: str = "sentence"

    @cached_property
    def key(self) -> str:
        """The words, with their emphasis and addresses."""
        return Line((), self.words).key

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words as shown, each once."""
        return Line((), self.words).vocabulary


def sentences(words: Sequence[Word]) -> list[Sentence]:
    """The words up to each full stop, question or exclamation mark."""
    ends = [place + 1 for place, word in enumerate(words) if word.is_stop and word.text.startswith(SENTENCE_ENDS)]
    return [Sentence(tuple(words[i:j]), i) for i, j in pairwise([0, *ends, len(words)]) if j > i]


def matched_words(before: Sequence[Word], after: Sequence[Word]) -> Pairs:
    """Places of words that stayed; in a crowd, of those in sentences that stayed or are alike."""
    if not is_crowded(keys(before), keys(after)):
        return matching(keys(before), keys(after))
    was, now = sentences(before), sentences(after)
    pairs = [(was[i], now[j]) for i, j in paired(was, now)]
    return [
        (one.start + i, other.start + j)
        for one, other in pairs
        for i, j in matching(keys(one.words), keys(other.words))
    ]


def keys(items: Sequence[Word]) -> list[str]:
    """The keys of the items."""
    return [item.key for item in items]
