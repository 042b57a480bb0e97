"""Pictures in the text: where a token places one, what readers get of it, and what is signed."""

from html.parser import HTMLParser
from typing import Any

import pytest

from conditions.content import markup, pictures
from conditions.content.canonical import blank_content, canonical_text, digest
from conditions.content.changes import changed_sections
from conditions.content.difference import Change, difference
from conditions.content.merge import merge, split
from conditions.content.passages import passages_of
from conditions.content.plain import plain_text
from conditions.content.shown import missing
from conditions.content.subset import CitationLinks

ARTICLE = "22222222-2222-2222-2222-222222222222"
TEXT = "Before.\n![nerves]\nAfter."


def file(letter: str, width: int = 480) -> dict[str, Any]:
    return {"sha256": letter * 64, "type": "image/webp", "width": width, "height": width // 2}


def picture(key: str = "nerves", letter: str = "a", **but: Any) -> dict[str, Any]:
    files = [file(letter), file(letter.upper(), 800)]
    words = {"alt": "A long cell.", "caption": "How it looks.", "credit": "Ada Example", "licence": "cc-by-4.0"}
    return {"key": key, "files": files, **words, **but}


def content(body: str = TEXT, *shown: dict[str, Any], region: str = "GB") -> dict[str, Any]:
    section = {"key": "overview", "kind": "overview", "heading": "What it is", "body": body}
    return {**blank_content(ARTICLE, region), "title": "ALS", "sections": [section], "pictures": list(shown)}


def html(of: dict[str, Any]) -> str:
    figures = pictures.figures(of)
    return "".join(markup.render(section["body"], CitationLinks({}, figures=figures)) for section in of["sections"])


class Images(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


# Where a token places a picture


def test_a_token_alone_on_a_line_is_a_picture_between_paragraphs() -> None:
    shown = html(content(TEXT, picture()))
    assert shown.startswith("<p>Before.</p>\n<figure><img ")
    assert shown.endswith("</figure><p>After.</p>\n")


@pytest.mark.parametrize(
    "text", ["See ![nerves] here.", "- one\n- ![nerves]", "- one\n![nerves]", "1. a\n\n   ![nerves]"]
)
def test_anywhere_else_it_is_refused(text: str) -> None:
    [sentence] = markup.objections(text)
    assert sentence == "A picture stands alone on a line, outside lists and tables. Move “![nerves]”."


@pytest.mark.parametrize(
    "text",
    ["Stop![@brown2017]", r"\![nerves] as typed", "Wait![here](https://example.org/)", "Ring![1]", "![nerves]", TEXT],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert markup.objections(text) == []


def test_a_token_without_a_picture_is_shown_as_typed() -> None:
    assert html(content(TEXT)) == "<p>Before.\n![nerves]\nAfter.</p>\n"
    assert pictures.unknown_keys(content(TEXT)) == ["nerves"]
    assert pictures.unknown_keys(content(TEXT, picture())) == []


def test_readers_words_are_counted_without_pictures() -> None:
    assert markup.visible_text(TEXT) == "Before.\nAfter."


# What readers get


def test_a_picture_comes_in_several_widths_with_its_size_and_all_but_the_first_when_it_is_near() -> None:
    first, second = Images(html(content("![nerves]\n\n![brain]", picture(), picture("brain", "b")))).found
    assert first["srcset"] == f"/pictures/{'a' * 64}.webp 480w, /pictures/{'A' * 64}.webp 800w"
    assert first["src"] == f"/pictures/{'A' * 64}.webp"
    assert (first["width"], first["height"], first["alt"]) == ("800", "400", "A long cell.")
    assert "loading" not in first and second["loading"] == "lazy"


def test_words_of_a_picture_cannot_break_out_of_it() -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror="alert(1)">&'
    shown = html(content(TEXT, picture(alt=hostile, caption=hostile, credit=hostile)))
    [image] = Images(shown).found
    assert image["alt"] == hostile
    assert "<script" not in shown and set(image) == {"src", "srcset", "sizes", "width", "height", "alt"}


@pytest.mark.parametrize(("code", "known"), pictures.LICENCES.items())
def test_every_licence_is_named_and_linked_where_it_can_be_read(code: str, known: tuple[str, str]) -> None:
    name, url = known
    shown = html(content(TEXT, picture(licence=code)))
    linked = f'<a href="{url}" rel="license external">{name}</a>' if url else name
    assert f"Ada Example. {linked}</small>" in shown


def test_who_reviews_also_reads_what_is_read_out() -> None:
    [shown] = pictures.reviewed_figures(content(TEXT, picture())).values()
    assert "<p>Read out in place of the picture: A long cell.</p></figcaption>" in shown


def test_a_copy_as_plain_text_has_every_word_of_it() -> None:
    text = plain_text(content(TEXT, picture()), [])
    assert "Before.\n\n[Picture: A long cell.]\nHow it looks.\nAda Example. CC BY 4.0 (https://creativecommons" in text


def test_a_page_shows_the_words_around_a_picture_and_of_it() -> None:
    of = content(TEXT, picture())
    page = f"<h1>ALS</h1><h2>What it is</h2>{html(of)}"
    assert missing(of, page) == []
    assert missing(of, page.replace("How it looks.", "How it is.")) == ["picture nerves"]
    assert missing(of, page.replace("After.", "Later.")) == ["section overview"]


def test_a_section_is_found_by_the_words_of_its_pictures() -> None:
    [passage] = passages_of(content(TEXT, picture()))
    assert " cel " in passage.words


# What is signed


@pytest.mark.parametrize(
    "but",
    [
        {"alt": "A short cell."},
        {"caption": "Another."},
        {"credit": "Somebody"},
        {"licence": "own"},
        {"files": [file("a"), file("c", 800)]},
    ],
    ids=lambda but: next(iter(but)),
)
def test_whatever_changes_about_a_picture_changes_the_digest_and_its_section(but: dict[str, Any]) -> None:
    before, after = content(TEXT, picture()), content(TEXT, picture(**but))
    assert digest(canonical_text(before)) != digest(canonical_text(after))
    [changed] = changed_sections(before, after)
    assert changed.heading == "What it is"


def test_the_order_of_rows_changes_nothing() -> None:
    both = [picture(), picture("brain", "b")]
    assert canonical_text(content(TEXT, *both)) == canonical_text(content(TEXT, *both[::-1]))


def test_a_changed_picture_is_shown_as_it_was_and_as_it_is() -> None:
    before, after = (html(content(TEXT, picture(letter=letter))) for letter in "ab")
    _, changed, _ = difference(before, after)
    assert (changed.change, changed.edits) == (Change.CHANGED, 1)
    assert (
        changed.html.index(f"{'A' * 64}.webp") < changed.html.index("</del>") < changed.html.index(f"{'B' * 64}.webp")
    )
    assert "How it looks." in changed.html and "<ins>" not in changed.html.partition("<figcaption>")[2]


def test_a_picture_that_came_or_went_is_marked_whole() -> None:
    with_it, without = html(content(TEXT, picture())), html(content("Before.\n\nAfter."))
    assert [block.change for block in difference(without, with_it)] == [Change.SAME, Change.ADDED, Change.SAME]
    gone = difference(with_it, without)[1]
    assert gone.change == Change.REMOVED and f"<del>{gone.html.partition('<del>')[2]}" in gone.html
    assert f"{'A' * 64}.webp" in gone.html


# Desk and regions


def test_a_desk_gives_back_what_each_region_had() -> None:
    of = {
        "GB": content(TEXT, picture(), region="GB"),
        "US": content(f"{TEXT}\n\n![brain]", picture(caption="How it looks here."), picture("brain", "b"), region="US"),
    }
    rows = merge(of)
    assert {(row.region, row.key) for row in rows.pictures} == {("GB", "nerves"), ("US", "nerves"), ("US", "brain")}
    assert [split(rows, region, ARTICLE)["pictures"] for region in of] == [
        sorted(each["pictures"], key=lambda one: one["key"]) for each in of.values()
    ]


def test_a_picture_alike_in_both_regions_is_one_row() -> None:
    rows = merge({region: content(TEXT, picture(), region=region) for region in ("GB", "US")})
    assert [row.region for row in rows.pictures] == [""]
    assert [row.region for row in merge({"GB": content(TEXT, picture())}).pictures] == [""]


def test_a_picture_that_no_section_places_is_not_part_of_the_text() -> None:
    rows = merge({"GB": content("Nothing to see.", picture())})
    assert split(rows, "GB", ARTICLE)["pictures"] == []
