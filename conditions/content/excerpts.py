"""One sentence of a text that shows why it was found, with the words that were looked for marked."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from conditions.content.spelling import stems_of

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zß-ÿ]|\d|[“\"‘'(])")
TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
OF_LIFE_EXPECTANCY = re.compile(
    r"\b(?:life[- ]expectancy|survi(?:v\w+)|prognos[ei]s|outlook|median|mortality|fatal|terminal|life[- ]span"
    r"|die[sd]?|dying|deaths?|years? to live|end[- ]of[- ]life|shortens? (?:your |their )?li(?:fe|ves))\b",
    re.IGNORECASE,
)
"""A sentence with such words is read on its page, where it stands beside what helps to bear it."""

LONGEST = 240  # characters of a sentence that is shown


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence; `is_mark` where it is what was looked for."""

    text: str
    is_mark: bool


Excerpt = tuple[Piece, ...]


def excerpt(text: str, stems: Collection[str]) -> Excerpt:
    """The first of the sentences with the most of the words, by their stems; empty where none has any.

    Never a sentence about how long people live.
    """
    best, most = "", 0
    for sentence in sentences(text):
        found = len(set(stems_of(sentence)) & set(stems))
        if found > most and not OF_LIFE_EXPECTANCY.search(sentence):
            best, most = sentence, found
    return marked(best, stems) if best else ()


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text that has a line for each paragraph, item or row."""
    for line in text.splitlines():
        yield from (sentence for part in SENTENCE_END.split(line) if (sentence := part.strip()))


def marked(sentence: str, stems: Collection[str]) -> Excerpt:
    """The sentence in pieces, of a long one the part around its first mark."""
    hits = [found.span() for found in TOKEN.finditer(sentence) if set(stems_of(found[0])) & set(stems)]
    start, end = window(sentence, hits[0][0] if hits else 0)
    pieces = [Piece("… ", is_mark=False)] if start else []
    place = start
    for begin, stop in hits:
        if begin >= place and stop <= end:
            pieces += [Piece(sentence[place:begin], is_mark=False), Piece(sentence[begin:stop], is_mark=True)]
            place = stop
    pieces.append(Piece(sentence[place:end] + (" …" if end < len(sentence) else ""), is_mark=False))
    return tuple(piece for piece in pieces if piece.text)


def window(sentence: str, first: int) -> tuple[int, int]:
    """Where to begin and end so that at most `LONGEST` characters are shown, in whole words, the first mark among
    them."""
    if len(sentence) <= LONGEST:
        return 0, len(sentence)
    start = max(0, first - LONGEST // 3)
    if start:
        start = sentence.find(" ", start, first) + 1 or first
    end = min(len(sentence), start + LONGEST)
    return start, end if end == len(sentence) else max(sentence.rfind(" ", first, end), first + 1)
