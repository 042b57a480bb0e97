"""Find sections by their words: the database says which have them, and the order is made here, alike on both."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from math import log
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Q, QuerySet

from conditions.content.spelling import stem
from conditions.models import Passage
from conditions.search.names import Hit
from conditions.search.query import Query
from conditions.vocabulary import PageState
from organisations.regions import Region

MOST_LOOKED_AT = 300  # who asks for something that more sections say has not asked for anything yet
MOST_OF_A_PAGE = 3
OF_THE_HEADING, OF_A_NAMED_PAGE = 5, 4
JOINED_BY: Mapping[str, Callable[[Q, Q], Q]] = {" & ": and_, " | ": or_}

Row = tuple[int, str, str, str]
Rows = QuerySet[Passage, Row]


@dataclass(frozen=True)
class Found:
    """A section by the keys of its page and of itself."""

    page: int
    key: str
    score: float


def sections_with(query: Query, region: Region, named: Iterable[Hit]) -> list[Found]:
    """The sections with the words that were asked for, the best first, a few of each page.

    Of a page that was found by its name, those with some of the other words; of every other page those with all, or,
    where there are none at all, with some.
    """
    if not query.stems:
        return []
    asked = {hit.page: _beyond(query, hit) for hit in named}
    rows = _live(region).values_list("findable__regional_article_id", "key", "heading", "words")
    own = [_found(row, asked[row[0]], OF_A_NAMED_PAGE) for row in rows.filter(findable__regional_article__in=asked)]
    others = rows.exclude(findable__regional_article__in=asked)
    found = [each for each in own if each.score] + _scored(_having(others, query.stems, " & "), query)
    return _best(found or _scored(_having(others, query.stems, " | "), query))


def _live(region: Region) -> QuerySet[Passage]:
    return Passage.objects.filter(
        findable__region=region,
        findable__regional_article__state=PageState.LIVE,
        findable__publication__ended_at__isnull=True,
    )


def _having(rows: Rows, stems: Collection[str], joined_by: str) -> Rows:
    """The rows with all or some of the words; stems are small letters and digits, so none is an operator."""
    if connection.vendor == "postgresql":
        asked = SearchQuery(joined_by.join(stems), search_type="raw", config="simple")
        return rows.annotate(vector=SearchVector("words", config="simple")).filter(vector=asked)
    return rows.filter(reduce(JOINED_BY[joined_by], (Q(words__contains=f" {stem} ") for stem in stems)))


def _beyond(query: Query, hit: Hit) -> list[str]:
    """The words asked for that are not those of the page's name."""
    own = {stem(word) for word in hit.name.words}
    return [each for each in query.stems if each not in own]


def _scored(rows: Rows, query: Query) -> list[Found]:
    return [_found(row, query.stems, 0) for row in rows[:MOST_LOOKED_AT]]


def _found(row: Row, stems: Collection[str], more: float) -> Found:
    """The section with its score: none if it has none of the words."""
    page, key, heading, words = row[:4]
    score = sum(log(1 + words.count(f" {each} ")) + OF_THE_HEADING * (f" {each} " in heading) for each in stems)
    return Found(page, key, score + more if score else 0)


def _best(found: list[Found]) -> list[Found]:
    """The best first, of each page a few."""
    counts: Counter[int] = Counter()
    kept = []
    for each in sorted(found, key=lambda found: (-found.score, found.page, found.key)):
        counts[each.page] += 1
        if counts[each.page] <= MOST_OF_A_PAGE:
            kept.append(each)
    return kept
