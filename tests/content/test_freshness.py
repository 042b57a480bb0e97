"""How fresh a page's sources were on the day of its review."""

from datetime import date

import pytest

from conditions.content.freshness import freshness, in_words, is_older
from conditions.content.retractions import Standing, Status

DAY = date(2026, 4, 3)


@pytest.mark.parametrize(
    ("parts", "older"),
    [
        *(([2015], True), ([2016], False), ([2016, 3], True), ([2016, 4], False)),
        *(([2016, 4, 2], True), ([2016, 4, 3], False), ([2026], False), ([], False)),
    ],
)
def test_a_source_is_older_than_ten_years_when_it_surely_is(parts: list[int], older: bool) -> None:
    assert is_older({"issued": {"date-parts": [parts]}}, DAY) is older


def test_a_page_is_as_fresh_as_the_source_that_was_looked_up_longest_ago() -> None:
    works = {"a": {"issued": {"date-parts": [[2010]]}}, "b": {"issued": {"date-parts": [[2020]]}}, "c": {}}
    known = {
        "a": Standing(Status.NONE_FOUND, None, date(2026, 11, 3)),
        "b": Standing(Status.NONE_FOUND, None, date(2026, 10, 1)),
        "c": Standing(Status.NOT_CHECKED),
    }
    found = freshness(works, known, DAY, "a neurologist")
    assert (found.sources, found.old, found.undated, found.unchecked) == (3, 1, 1, 1)
    assert (found.retracted, found.concern, found.as_of) == (0, 0, date(2026, 10, 1))


def test_before_a_review_nothing_is_old() -> None:
    found = freshness({"a": {}}, {"a": Standing(Status.NOT_CHECKED)}, None, "")
    assert (found.old, found.undated, found.as_of) == (None, None, None)


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (["Consultant neurologist"], "a consultant neurologist"),
        (["Occupational therapist"], "an occupational therapist"),
        (["MS nurse"], "an MS nurse"),
        (["GP"], "a GP"),
        (["Neurologist", "Physiotherapist", "Neurologist"], "a neurologist and a physiotherapist"),
        (["Audiologist", " ", "Nurse", "Doctor"], "an audiologist, a nurse and a doctor"),
        ([], ""),
    ],
)
def test_roles_read_as_people_in_a_sentence(roles: list[str], words: str) -> None:
    assert in_words(roles) == words
