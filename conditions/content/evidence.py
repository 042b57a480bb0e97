"""What a section rests on, for its readers: how many sources of which kind, and the year of the newest."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from conditions.content.citations import cited_keys
from conditions.content.works import Work, kind_of, text_of, year

KINDS = {
    "guideline": "guidelines",
    "systematic review": "systematic reviews",
    "trial": "trials",
    "cohort study": "cohort studies",
    "opinion": "opinions",
}
"""Each kind of evidence with its plural, the strongest first."""

SIGNS = {
    "guideline": ("guideline", "guidance"),
    "systematic review": ("systematic review", "meta-analysis"),
    "trial": ("trial",),
    "cohort study": ("cohort",),
    "opinion": ("opinion", "editorial", "comment", "letter"),
}


@dataclass(frozen=True)
class Evidence:
    """`sources` like "2 guidelines and 1 trial", "" if every source is retracted; `newest` a year or "".

    `count` is how many sources that is, `retracted` how many more are cited and do not count.
    """

    sources: str
    count: int
    newest: str
    retracted: int = 0


def evidence(body: str, works: Mapping[str, Work], retracted: Collection[str] = ()) -> Evidence | None:
    """What a section rests on by the keys it cites; None if it cites none of the works."""
    cited = [key for key in cited_keys([body]) if key in works]
    standing = [works[key] for key in cited if key not in retracted]
    years = [year(work) for work in standing]
    if not cited:
        return None
    return Evidence(
        _counted(standing), len(standing), max(years, key=_as_number, default=""), len(cited) - len(standing)
    )


def kind_of_evidence(work: Work) -> str:
    """One of `KINDS`, or "" for a source of which nobody said."""
    genre = text_of(work, "genre").lower()
    said = [kind for kind, signs in SIGNS.items() if any(sign in genre for sign in signs)]
    return said[0] if said else "trial" if kind_of(work) == "trial" else ""


def _counted(works: list[Work]) -> str:
    counts = Counter(kind_of_evidence(work) for work in works)
    known = [_plural(counts[kind], kind, kinds) for kind, kinds in KINDS.items() if counts[kind]]
    rest = _plural(counts[""], "other source", "other sources") if known else _plural(counts[""], "source", "sources")
    parts = [*known, *([rest] if counts[""] else [])]
    return listed(parts)


def listed(parts: list[str]) -> str:
    """The parts as a sentence has them: "one", "one and two", "one, two and three"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _as_number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
