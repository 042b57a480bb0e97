"""Citations: which tokens are one, which keys they use, how they are numbered."""

from typing import Any

import pytest

from conditions.content import citations
from conditions.content.canonical import blank_content
from conditions.content.citations import Use


def content(*bodies: str, keys: str = "abc", **other: Any) -> dict[str, Any]:
    sections = [{"key": f"s{n}", "kind": "other", "heading": "", "body": body} for n, body in enumerate(bodies)]
    described = [{"key": key, "description": {}} for key in keys]
    return blank_content("", "GB") | {"sections": sections, "citations": described} | other


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[@miller2012]", [Use("miller2012")]),
        ("Weak [@a]. Stiff [@b].", [Use("a"), Use("b")]),
        ("[@a; @b]", [Use("a"), Use("b")]),
        ("[@a;@b ;@c]", [Use("a"), Use("b"), Use("c")]),
        ("[@a, p. 12]", [Use("a", "p. 12")]),
        ("[@a, pp. 3–5, 9; @b]", [Use("a", "pp. 3–5, 9"), Use("b")]),
        ("[@nice:ng42]", [Use("nice:ng42")]),
        ("[@NG42_1.2-3]", [Use("NG42_1.2-3")]),
        ("[@a ]", [Use("a")]),
        ("[@a][@b]", [Use("a"), Use("b")]),
        ("[@a](see below)", [Use("a")]),
        ("[the [@a] study](https://a.org)", [Use("a")]),
        ("[@a; @a]", [Use("a"), Use("a")]),
    ],
)
def test_a_well_formed_citation_is_read(text: str, found: list[Use]) -> None:
    assert citations.uses(text) == found
    assert citations.malformed(text) == []


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("[@]", "[@]"),
        ("[@ unknown key!]", "[@ unknown key!]"),
        ("[@1990]", "[@1990]"),
        ("[@a.]", "[@a.]"),
        ("[@a:]", "[@a:]"),
        ("[@a-]", "[@a-]"),
        ("[@a; b]", "[@a; b]"),
        ("[@a;]", "[@a;]"),
        ("[@a,]", "[@a,]"),
        ("[@a b]", "[@a b]"),
        ("[@a @b]", "[@a @b]"),
        ("[ @a]", "[ @a]"),
        ("[@a", "[@a"),
        ("[@a;\n@b]", "[@a;"),
        ("[@müller]", "[@müller]"),
        ("[@a, <b>]", "[@a, <b>]"),
        (r"\[@a]", r"\[@a]"),
    ],
)
def test_a_broken_citation_is_reported_and_never_counted(text: str, reported: str) -> None:
    assert citations.malformed(f"Weak {text}")[0] == reported
    assert citations.uses(text) == []


@pytest.mark.parametrize("text", ["a@b.org", "[1]", "[see a@b.org](mailto:a@b.org)", "@a", "Ca[2+]", "[a] @b"])
def test_what_only_resembles_a_citation_is_left_alone(text: str) -> None:
    assert not citations.uses(text)
    assert not citations.malformed(text)


def test_keys_are_listed_once_in_order_of_first_appearance() -> None:
    assert citations.cited_keys(["[@b] [@a]", "[@c; @b]"]) == ["b", "a", "c"]


def test_references_are_numbered_by_first_appearance_in_the_sections_only() -> None:
    text = content("[@c]", "[@a; @c]", summary="[@b]", disclaimer="[@b]")
    assert citations.numbering(text) == {"c": 1, "a": 2}


def test_a_key_without_description_is_unknown_and_gets_no_number() -> None:
    text = content("[@zz] [@a]")
    assert citations.unknown_keys(text) == ["zz"]
    assert citations.numbering(text) == {"a": 1}


def test_citations_outside_the_sections_are_reported() -> None:
    urgent = {"emergency": "Call 999 [@b].", "urgent": "", "soon": ""}
    assert citations.misplaced_keys(content("[@a]", summary="[@c]", urgent_care=urgent)) == ["c", "b"]


def test_new_keys_replace_old_ones_in_citations_only() -> None:
    text = "a [@a; @b, p. 1] [@ab] \\[@a] x@a [@a!]"
    assert citations.with_new_keys(text, {"a": "a-us"}) == "a [@a-us; @b, p. 1] [@ab] \\[@a] x@a [@a!]"


def test_a_text_without_its_citations_keeps_all_other_words() -> None:
    assert citations.without_citations("Weak [@a], stiff [@!].") == "Weak  , stiff [@!]."


@pytest.mark.parametrize(
    ("text", "answer"), [("a", True), ("a.b", True), ("", False), ("a.", False), ("1a", False), ("a\n", False)]
)
def test_a_key_begins_with_a_letter_and_ends_in_no_punctuation(text: str, answer: bool) -> None:
    assert citations.is_key(text) is answer
