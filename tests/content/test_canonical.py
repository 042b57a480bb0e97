"""The normal form and the digest: what changes a digest and what never does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.content.canonical import (
    SCHEMA,
    UnusableText,
    blank_content,
    canonical_text,
    content_of,
    digest,
    lines,
    normalise,
    normalise_text,
)

ARTICLE = "0b6a5e3c-6f0e-4c55-9d52-0f6f4b1f7f11"

usable_text = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc", "Cs"],
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
    | st.sampled_from(list("\n\t\r é\u0301")),
    max_size=60,
)
values = st.recursive(
    usable_text | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)
contents = st.builds(
    lambda title, sections, citations, listings: (
        blank_content(ARTICLE, "GB")
        | {"title": title, "sections": sections, "citations": citations, "listings": listings}
    ),
    title=usable_text,
    sections=st.lists(st.fixed_dictionaries({"key": st.sampled_from("ab"), "body": usable_text}), max_size=3),
    citations=st.lists(st.fixed_dictionaries({"key": st.sampled_from("xyz"), "description": values}), max_size=3),
    listings=st.lists(st.fixed_dictionaries({"organisation": st.uuids().map(str), "why": usable_text}), max_size=3),
)


@given(usable_text)
def test_normalising_a_text_twice_changes_nothing_more(text: str) -> None:
    assert normalise_text(normalise_text(text)) == normalise_text(text)


@given(usable_text)
def test_line_ends_of_any_kind_give_the_same_normal_form(text: str) -> None:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    assert (
        normalise_text(unix.replace("\n", "\r\n")) == normalise_text(unix.replace("\n", "\r")) == normalise_text(unix)
    )


@given(usable_text)
def test_decomposed_letters_give_the_same_normal_form(text: str) -> None:
    assert normalise_text(unicodedata.normalize("NFD", text)) == normalise_text(text)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Weak.  \nStiff.\t", "Weak.\nStiff."),
        ("\n \n\nWeak.\n\n\nStiff.\n \n", "Weak.\n\n\nStiff."),
        ("- one\n  - two", "- one\n  - two"),
        ("Lambert\u2013Eaton cafe\u0301", "Lambert\u2013Eaton caf\u00e9"),
        ("", ""),
        ("\r\n", ""),
    ],
)
def test_only_blanks_that_nobody_sees_are_taken_away(typed: str, normal: str) -> None:
    assert normalise_text(typed) == normal


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "\x07", "a\x0bb", "a\x0cb", "\x1b[0m", "a\x7f", "a\x85", "a\ud800", "\udfff", "a\u202eb", "\u2066x"],
)
def test_a_character_that_nobody_can_see_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnusableText, match=r"^The text has a character that cannot be shown \(U\+[0-9A-F]{4}\)\."):
        normalise_text(text)
    with pytest.raises(ValueError, match="cannot be shown"):
        normalise({"sections": [{"body": text}]})


@given(contents)
def test_reading_and_writing_a_canonical_text_changes_no_byte(content: dict[str, object]) -> None:
    text = canonical_text(content)
    assert canonical_text(content_of(text)) == text
    assert content_of(text) == normalise(content)


@given(contents)
def test_the_order_of_keys_never_changes_the_digest(content: dict[str, object]) -> None:
    turned = dict(reversed(content.items()))
    assert digest(canonical_text(turned)) == digest(canonical_text(content))


@given(contents)
def test_the_order_of_listings_never_changes_the_digest(content: dict[str, list[object]]) -> None:
    turned = content | {"listings": content["listings"][::-1]}
    assert canonical_text(turned) == canonical_text(content)


def test_a_saved_form_with_crlf_and_trailing_blanks_keeps_the_digest() -> None:
    content = blank_content(ARTICLE, "GB") | {"summary": "Muscles weaken.\nNerves die."}
    posted = content | {"summary": "Muscles weaken.  \r\nNerves die.\r\n"}
    assert digest(canonical_text(posted)) == digest(canonical_text(content))


def test_any_visible_change_changes_the_digest() -> None:
    content = blank_content(ARTICLE, "GB") | {"summary": "p<0.05"}
    assert digest(canonical_text(content)) != digest(canonical_text(content | {"summary": "p<0.5"}))


def test_the_digest_of_a_known_content_never_changes_between_releases() -> None:
    text = canonical_text(blank_content(ARTICLE, "GB") | {"title": "Motor neurone disease", "names": ["MND", "µ"]})
    assert text == (
        '{"content":{"article":"0b6a5e3c-6f0e-4c55-9d52-0f6f4b1f7f11","citations":[],"disclaimer":"","key_points":[],'
        '"listings":[],"medicines":[],"names":["MND","µ"],"pictures":[],"region":"GB","sections":[],"summary":"",'
        '"title":"Motor neurone disease","urgent_care":{"emergency":"","soon":"","urgent":""}},"schema":1}'
    )
    assert digest(text) == "2cb2c6935cf77cdbcbb2dfaa6d69baacc3a3b90dea71b68a53576ab3ff7f6aa3"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, 1e20, object(), {"\ud800": 1}])
def test_what_json_cannot_carry_exactly_is_refused(value: object) -> None:
    with pytest.raises(UnusableText, match="cannot be written as canonical JSON"):
        canonical_text({"title": value})


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"schema":2,"content":{}}', '{"schema":1}', "null"])
def test_a_text_that_is_no_document_of_this_schema_is_refused(text: str) -> None:
    with pytest.raises(UnusableText):
        content_of(text)


def test_blank_content_has_every_key_of_the_schema() -> None:
    assert SCHEMA == 1
    assert set(blank_content(ARTICLE, "US")) == {
        *("article", "region", "title", "names", "summary", "key_points", "urgent_care", "sections"),
        *("citations", "medicines", "listings", "disclaimer", "pictures"),
    }


def test_lines_are_items_without_blank_ones() -> None:
    assert lines(" MND\r\n\r\n  motor neurone disease \n") == ("MND", "motor neurone disease")
