"""How long and how hard a plain text is to read. Advice for editors, never a gate."""

import math
import re

WORDS_A_MINUTE = 200

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
