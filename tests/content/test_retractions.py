"""What can be said of a work by what was published about it."""

from datetime import date

import pytest

from conditions.content.retractions import (
    Event,
    Nature,
    Status,
    identifiers_of,
    notice_address,
    standing,
)

AS_OF = date(2026, 11, 3)
RETRACTION, CONCERN, CORRECTION, REINSTATEMENT = Nature


def events(*written: str) -> list[Event]:
    """Events like "2020 retraction", each an entry of its own, taken in in this order."""
    found = []
    for number, text in enumerate(written, start=1):
        year, _, nature = text.partition(" ")
        found.append(Event(number, f"entry {number}", Nature(nature), date(int(year), 1, 1)))
    return found


@pytest.mark.parametrize(
    ("written", "status", "year"),
    [
        (["2020 retraction"], Status.RETRACTED, 2020),
        (["2020 correction"], Status.NONE_FOUND, None),
        (["2020 retraction", "2021 reinstatement"], Status.NONE_FOUND, None),
        (["2021 reinstatement", "2020 retraction"], Status.NONE_FOUND, None),
        (["2020 retraction", "2021 reinstatement", "2022 retraction"], Status.RETRACTED, 2022),
        (["2020 retraction", "2021 correction"], Status.RETRACTED, 2020),
        (["2020 concern"], Status.CONCERN, 2020),
        (["2020 concern", "2021 retraction"], Status.RETRACTED, 2021),
        (["2020 retraction", "2021 concern"], Status.RETRACTED, 2020),
        (["2020 concern", "2021 reinstatement"], Status.NONE_FOUND, None),
        (["2020 retraction", "2021 reinstatement", "2022 concern"], Status.CONCERN, 2022),
        (["2020 retraction", "2020 reinstatement"], Status.RETRACTED, 2020),
        (["2019 retraction", "2020 retraction"], Status.RETRACTED, 2020),
        ([], Status.NONE_FOUND, None),
    ],
)
def test_the_latest_by_date_decides(written: list[str], status: Status, year: int | None) -> None:
    found = standing(events(*written), AS_OF)
    assert found.status is status
    assert (found.event.happened_on.year if found.event else None) == year
    assert found.as_of == AS_OF


def test_a_later_row_of_the_same_entry_replaces_the_earlier() -> None:
    wrong = Event(1, "retraction-watch 7", RETRACTION, date(2020, 1, 1))
    right = Event(2, "retraction-watch 7", CORRECTION, date(2020, 1, 1))
    assert standing([right, wrong], AS_OF).status is Status.NONE_FOUND


def test_a_work_that_was_never_looked_up_is_not_said_to_be_fine() -> None:
    assert standing([], None).status is Status.NOT_CHECKED
    assert standing(events("2020 correction"), None).status is Status.NOT_CHECKED
    assert standing(events("2020 retraction"), None).is_retracted


def test_only_what_readers_should_know_is_marked() -> None:
    assert standing(events("2020 retraction"), AS_OF).mark == "retracted"
    assert standing(events("2020 concern"), AS_OF).mark == "expression of concern"
    assert standing(events("2020 correction"), AS_OF).mark == ""


def test_a_work_is_looked_up_by_doi_in_small_letters_and_by_pmid() -> None:
    work = {"DOI": "https://doi.org/10.1056/NEJMra1603471", "PMID": "28700839"}
    assert identifiers_of(work) == {"doi:10.1056/nejmra1603471", "pmid:28700839"}
    assert identifiers_of({"title": "A book", "PMID": "0", "DOI": "unavailable"}) == frozenset()


def test_a_notice_is_found_by_doi_else_in_pubmed() -> None:
    assert notice_address("10.1016/S0140-6736(97)<11096-0>", "5") == (
        "https://doi.org/10.1016/S0140-6736%2897%29%3C11096-0%3E"
    )
    assert notice_address("", "5") == "https://pubmed.ncbi.nlm.nih.gov/5/"
    assert notice_address("", "") == ""
