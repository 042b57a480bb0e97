"""What is said of medicines, without a database: words, order, places, names."""

from typing import Any

import pytest

from conditions.content import medicine_words, medicines
from conditions.content.canonical import blank_content, canonical_text
from conditions.content.citations import numbering
from conditions.content.medicine_words import Fact, facts
from organisations.areas import NATIONS

FUNDED = {"place": "GB-ENG", "payer": "NICE", "decision": "funded"}
ARTICLE = "0b6a5e3c-6f0e-4c55-9d52-0f6f4b1f7f11"


def status(**changes: Any) -> dict[str, Any]:
    return {"status": "licensed", "decided_on": "", "recorded_on": "2026-11-03", "note": "", "source": "x"} | changes


def medicine(name: str = "riluzole", **changes: Any) -> dict[str, Any]:
    own = {"medicine": f"uuid of {name}", "name": name, "class": "A blocker", "purpose": "ALS"}
    return {**own, "brands": [], "licence": status(), "funding": [], **changes}


def content(*sections: tuple[str, str], shown: Any = (), region: str = "GB") -> dict[str, Any]:
    rows = [{"key": kind, "kind": kind, "heading": kind, "body": body} for kind, body in sections]
    cited = [{"key": key, "description": {"title": key}} for key in "abxyz"]
    return blank_content(ARTICLE, region) | {"sections": rows, "citations": cited, "medicines": list(shown)}


@pytest.mark.parametrize(
    ("region", "said", "words"),
    [
        ("GB", {"decided_on": "2025-07-22"}, "Licensed since 22 July 2025."),
        ("US", {"decided_on": "2025-07-22"}, "Licensed since July 22, 2025."),
        ("GB", {}, "Licensed, as recorded on 3 November 2026."),
        (
            "US",
            {"status": "conditional", "note": "To be confirmed."},
            "Licensed with conditions, as recorded on November 3, 2026. To be confirmed.",
        ),
        ("US", {"status": "withdrawn", "decided_on": "2024-04-04"}, "License withdrawn on April 4, 2024."),
        ("GB", {"status": "not-licensed", "decided_on": "2019-05-01"}, "Not licensed; decided on 1 May 2019."),
    ],
)
def test_a_licence_is_said_in_words_with_its_day(region: str, said: dict[str, str], words: str) -> None:
    found = {fact.label: fact for fact in facts(medicine(licence=status(**said)), region)}
    label = "Licence in the UK" if region == "GB" else "License in the US"
    assert found[label] == Fact(label, words, "x")


def test_each_payer_has_a_row_of_its_own_and_silence_is_said() -> None:
    decisions = [status(**FUNDED), status(**FUNDED | {"place": "US", "payer": "Medicare", "decision": "undecided"})]
    labels = [fact.label for fact in facts(medicine(funding=decisions, brands=["A", "B"]), "GB")]
    assert labels[0] == "Brand names"
    assert labels[-2:] == ["Funding, England (NICE)", "Funding, Medicare"]
    silent = facts(medicine(licence=None), "US")
    assert [fact.words for fact in silent[-2:]] == [
        "Nothing is recorded here.",
        "No decision is recorded here. A license does not mean that a medicine is paid for.",
    ]


def test_the_nations_have_their_usual_names() -> None:
    assert medicine_words.NATIONS == NATIONS


def test_a_source_is_numbered_in_the_section_that_shows_the_medicines() -> None:
    shown = [medicine("zinc", licence=status(source="y")), medicine("Aspirin", licence=status(source="x"))]
    text = content(("overview", "[@a]"), ("medicines", "[@b]"), ("outlook", "[@z]"), shown=shown)
    assert numbering(text) == {"a": 1, "b": 2, "x": 3, "y": 4, "z": 5}


def test_without_medicines_numbers_are_as_they_were() -> None:
    assert numbering(content(("medicines", "[@b; @a]"))) == {"b": 1, "a": 2}


def test_the_order_of_medicines_never_changes_the_digest() -> None:
    two = [medicine("zinc"), medicine("aspirin")]
    assert canonical_text(content(shown=two)) == canonical_text(content(shown=two[::-1]))


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Riluzole may help.", True),
        ("Take RILUTEK.", True),
        ("(riluzole)", True),
        ("Riluzoles", False),
        ("preriluzole", False),
        ("Nothing.", False),
    ],
)
def test_a_name_is_found_as_a_word(text: str, is_named: bool) -> None:
    assert medicines.mentions(text, ["riluzole", "Rilutek"]) is is_named


def test_no_name_is_found_nowhere() -> None:
    assert not medicines.mentions("Anything", [""])
