"""Find pages by a name that is not quite right: misspelt, shortened, of the other country, or its first letters.

The names are kept in each process until one of them changes.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from rapidfuzz import fuzz, process

from conditions.content.spelling import words_of
from conditions.models import Findable
from conditions.search.query import Query
from organisations.regions import Region

CLOSE_ENOUGH = 75  # of 100: “amytrophic” is 95 to “amyotrophic”, “gerig” 83 to “gehrigs”
SHORTEST_TO_BE_MISSPELT = 4  # letters
LOOSELY_LIKE = 50  # of 100, for what is offered where nothing was found
WHOLE_WORD, BEGINNING = 1.0, 0.9
HALF = 0.5
MOST = 8

Weights = dict[int, float]


@dataclass(frozen=True)
class Name:
    """A name of a page, by the page's key; `is_signed` where it may be shown, so no name of the catalogue alone."""

    page: int
    text: str
    words: tuple[str, ...]
    is_signed: bool


@dataclass(frozen=True)
class Hit:
    """A page found by a name; `share` of what was asked is in it, of 1; `is_close` where a word was misspelt."""

    page: int
    name: Name
    share: float
    coverage: float
    is_close: bool


@dataclass
class Vocabulary:
    """The names of a region's pages, and in which of them each word stands."""

    names: list[Name] = field(default_factory=list)
    words: Mapping[str, set[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """The vocabularies as they were read, and what tells whether they still hold."""

    stamp: tuple[int, int | None]
    regions: Mapping[Region, Vocabulary]


_kept: list[Reading] = []


def pages_named(query: Query, region: Region) -> list[Hit]:
    """The region's pages with a name like this, the likeliest first, each once; at most eight."""
    known = _vocabulary(region)
    found = sorted(_hits(query, known), key=lambda hit: (-hit.share, -hit.coverage, hit.name.text.casefold()))
    first: dict[int, Hit] = {}
    for hit in found:
        first.setdefault(hit.page, hit)
    return list(first.values())[:MOST]


def names_like(query: Query, region: Region) -> list[Name]:
    """Names that may have been meant, by their letters alone; at most three, of different pages."""
    shown = [name for name in _vocabulary(region).names if name.is_signed]
    texts = [" ".join(name.words) for name in shown]
    found = process.extract(" ".join(query.words), texts, scorer=fuzz.ratio, score_cutoff=LOOSELY_LIKE, limit=MOST)
    first: dict[int, Name] = {}
    for _, _, place in found:
        first.setdefault(shown[place].page, shown[place])
    return list(first.values())[:3]


def _hits(query: Query, known: Vocabulary) -> Iterator[Hit]:
    if not query.words:
        return
    shares: dict[int, float] = defaultdict(float)
    counts: dict[int, int] = defaultdict(int)
    close: set[int] = set()
    for word in query.words:
        weights = _meant_by(word, known)
        for place, weight in weights.items():
            shares[place] += weight
            counts[place] += 1
            if weight < BEGINNING:
                close.add(place)
    for place, total in shares.items():
        name, share = known.names[place], total / len(query.words)
        coverage = counts[place] / max(len(name.words), 1)
        if counts[place] >= HALF * len(query.words) or (coverage >= 1 and place not in close):
            yield Hit(name.page, name, share, min(coverage, 1.0), place in close)


def _meant_by(word: str, known: Vocabulary) -> Weights:
    """The names with the word, or a word that it begins, or else one that it is close to; by how likely each is."""
    found: Weights = {}
    for each, places in known.words.items():
        if each.startswith(word):
            weight = WHOLE_WORD if each == word else BEGINNING
            found.update((place, max(weight, found.get(place, 0))) for place in places)
    if found or len(word) < SHORTEST_TO_BE_MISSPELT:
        return found
    near = process.extract(word, list(known.words), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=None)
    for each, score, _ in near:
        weight = score / 100 * BEGINNING
        found.update((place, max(weight, found.get(place, 0))) for place in known.words[each])
    return found


def _vocabulary(region: Region) -> Vocabulary:
    """The region's names, read again if any was written since."""
    stamp = Findable.objects.aggregate(count=Count("*"), stamp=Sum("stamp"))
    now = (stamp["count"], stamp["stamp"])
    if not _kept or _kept[0].stamp != now:
        _kept[:] = [Reading(now, _read())]
    return _kept[0].regions[region]


def _read() -> dict[Region, Vocabulary]:
    names: dict[str, list[Name]] = {region: [] for region in Region}
    rows = Findable.objects.order_by("pk").values_list("regional_article_id", "region", "names", "also")
    for page, region, signed, also in rows:
        names[region] += [Name(page, text, tuple(words_of(text)), is_signed=True) for text in json.loads(signed)]
        names[region] += [Name(page, text, tuple(words_of(text)), is_signed=False) for text in json.loads(also)]
    return {region: Vocabulary(names[region], _places(names[region])) for region in Region}


def _places(names: list[Name]) -> dict[str, set[int]]:
    words = defaultdict(set)
    for place, name in enumerate(names):
        for word in name.words:
            words[word].add(place)
    return dict(words)
