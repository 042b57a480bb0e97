"""What a section rests on, for its readers: how many sources of which kind, and the year of the newest."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from conditions.content import library
from conditions.content.citations import cited_keys
from conditions.content.works import Work, year

KINDS = {
    "guideline": ("guideline", "guidelines"),
    "systematic-review": ("systematic review", "systematic reviews"),
    "trial": ("trial", "trials"),
    "cohort": ("observational study", "observational studies"),
    "case-report": ("case report", "case reports"),
    "review": ("review of the literature", "reviews of the literature"),
    "opinion": ("opinion", "opinions"),
}
"""The kinds of evidence that the library knows, the strongest first, as one and as several."""


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
    said = library.evidence(work)
    kind = said or library.work_kind(work)
    return kind if kind in KINDS else ""


def _counted(works: list[Work]) -> str:
    counts = Counter(kind_of_evidence(work) for work in works)
    known = [_plural(counts[kind], *words) for kind, words in KINDS.items() if counts[kind]]
    rest = _plural(counts[""], "other source", "other sources") if known else _plural(counts[""], "source", "sources")
    return listed([*known, *([rest] if counts[""] else [])])


def listed(parts: list[str]) -> str:
    """The parts as a sentence has them: "one", "one and two", "one, two and three"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _as_number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
