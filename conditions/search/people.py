"""Find reviewers by their names."""

from rapidfuzz import fuzz

from conditions.content.spelling import words_of
from conditions.models import Reviewer
from conditions.search.query import Query

CLOSE_ENOUGH = 85  # of 100: “oconor” is 92 to “oconnor”
SHORTEST = 3  # letters
MOST = 3
TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "doctor"})


def reviewers_named(query: Query) -> list[str]:
    """The slugs of the reviewers with the most of the words in their names, at least half of those asked; three."""
    words = [word for word in query.words if word not in TITLES and len(word) >= SHORTEST]
    if not words:
        return []
    found = []
    for slug, name in Reviewer.objects.order_by("printed_name").values_list("slug", "printed_name"):
        own = [word for word in words_of(name) if word not in TITLES]
        shared = sum(any(fuzz.ratio(word, part) >= CLOSE_ENOUGH for part in own) for word in words)
        if 2 * shared >= len(words) and shared:
            found.append((-shared, len(own), slug))
    return [slug for *_, slug in sorted(found)[:MOST]]
