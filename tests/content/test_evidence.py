"""What a section rests on, in one line."""

from typing import Any

import pytest

from conditions.content.evidence import evidence, kind_of_evidence


def said(kind: str, *issued: int, **more: Any) -> dict[str, Any]:
    """A work of which an editor said what evidence it is."""
    return {"type": "article-journal", "custom": {"evidence": kind}, "issued": {"date-parts": [list(issued)]}, **more}


WORKS: dict[str, dict[str, Any]] = {
    "nice": {"type": "report", "genre": "Guideline", "title": "MND", "issued": {"date-parts": [[2016]]}},
    "efns": said("guideline", 2022, 3),
    "trial": said("trial", 2020),
    "nct": {"type": "webpage", "number": "NCT01234567"},
    "review": said("systematic-review", 2019),
    "cohort": {"type": "article-journal", "custom": {"evidence": "cohort"}},
    "letter": {"type": "article-journal", "custom": {"evidence": "opinion"}},
    "plain": {"type": "article-journal", "title": "A paper", "issued": {"date-parts": [[2023]]}},
    "book": {"type": "book", "title": "A book", "custom": {"evidence": "other"}},
}


@pytest.mark.parametrize(
    ("body", "sources", "newest"),
    [
        ("A [@nice; @efns]. B [@trial, p. 3].", "2 guidelines and 1 trial", "2022"),
        ("A [@nice]. B [@nice].", "1 guideline", "2016"),
        ("A [@trial; @nct].", "2 trials", "2020"),
        ("A [@plain].", "1 source", "2023"),
        ("A [@plain; @book].", "2 sources", "2023"),
        ("A [@book; @review; @nice].", "1 guideline, 1 systematic review and 1 other source", "2019"),
        ("A [@book; @plain; @cohort].", "1 observational study and 2 other sources", "2023"),
        ("A [@letter; @unknown].", "1 opinion", ""),
    ],
)
def test_sources_are_counted_by_kind_each_once(body: str, sources: str, newest: str) -> None:
    found = evidence(body, WORKS)
    assert found is not None
    assert (found.sources, found.newest, found.retracted) == (sources, newest, 0)


@pytest.mark.parametrize("body", ["Nothing cited.", "A [@unknown].", "A \\[@nice]."])
def test_a_section_that_cites_none_of_the_works_has_no_line(body: str) -> None:
    assert evidence(body, WORKS) is None


def test_a_retracted_source_does_not_count() -> None:
    found = evidence("A [@nice; @trial].", WORKS, ["trial"])
    assert found is not None
    assert (found.sources, found.newest, found.count, found.retracted) == ("1 guideline", "2016", 1, 1)
    found = evidence("A [@trial].", WORKS, ["trial"])
    assert found is not None
    assert (found.sources, found.newest, found.count, found.retracted) == ("", "", 0, 1)


def test_of_a_source_nobody_called_by_its_kind_nothing_is_guessed() -> None:
    assert kind_of_evidence({"type": "report", "title": "A guideline and trial of everything"}) == ""
