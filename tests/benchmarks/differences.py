"""How long it takes to show what changed in a text of 6,000 words.

Against a version with 60 scattered edits, against a wholly different text (the worst case), and both again as one
single paragraph. Prints milliseconds of processor time, the best of five, and the bar. No database, no network.
"""

import random
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from conditions.content.difference import difference, summary
from conditions.content.markup import CitationLinks, render

WORDS, EDITS = 6_000, 60
SHAPES = (("paragraphs", 60, 300), ("one paragraph", WORDS, 400))  # words in each, and the bar
DEMONSTRATION = Path(__file__).parents[2] / "conditions" / "demo" / "amyotrophic-lateral-sclerosis.toml"


def main() -> None:
    """Measure, print, and fail above the bar."""
    chance = random.Random(6)
    vocabulary = words_of_the_demonstration()
    before = chance.choices(vocabulary, k=WORDS)
    edited = list(before)
    for place in chance.sample(range(WORDS), EDITS):
        edited[place] = "edited"
    other = chance.choices(vocabulary, k=WORDS)
    is_slow = False
    print(f"{'difference of 6,000 words':40}{'ms':>8}{'bar':>6}  what was found")
    for shape, length, bar in SHAPES:
        for name, after in (("60 scattered edits", edited), ("wholly different", other)):
            texts = html_of(before, length), html_of(after, length)
            taken = min(milliseconds(*texts) for _ in range(5))
            found = summary(difference(*texts))
            print(f"{f'{name}, {shape}':40}{taken:8.0f}{bar:6}  {found}, +{found.words_added} -{found.words_removed}")
            is_slow = is_slow or taken > bar
    if is_slow:
        sys.exit("Above the bar.")


def words_of_the_demonstration() -> list[str]:
    """The words of the demonstration's sections, as often as they stand there, with their citations."""
    sections = tomllib.loads(DEMONSTRATION.read_text())["sections"]
    return [word for section in sections for word in section["body"].split() if word not in ("-", "|")]


def html_of(words: Sequence[str], length: int) -> str:
    """Paragraphs of so many words each, in sentences of twelve, rendered in pieces as sections are."""
    sentences = [" ".join(words[start : start + 12]) + "." for start in range(0, len(words), 12)]
    joined = (" ".join(sentences[start : start + length // 12]) for start in range(0, len(sentences), length // 12))
    return "".join(render(paragraph, CitationLinks({})) for paragraph in joined)


def milliseconds(before: str, after: str) -> float:
    """How long one comparison takes."""
    started = process_time()
    difference(before, after)
    return (process_time() - started) * 1000


if __name__ == "__main__":
    main()
