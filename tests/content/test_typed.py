"""A description goes through the form's fields and comes back whole."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.content.typed import description_of, faults, fields_of, rest_of

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
PERSON = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("family", "given", "suffix", "literal", "non-dropping-particle", "ORCID"), WORDS)
)
DATE = st.fixed_dictionaries(
    {"date-parts": st.lists(st.lists(st.integers(1, 2100), min_size=1, max_size=3), min_size=1, max_size=2)},
    optional={"circa": st.just(True)},
)
CSL = st.fixed_dictionaries(
    {"type": st.sampled_from(["article-journal", "book", "chapter", "report", "song"]), "title": WORDS},
    optional={
        **dict.fromkeys(("container-title", "volume", "page", "DOI", "ISBN", "number", "status"), WORDS),
        "note": WORDS.filter(bool),
        "issue": st.integers(),
        "author": st.lists(PERSON, min_size=1, max_size=3),
        "issued": DATE,
        "custom": st.dictionaries(st.sampled_from(["evidence", "access", "mine"]), WORDS, min_size=1),
    },
)


def again(csl: dict[str, Any], **typed: str) -> dict[str, Any]:
    """The description after the form was sent with these fields changed."""
    return description_of(fields_of(csl) | typed, rest_of(csl), csl)


@given(CSL)
def test_a_form_sent_as_it_was_changes_nothing(csl: dict[str, Any]) -> None:
    assert again(csl) == {name: value for name, value in csl.items() if value not in ("", [])}


@given(CSL)
def test_a_new_title_changes_the_title_alone(csl: dict[str, Any]) -> None:
    changed = again(csl, title="Another title")
    assert changed == {**again(csl), "title": "Another title"}


def test_what_was_stored_of_a_person_stays_when_another_is_added() -> None:
    person = {"family": "Berg", "non-dropping-particle": "van den", "given": "L", "ORCID": "0000-0002-1825-0097"}
    csl = {"type": "book", "title": "A", "author": [person]}
    assert again(csl, author="van den Berg, L\nA Group\nMoore, D H, Jr")["author"] == [
        person,
        {"literal": "A Group"},
        {"family": "Moore", "given": "D H", "suffix": "Jr"},
    ]


@pytest.mark.parametrize("kind", ["article", "book", "chapter", "guideline", "webpage", "report", "other"])
def test_a_kind_that_is_chosen_is_the_kind_it_is(kind: str) -> None:
    assert fields_of(again({"type": "song", "title": "A"}, kind=kind))["kind"] == kind


def test_a_trial_is_known_by_its_number() -> None:
    csl = again({"type": "book", "title": "A"}, kind="trial", number="NCT02623699")
    assert fields_of(csl)["kind"] == "trial"


def test_what_we_note_is_kept_beside_what_others_note() -> None:
    csl = {"type": "book", "title": "A", "custom": {"mine": "1", "access": "open"}}
    assert again(csl, evidence="trial", access="")["custom"] == {"mine": "1", "evidence": "trial"}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("doi", "https://doi.org/10.1000/1", "10/1"),
        ("pmid", "8302340", "PMC1"),
        ("pmcid", "PMC1", "1"),
        ("isbn", "0-306-40615-2", "0-306-40615-3"),
        ("issn", "0028-4793", "0028-4794"),
        ("url", "https://a.org/1", "javascript:alert(1)"),
        ("issued", "2017-07", "July 2017"),
        ("accessed", "2017-07-13", "2017-13"),
    ],
)
def test_a_wrong_number_is_told_at_its_field(name: str, good: str, bad: str) -> None:
    assert faults({name: good}) == faults({name: ""}) == {}
    assert list(faults({name: bad})) == [name]
