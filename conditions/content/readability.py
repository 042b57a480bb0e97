"""How long and how hard a plain text is to read. Advice for editors, never a gate."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from conditions.content import citations, markup

WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class Measure:
    """A text of the subset in figures: words and school grade of what readers see, citations in it."""

    words: int
    grade: float
    citations: int


WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)|\n")
VOWELS = re.compile(r"[aeiouy]+")
SILENT_ENDING = re.compile(r"(?:[^aeiouylt]es|[^aeiouydt]ed|[^aeiouyl]e)$")


def words(text: str) -> list[str]:
    """The words and numbers of a plain text, in order."""
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a plain text; a line without a full stop, such as a list item, counts as one."""
    return [part.strip() for part in SENTENCE_END.split(text) if words(part)]


def minutes_to_read(text: str) -> int:
    """Whole minutes at 200 words a minute, at least 1."""
    return max(1, math.ceil(len(words(text)) / WORDS_A_MINUTE))


def syllables(word: str) -> int:
    """The syllables of an English word, estimated by its groups of vowels; at least 1."""
    lowered = word.lower()
    groups = len(VOWELS.findall(lowered))
    return max(1, groups - (1 if SILENT_ENDING.search(lowered) else 0))


def grade(text: str) -> float:
    """Flesch–Kincaid school grade, to one decimal and never below 0; 0 for a text without words."""
    found = words(text)
    if not found:
        return 0.0
    words_a_sentence = len(found) / len(sentences(text))
    syllables_a_word = sum(map(syllables, found)) / len(found)
    return max(0.0, round(0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59, 1))


@lru_cache(maxsize=256)  # a page asks about each section more than once
def measured(text: str) -> Measure:
    """How long, how hard to read and how well sourced a text of the subset is; of text too long to show, how long."""
    if len(text) > markup.LIMIT:
        return Measure(len(words(text)), 0.0, 0)
    seen = markup.visible_text(text)
    return Measure(len(words(seen)), grade(seen), len(citations.uses(text)))
