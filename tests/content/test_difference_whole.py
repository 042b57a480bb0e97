"""Whatever two texts are compared: nothing is lost, nothing gets out of its marks, and the work is bounded."""

import re
from collections import Counter
from difflib import SequenceMatcher
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.content import alignment
from conditions.content.difference import Change, difference, summary, word_difference
from tests.content.marks import Words, assert_whole, compared, html_of, plain_marks, tags
from tests.content.test_hostile_text import FRAGMENTS, HOSTILE, assert_harmless

# Nothing lost ----------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("the", "of", "riluzole", "weakness", "p<0.05", "<5", "mg", "µg", "10–20", "%", "1", "in", "300", "5\u00a0mg"),
        *(
            "**bold**",
            "*it*",
            "**a b**",
            "w**o**rd.",
            "end.",
            "(see",
            "it)",
            "[x y](https://a.org)",
            "[x](https://b.org)",
        ),
        *("[@c1]", "[@c2; @c3]", "[@c1, p. 3]", "[@c9, fig. 2, p. 4; @c1].", "R&D", "e.g.", "1.5", "&lt;b&gt;", "\\\n"),
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
BLOCKS = st.one_of(
    LINES,
    LINES.map("### {}".format),
    st.lists(LINES, min_size=1, max_size=4).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(LINES, min_size=1, max_size=3).map(lambda lines: "\n\n".join(f"1. {line}" for line in lines)),
    st.lists(LINES, min_size=1, max_size=3).map(lambda lines: "- " + "\n  - ".join(lines)),
    st.lists(st.tuples(LINES, LINES), min_size=1, max_size=3).map(
        lambda rows: "|A|B|\n|-|-|\n" + "\n".join(f"|{one}|{two}|".replace("\\\n", "") for one, two in rows)
    ),
)
TEXTS = st.lists(BLOCKS, max_size=5).map("\n\n".join)


@st.composite
def pairs_of_texts(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts of which the second is often an edited copy of the first."""
    before = draw(TEXTS)
    words = before.split(" ")
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(words)))
        words[place : place + draw(st.integers(0, 2))] = draw(st.lists(WORDS, max_size=2))
    return before, draw(st.one_of(st.just(" ".join(words)), TEXTS))


@given(pairs_of_texts())
def test_without_the_additions_it_is_the_text_before_and_without_the_removals_the_text_after(
    texts: tuple[str, str],
) -> None:
    before, after = (html_of(text) for text in texts)
    assert_whole("".join(block.html for block in difference(before, after)), before, after)


@given(pairs_of_texts())
def test_the_way_back_has_the_same_counts_with_added_and_removed_swapped(texts: tuple[str, str]) -> None:
    there, back = summary(compared(*texts)), summary(compared(*reversed(texts)))
    assert (there.edits, there.words_added, there.words_removed) == (back.edits, back.words_removed, back.words_added)
    assert (there.is_new, there.is_removed) == (back.is_removed, back.is_new)


@given(TEXTS)
def test_the_same_text_twice_gives_only_what_stayed(text: str) -> None:
    blocks = compared(text, text)
    assert {block.change for block in blocks} <= {Change.SAME}
    assert Words("".join(block.html for block in blocks)).words == Words(html_of(text)).words
    assert summary(blocks).is_same


@given(pairs_of_texts())
def test_a_block_has_edits_exactly_if_it_did_not_stay_and_they_are_marked(texts: tuple[str, str]) -> None:
    for block in compared(*texts):
        assert bool(block.edits) == (block.change != Change.SAME)
        assert bool(block.edits) == ("<ins>" in block.html or "<del>" in block.html)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_plain_line_is_whole_and_escaped(before: str, after: str) -> None:
    html = plain_marks(word_difference(before, after).html)
    assert set(re.findall("<[^>]*>", html)) <= {"<ins>", "</ins>", "<del>", "</del>"}
    for tag, text in (("ins", before), ("del", after)):
        shown = unescape(re.sub("<[^>]*>", "", re.sub(f"<{tag}>.*?</{tag}>", " ", html, flags=re.DOTALL)))
        assert re.sub(r"[ \t\n\r\f]", "", shown) == re.sub(r"[ \t\n\r\f]", "", text)


# Hostile text ----------------------------------------------------------------


def assert_no_more_than_the_inputs(before: str, after: str) -> None:
    html = plain_marks("".join(block.html for block in difference(before, after)))
    found = tags(html)
    assert all(found[tag] <= (tags(before) + tags(after))[tag] for tag in found if tag not in ("ins", "del", "span"))
    assert_harmless(re.sub(r'</?(?:ins|del)>|(?<=<li) class="removed"', "", html))
    assert_whole(html, before, after)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_escaped(text: str) -> None:
    html = html_of(text)
    for before, after in ((html, html_of("fine")), (html_of("fine"), html), (html, html_of(f"{text} fine"))):
        assert_no_more_than_the_inputs(before, after)


HOSTILE_TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=12).map("".join)


@given(HOSTILE_TEXTS, HOSTILE_TEXTS)
def test_no_mixture_of_hostile_fragments_gets_out_of_its_marks(before: str, after: str) -> None:
    assert_no_more_than_the_inputs(html_of(before), html_of(after))


# The work is bounded ---------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 12_000, "b a a " * 8_000),
        ("- a\n- b\n" * 6_000, "- b\n- a\n- a\n" * 4_000),
        ("a\n\nb\n\n" * 6_000, "b\n\na\n\nc\n\n" * 4_000),
        ("a. b! " * 8_000, "b? a. " * 8_000),
    ],
)
def test_no_stretch_is_weighed_that_is_too_long(before: str, after: str, monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[int] = []
    heaviest = alignment.heaviest

    def counted(junk: None, one: list[str], other: list[str], *, autojunk: bool) -> object:
        counts = Counter(other)
        weighed.append(sum(counts[item] for item in one))
        return SequenceMatcher(junk, one, other, autojunk=autojunk)

    def counting(weights: list[list[float]]) -> alignment.Pairs:
        weighed.append(len(weights) * len(weights[0]))
        return heaviest(weights)

    monkeypatch.setattr("conditions.content.alignment.SequenceMatcher", counted)
    monkeypatch.setattr(alignment, "heaviest", counting)
    before, after = html_of(before), html_of(after)
    assert_whole("".join(block.html for block in difference(before, after)), before, after)
    assert max(weighed, default=0) <= max(alignment.CROWDED, alignment.WEIGHED)
    assert sum(weighed) <= 2_000_000
