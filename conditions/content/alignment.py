"""Which items of one sequence stand for which of another: equal ones first, then similar ones in between.

The work is bounded whatever is compared: no more than `CROWDED` pairs of equal items and `WEIGHED` pairs of similar
ones are looked at in one stretch; what is beyond counts as taken out and put in. Swapping the two sequences swaps
each pair and changes nothing else.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Protocol

Pairs = list[tuple[int, int]]

CROWDED = 10_000
WEIGHED = 20_000
ALIKE = 0.4


class Comparable(Protocol):
    """An item with its identity, its kind ("" pairs with every other of that kind) and the words in it."""

    @property
    def key(self) -> str:
        """Equal for items that say the same."""

    @property
    def kind(self) -> str:
        """Items of different kinds are never paired."""

    @property
    def vocabulary(self) -> frozenset[str]:
        """Its words, each once."""


def paired(before: Sequence[Comparable], after: Sequence[Comparable]) -> Pairs:
    """Places of equal items, and of similar ones between these, in order in both sequences."""
    pairs: Pairs = []
    for i, j, k, m in gaps(matching([item.key for item in before], [item.key for item in after]), before, after):
        pairs += [(i + x, k + y) for x, y in similar(before[i:j], after[k:m])]
        if j < len(before):
            pairs.append((j, m))
    return pairs


def gaps(pairs: Pairs, before: Sequence[object], after: Sequence[object]) -> Iterator[tuple[int, int, int, int]]:
    """The stretch before each pair, and after the last, as start and end in the one and in the other sequence."""
    i = k = 0
    for j, m in [*pairs, (len(before), len(after))]:
        yield i, j, k, m
        i, k = j + 1, m + 1


def matching(before: list[str], after: list[str]) -> Pairs:
    """Places of equal items, in order in both; in a crowd, only those at both ends."""
    shorter = min(len(before), len(after))
    start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    rest = shorter - start
    end = next((place for place in range(rest) if before[-1 - place] != after[-1 - place]), rest)
    inner = common(before[start : len(before) - end], after[start : len(after) - end])
    pairs = [(place, place) for place in range(start)]
    pairs += [(start + i, start + j) for i, j in inner]
    return pairs + [(len(before) - place, len(after) - place) for place in range(end, 0, -1)]


def common(before: list[str], after: list[str]) -> Pairs:
    """Places of equal items as difflib finds them; none in a crowd."""
    if is_crowded(before, after):
        return []
    if after < before:
        return [(i, j) for j, i in common(after, before)]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return [(block.a + place, block.b + place) for block in blocks for place in range(block.size)]


def is_crowded(before: list[str], after: list[str]) -> bool:
    """Whether so many items equal each other that it takes too long to weigh them all."""
    counts = Counter(after)
    return sum(count * counts[key] for key, count in Counter(before).items()) > CROWDED


def similar(before: Sequence[Comparable], after: Sequence[Comparable]) -> Pairs:
    """The pairs, in order in both, whose likeness adds up to most; none if there are too many to weigh."""
    if not before or not after or len(before) * len(after) > WEIGHED:
        return []
    if [item.key for item in after] < [item.key for item in before]:
        return [(i, j) for j, i in similar(after, before)]
    weights = [[likeness(one, other) for other in after] for one in before]
    return heaviest(weights)


def heaviest(weights: Sequence[Sequence[float]]) -> Pairs:
    """The increasing pairs of row and column with the greatest sum; a weight of 0 is never taken."""
    columns = len(weights[0])
    best = [[0.0] * (columns + 1)]
    for row in weights:
        above, line = best[-1], [0.0]
        for column, weight in enumerate(row):
            line.append(max(above[column + 1], line[column], above[column] + weight))
        best.append(line)
    pairs: Pairs = []
    i, j = len(weights), columns
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def likeness(one: Comparable, other: Comparable) -> float:
    """The share of words in common, from 0 to 1; 0 below ALIKE, and for different kinds."""
    if one.kind != other.kind:
        return 0.0
    if not one.kind:
        return 1.0
    words = len(one.vocabulary) + len(other.vocabulary)
    share = 2 * len(one.vocabulary & other.vocabulary) / words if words else 0.0
    return share if share >= ALIKE else 0.0
