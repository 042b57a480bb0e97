"""Find organisations by a name that is not quite right: misspelt, shortened, former, or its first letters.

Each word is looked for among the words of all names, which a process keeps until a name changes.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Subquery, Sum, Value
from rapidfuzz import fuzz, process

from organisations.models import Shown
from organisations.regions import Region

CLOSE_ENOUGH = 75  # of 100; “asociation” is 95 to “association”, “scotlnd” 93 to “scotland”
SHORTEST_TO_BE_MISSPELT = 4  # letters
SHORTEST_INITIALS = 3
MOST_WORDS = 12
MOST_NAMED = 250  # who finds more has not named anybody
SMALL = frozenset({"and", "for", "in", "of", "the"})


@dataclass
class Names:
    """The words of all names, each with the rows it leads to, and the place of each row from A to Z.

    `stamp` grows with every entry that is approved.
    """

    stamp: int = -1
    words: Mapping[str, set[int]] = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)
    regions: Mapping[Region, set[int]] = field(default_factory=dict)


class Named(NamedTuple):
    """The keys of rows that have a name, and whether there are more."""

    keys: list[int]
    is_cut: bool = False


_kept = Names()


def named(name: str, region: Region) -> Named:
    """The keys of the region's bodies whose names have all these words, or else as many as any has; one query.

    Of more than `MOST_NAMED` the first from A to Z.
    """
    keys = _with_most(_votes(words_of(name)[:MOST_WORDS], region))
    return Named(keys[:MOST_NAMED], is_cut=len(keys) > MOST_NAMED)


def meant(text: str, region: Region, most: int) -> list[int]:
    """As `named`, for a text that may be about something else: only where a name has more than half of its words."""
    words = words_of(text)[:MOST_WORDS]
    votes = _votes(words, region)
    return _with_most(votes)[:most] if 2 * max(votes.values(), default=0) > len(words) else []


def _votes(words: list[str], region: Region) -> Counter[int]:
    """In how many of the words each of the region's bodies has part."""
    _read_again(_kept)
    votes: Counter[int] = Counter()
    for word in words:
        votes.update(_meant_by(word, _kept.words) & _kept.regions.get(region, set()))
    return votes


def _with_most(votes: Counter[int]) -> list[int]:
    most = max(votes.values(), default=0)
    return sorted((key for key, count in votes.items() if count == most), key=lambda key: _kept.places[key])


def words_of(name: str) -> list[str]:
    """The words of a name without case, accents, signs and small words."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return [word for word in re.findall(r"[a-z0-9]+", plain.replace("'", "")) if word not in SMALL]


def _read_again(names: Names) -> None:
    """Bring them up to date, if an entry was approved since they were read."""
    stamp = Shown.objects.order_by().values(one=Value(1)).annotate(stamp=Sum("entry")).values("stamp")
    rows = list(
        Shown.objects.order_by("order", "pk")
        .annotate(stamp=Subquery(stamp))
        .exclude(stamp=names.stamp)
        .values_list("stamp", "pk", "names", "areas")
    )
    if not rows:
        return
    words, regions = defaultdict(set), defaultdict(set)
    for _, key, text, areas in rows:
        for word in _all_words(text.splitlines()):
            words[word].add(key)
        for region in Region:
            if f",{region.value}" in areas:
                regions[region].add(key)
    names.stamp, names.words, names.regions = rows[0][0], words, regions
    names.places = {row[1]: place for place, row in enumerate(rows)}


def _all_words(names: Iterable[str]) -> Iterable[str]:
    """The words of names, and the first letters of each."""
    for name in names:
        words = words_of(name)
        yield from words
        if len(words) >= SHORTEST_INITIALS:
            yield "".join(word[0] for word in words)


def _meant_by(word: str, known: Mapping[str, set[int]]) -> set[int]:
    """The rows of the words that it begins, or else of those it is close to."""
    meant = {each for each in known if each.startswith(word)}
    if not meant and len(word) >= SHORTEST_TO_BE_MISSPELT:
        found = process.extract(word, list(known), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=None)
        meant = {each for each, _, _ in found}
    return set().union(*(known[each] for each in meant))
