"""The checks: each rule has a text that it finds a fault in and one that it passes, and a place in the reference."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from conditions import checks
from conditions.checks.rules import Body, Subject
from conditions.content.canonical import blank_content
from conditions.content.links import PageLink
from conditions.policies.linking import Destination
from tests.world import BROWN, GB, US

TODAY = date(2026, 11, 27)
WHO = "11111111-1111-1111-1111-111111111111"
EASY = "It is a disease of nerve cells [@brown2017]."


def section(key: str, body: str, kind: str = "") -> dict[str, str]:
    return {"key": key, "kind": kind or key, "heading": key.title(), "body": body}


def subject(**changes: Any) -> Subject:
    """A text without a fault, with other parts where they are given."""
    sound: dict[str, Any] = {
        **blank_content("22222222-2222-2222-2222-222222222222", "GB"),
        "title": "ALS",
        "summary": "ALS makes muscles weak.",
        "key_points": ["It is rare.", "Teams help."],
        "urgent_care": {"emergency": "Someone is choking.", "urgent": "", "soon": ""},
        "disclaimer": "This is a test.",
        "sections": [section("overview", EASY), section("symptoms", EASY)],
        "citations": [{"key": "brown2017", "description": BROWN}],
        "listings": [{"organisation": WHO, "why": ""}],
    }
    bodies = {WHO: Body("Support UK", date(2026, 9, 1))}
    return Subject(GB, sound | changes, TODAY, "First version.", bodies)


def with_body(body: str, kind: str = "symptoms") -> Subject:
    return subject(sections=[section("overview", EASY), section("symptoms", EASY), section("it", body, kind)])


def with_medicine(place: str = "medicines", **facts: Any) -> Subject:
    """A text that shows a medicine, licensed as the cited work says, in a section of this kind."""
    licence = {"status": "licensed", "decided_on": "", "recorded_on": "2026-11-01", "note": "", "source": "brown2017"}
    shown = {"medicine": WHO, "name": "riluzole", "class": "", "purpose": "", "brands": [], "funding": []}
    sections = [section("overview", EASY), section("symptoms", EASY), section("it", EASY, place)]
    return subject(sections=sections, medicines=[{**shown, "licence": licence} | facts])


def with_picture(body: str = f"{EASY}\n\n![nerves]", **but: str) -> Subject:
    """A text that shows a picture without a fault, but for what is given."""
    words = {"alt": "A long cell.", "caption": "How it looks.", "credit": "Ada", "licence": "own", **but}
    return subject(
        sections=[section("overview", EASY), section("symptoms", body)],
        pictures=[{"key": "nerves", "files": [], **words}],
    )


def found(of: Subject) -> dict[str, str]:
    """The rules that find a fault, each with the part that its last fault is about."""
    return {finding.code: finding.fault.part for finding in checks.found_by(checks.RULES, [of])}


FAULTS: dict[str, tuple[Subject, str]] = {
    "no-change-note": (replace(subject(), change_note="  "), "change_note"),
    "half-correction": (replace(subject(), correction="It said ten."), "wrong_since"),
    "opening-incomplete": (subject(summary=" "), "summary"),
    "no-urgent-care": (subject(urgent_care={"emergency": "", "urgent": "", "soon": ""}), "emergency"),
    "empty-section": (with_body(" ", "other"), "section:it"),
    "missing-section": (subject(sections=[section("overview", EASY)]), "sections"),
    "unusable-text": (with_body("a <b>c</b> [@brown2017]"), "section:it"),
    "no-organisation": (subject(listings=[]), "listings"),
    "uncited-section": (with_body("It is rare."), "section:it"),
    "long-opening": (subject(title="x" * 61), "title"),
    "number-of-key-points": (subject(key_points=["It is rare."]), "key_points"),
    "unknown-citation": (with_body("It is rare [@nobody]."), "section:it"),
    "misplaced-citation": (subject(key_points=["It is rare [@brown2017].", "Teams help."]), "key_points"),
    "unused-reference": (replace(subject(), unused=("smith",)), "citation:smith"),
    "old-reference": (
        subject(citations=[{"key": "brown2017", "description": {**BROWN, "issued": {"date-parts": [[2015]]}}}]),
        "citation:brown2017",
    ),
    "unchecked-organisation": (replace(subject(), bodies={WHO: Body("S", date(2026, 5, 1))}), f"listing:{WHO}"),
    "medicine-promoted": (with_body("Riluzole tablets cost £120 a month [@brown2017]."), "section:it"),
    "retracted-citation": (replace(subject(), retracted={"brown2017": TODAY}), "citation:brown2017"),
    "unsound-link": (replace(subject(), links={"brown2017": "is broken"}), "citation:brown2017"),
    "medicines-unplaced": (with_medicine("other"), "medicines"),
    "medicine-without-licence": (with_medicine(licence=None), "medicines"),
    "medicine-without-source": (
        with_medicine(licence={"status": "licensed", "decided_on": "", "recorded_on": "", "note": "", "source": ""}),
        "medicines",
    ),
    "medicine-outdated": (replace(with_medicine(), outdated=("riluzole",)), "medicines"),
    "unknown-page": (with_body("It is [kin](condition:nothing) [@brown2017]."), "section:it"),
    "misplaced-link": (subject(disclaimer="See [PLS](condition:pls)."), "disclaimer"),
    "page-at-rest": (
        replace(
            with_body("It is [kin](condition:pls) [@brown2017]."),
            pages={PageLink("condition", "pls"): Destination("33333333-3333-3333-3333-333333333333", "")},
        ),
        "section:it",
    ),
    "unknown-picture": (with_body("![cells]\n\nIt is rare [@brown2017]."), "section:it"),
    "misplaced-picture": (subject(disclaimer="![nerves]"), "disclaimer"),
    "picture-without-description": (with_picture(alt="Decorative."), "picture:nerves"),
    "picture-without-caption": (with_picture(caption=" "), "picture-caption:nerves"),
    "picture-without-licence": (with_picture(credit=""), "picture-credit:nerves"),
    "picture-called-picture": (with_picture(alt="An image of a cell."), "picture:nerves"),
    "picture-said-twice": (with_picture(caption="a long cell."), "picture:nerves"),
    "unused-picture": (replace(subject(), unplaced=("nerves",)), "picture:nerves"),
    "hard-to-read": (with_body("Neurodegeneration necessitates multidisciplinary care [@brown2017]."), "section:it"),
    "long-sentences": (with_body(f"It is {'so ' * 20}bad [@brown2017]."), "section:it"),
    "words-to-avoid": (with_body("She suffers from it [@brown2017]."), "section:it"),
    "outlook-elsewhere": (subject(key_points=["Most people die within five years.", "Teams help."]), "key_points"),
}


def test_a_sound_text_has_no_fault() -> None:
    assert found(subject()) == found(with_medicine()) == found(with_picture()) == {}


def test_every_rule_has_a_case() -> None:
    assert set(FAULTS) == {rule.code for rule in checks.RULES}
    assert len(checks.RULES) == len(FAULTS)


@pytest.mark.parametrize("code", FAULTS)
def test_a_rule_finds_its_fault_and_names_the_part_it_is_in(code: str) -> None:
    of, part = FAULTS[code]
    assert found(of) == {code: part}


@pytest.mark.parametrize(
    ("since", "what", "public_since", "part"),
    [
        (date(2026, 3, 1), " ", date(2026, 2, 1), "correction"),
        (date(2026, 11, 28), "It said ten.", date(2026, 2, 1), "wrong_since"),
        (date(2026, 1, 31), "It said ten.", date(2026, 2, 1), "wrong_since"),
        (date(2026, 2, 1), "It said ten.", date(2026, 2, 1), None),
        (TODAY, "It said ten.", None, None),
    ],
)
def test_a_correction_is_whole_and_of_days_on_which_there_were_readers(
    since: date, what: str, public_since: date | None, part: str | None
) -> None:
    of = replace(subject(), correction=what, wrong_since=since, public_since=public_since)
    assert found(of) == ({"half-correction": part} if part else {})


def test_what_blocks_comes_first_and_a_fault_of_both_regions_is_named_once() -> None:
    uk = subject(title="x" * 61, listings=[])
    us = replace(subject(title="x" * 61, disclaimer=""), region=US)
    assert list(map(str, checks.found_by(checks.RULES, [uk, us]))) == [
        "US: The disclaimer is missing.",
        "UK: No support organisation is listed for these readers. List one, or add a last section of the kind "
        "“Why no organisation is listed”.",
        "The title has 61 characters. Search results show 60.",
    ]


REASON = section("none", "We know of none here.", "no-organisation")
READING = [section("overview", EASY), section("symptoms", EASY)]


@pytest.mark.parametrize(
    ("of", "part"),
    [
        (subject(listings=[], sections=[*READING, REASON]), None),
        (subject(listings=[], sections=[READING[0], REASON, READING[1]]), "section:none"),
        (subject(sections=[*READING, REASON]), "section:none"),
    ],
)
def test_a_last_section_may_say_why_no_organisation_is_listed(of: Subject, part: str | None) -> None:
    assert found(of).get("no-organisation") == part


@pytest.mark.parametrize(
    "body",
    [
        "You pay a prescription charge of £9.90 for each medicine [@brown2017].",
        "A stair lift can cost £2,000 [@brown2017].",
        "Take 50 mg of riluzole twice a day [@brown2017].",
    ],
)
def test_what_is_no_price_of_a_medicine_is_let_through(body: str) -> None:
    assert found(with_body(body)) == {}


@pytest.mark.parametrize("body", ["Use a coupon for the drug [@brown2017].", "The tablets are $5 each [@brown2017]."])
def test_prices_and_coupons_are_for_us_readers_only(body: str) -> None:
    assert found(with_body(body)) == {"medicine-promoted": "section:it"}
    assert found(replace(with_body(body), region=US)) == {}


@pytest.mark.parametrize("alt", ["", "  ", "n/a", "picture", "…"])
def test_a_picture_that_is_not_described_keeps_a_text_from_review(alt: str) -> None:
    [finding] = checks.found_by(checks.RULES, [with_picture(alt=alt)])
    assert finding.is_blocking and finding.code == "picture-without-description"


def test_a_licence_has_to_be_named() -> None:
    [finding] = checks.found_by(checks.RULES, [with_picture(licence="")])
    assert finding.is_blocking and finding.fault.part == "picture-licence:nerves"


def test_there_is_no_cure_may_be_said() -> None:
    assert found(with_body("There is no cure [@brown2017].")) == {}
