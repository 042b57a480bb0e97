"""Merging two regions' content into one desk, and splitting the desk again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.content.canonical import Content, blank_content, canonical_text, normalise
from conditions.content.citations import cited_keys, keys_in_order, section_texts
from conditions.content.merge import (
    CitationText,
    ListingText,
    Merged,
    OpeningText,
    SectionText,
    merge,
    split,
)

ARTICLE = "0b6a5e3c-6f0e-4c55-9d52-0f6f4b1f7f11"
BODIES = ["", "Muscles weaken.", "Muscles weaken [@x].", "They stiffen [@x; @y, p. 2].", "It is rare [@z]."]
GUIDELINE, TRIAL = {"title": "Guideline"}, {"title": "Trial"}


def section(key: str, body: str = "Muscles weaken.") -> dict[str, str]:
    return {"key": key, "kind": "other", "heading": key.upper(), "body": body}


def content(region: str, *sections: dict[str, str], described: dict[str, Any] | None = None, **other: Any) -> Content:
    text = blank_content(ARTICLE, region) | {"title": "MND", "sections": list(sections)} | other
    cited = keys_in_order(text)
    text["citations"] = [{"key": key, "description": (described or {}).get(key, GUIDELINE)} for key in cited]
    return normalise(text)


@st.composite
def medicines(draw: st.DrawFn, name: str) -> dict[str, Any]:
    status = {"decided_on": "", "recorded_on": "2026-11-03", "note": "", "source": draw(st.sampled_from("xyz"))}
    licence = {"status": draw(st.sampled_from(["licensed", "withdrawn"])), **status}
    funding = [{"place": "GB-ENG", "payer": "NICE", "decision": "funded", **status}]
    return {
        "medicine": name,
        "name": name,
        "class": "A blocker",
        "purpose": draw(st.sampled_from(["ALS", "Cramp"])),
        "brands": draw(st.sampled_from([[], ["Rilutek"]])),
        "licence": draw(st.none() | st.just(licence)),
        "funding": draw(st.sampled_from([[], funding])),
    }


@st.composite
def contents(draw: st.DrawFn, region: str, descriptions: st.SearchStrategy[dict[str, str]]) -> Content:
    keys = draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6))
    sections = [section(key, draw(st.sampled_from(BODIES))) for key in keys]
    wordings = st.sampled_from(["", "One.", "Two."])
    return content(
        region,
        *sections,
        described={key: draw(descriptions) for key in "xyz"},
        summary=draw(wordings),
        key_points=draw(st.lists(st.sampled_from(["Rare.", "No cure."]), max_size=2)),
        urgent_care={"emergency": draw(wordings), "urgent": "", "soon": draw(wordings)},
        listings=[{"organisation": str(uuid), "why": "Helps."} for uuid in draw(st.sets(st.uuids(), max_size=2))],
        medicines=[draw(medicines(name)) for name in draw(st.sets(st.sampled_from("pqr")))],
    )


both_alike = st.fixed_dictionaries({region: contents(region, st.just(GUIDELINE)) for region in ("GB", "US")})
both_differing = st.fixed_dictionaries(
    {region: contents(region, st.sampled_from([GUIDELINE, TRIAL])) for region in ("GB", "US")}
)


@given(both_alike)
def test_splitting_what_was_merged_gives_back_every_byte_in_both_regions(originals: dict[str, Content]) -> None:
    rows = merge(originals)
    assert rows.new_keys == {}
    for region, original in originals.items():
        assert canonical_text(split(rows, region, ARTICLE)) == canonical_text(original)


@given(both_differing)
def test_differing_descriptions_of_one_key_are_both_kept_and_the_first_region_never_changes(
    originals: dict[str, Content],
) -> None:
    rows = merge(originals)
    assert split(rows, "GB", ARTICLE) == originals["GB"]
    changed = split(rows, "US", ARTICLE)
    assert changed == originals["US"] or rows.new_keys
    old_key = {new: old for old, new in rows.new_keys.get("US", {}).items()}
    kept = {old_key.get(item["key"], item["key"]): item["description"] for item in changed["citations"]}
    assert kept == {item["key"]: item["description"] for item in originals["US"]["citations"]}


@given(contents("GB", st.just(GUIDELINE)))
def test_a_region_without_content_gets_copies_of_all_but_listings_and_medicines(original: Content) -> None:
    rows = merge({"GB": original})
    assert split(rows, "GB", ARTICLE) == original
    us = split(rows, "US", ARTICLE)
    assert us == original | {"region": "US", "listings": [], "medicines": [], "citations": us["citations"]}
    assert {row["key"] for row in us["citations"]} == set(cited_keys(section_texts(original)))


@given(both_alike)
def test_merging_a_split_desk_again_gives_the_same_desk(originals: dict[str, Content]) -> None:
    rows = merge(originals)
    assert merge({region: split(rows, region, ARTICLE) for region in originals}) == rows


def test_a_section_equal_in_both_regions_becomes_one_for_all() -> None:
    rows = merge(
        {"GB": content("GB", section("a"), section("b")), "US": content("US", section("a"), section("b", "No."))}
    )
    assert [(row.region, row.key, row.position) for row in rows.sections] == [
        ("", "a", 1),
        ("GB", "b", 2),
        ("US", "b", 2),
    ]


def test_sections_in_conflicting_orders_become_one_for_each_region() -> None:
    gb, us = content("GB", section("a"), section("b")), content("US", section("b"), section("a"))
    rows = merge({"GB": gb, "US": us})
    assert sorted((row.region, row.key) for row in rows.sections if row.region) in (
        [("GB", "a"), ("US", "a")],
        [("GB", "b"), ("US", "b")],
    )
    assert [split(rows, region, ARTICLE) for region in ("GB", "US")] == [gb, us]


def test_an_opening_that_differs_in_one_word_becomes_one_for_each_region() -> None:
    rows = merge({"GB": content("GB"), "US": content("US", title="ALS")})
    assert [(opening.region, opening.title) for opening in rows.openings] == [("GB", "MND"), ("US", "ALS")]


def test_an_equal_opening_becomes_one_for_all() -> None:
    rows = merge({"GB": content("GB"), "US": content("US")})
    assert rows.openings == (OpeningText(title="MND"),)


def test_a_conflicting_key_gets_a_new_name_in_the_second_region_and_its_texts() -> None:
    gb = content("GB", section("a", "Weak [@x]."), described={"x": GUIDELINE})
    us = content("US", section("a", "Weak [@x]."), section("b", "See [@x-us]."), described={"x": TRIAL})
    rows = merge({"GB": gb, "US": us})
    assert rows.new_keys == {"US": {"x": "x-us1"}}
    assert split(rows, "US", ARTICLE)["sections"][0]["body"] == "Weak [@x-us1]."
    assert {row.key: row.description for row in rows.citations} == {"x": GUIDELINE, "x-us": GUIDELINE, "x-us1": TRIAL}


def test_no_content_gives_a_blank_desk_whose_split_is_blank_content() -> None:
    rows = merge({})
    assert rows == Merged((OpeningText(),), (), (), (), {})
    assert split(rows, "US", ARTICLE) == blank_content(ARTICLE, "US")


def test_three_regions_are_refused() -> None:
    with pytest.raises(ValueError, match="two regions"):
        merge({region: content(region) for region in ("GB", "US", "IE")})


DESK = Merged(
    openings=(OpeningText(title="ALS"), OpeningText("GB", title="MND")),
    sections=(
        SectionText("", "b", "other", "B", "For all [@x].", 2),
        SectionText("GB", "a", "other", "A", "UK [@y].  \r\n", 2),
        SectionText("US", "b", "other", "B", "US only.", 1),
        SectionText("", "c", "other", "C", "Last.", 9),
    ),
    citations=(CitationText("y", TRIAL), CitationText("unused", TRIAL), CitationText("x", GUIDELINE)),
    listings=(ListingText("GB", "2", "Grants."), ListingText("US", "3", "Care."), ListingText("GB", "1", "Advice.")),
    new_keys={},
)


def test_a_region_gets_its_own_sections_before_those_for_all_in_order_of_position_and_key() -> None:
    assert [item["body"] for item in split(DESK, "GB", ARTICLE)["sections"]] == ["UK [@y].", "For all [@x].", "Last."]
    assert [item["body"] for item in split(DESK, "US", ARTICLE)["sections"]] == ["US only.", "Last."]


def test_a_region_gets_its_own_opening_before_the_one_for_all() -> None:
    assert [split(DESK, region, ARTICLE)["title"] for region in ("GB", "US")] == ["MND", "ALS"]


def test_a_region_gets_only_the_citations_its_sections_cite_sorted_by_key() -> None:
    assert [item["key"] for item in split(DESK, "GB", ARTICLE)["citations"]] == ["x", "y"]
    assert split(DESK, "US", ARTICLE)["citations"] == []


def test_a_region_gets_its_own_listings_sorted_by_organisation() -> None:
    assert [item["organisation"] for item in split(DESK, "GB", ARTICLE)["listings"]] == ["1", "2"]


def test_changing_a_us_section_changes_nothing_in_the_uk() -> None:
    changed = [row if row.region != "US" else SectionText("US", "b", "other", "B", "New.", 1) for row in DESK.sections]
    desk = Merged(DESK.openings, tuple(changed), DESK.citations, DESK.listings, {})
    assert canonical_text(split(desk, "GB", ARTICLE)) == canonical_text(split(DESK, "GB", ARTICLE))
    assert canonical_text(split(desk, "US", ARTICLE)) != canonical_text(split(DESK, "US", ARTICLE))
