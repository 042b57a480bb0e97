"""The text format: what it renders to, what readers see, what an editor is told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.content import markup
from conditions.content.canonical import UnusableText
from conditions.content.markup import CitationLinks, lost_words, objections, render, visible_text


def cite(key: str, count: int, number: int) -> str:
    hidden = '<span class="visually-hidden">Reference </span>'
    return f'<a id="cite-{key}-{count}" href="#ref-{key}">{hidden}{number}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Muscles weaken.\n\nNerves die.", "<p>Muscles weaken.</p>\n<p>Nerves die.</p>"),
        ("*early* and **late**", "<p><em>early</em> and <strong>late</strong></p>"),
        ("- arms\n- legs", "<ul>\n<li>arms</li>\n<li>legs</li>\n</ul>"),
        ("1. arms\n2. legs", "<ol>\n<li>arms</li>\n<li>legs</li>\n</ol>"),
        ("3. arms", '<ol start="3">\n<li>arms</li>\n</ol>'),
        ("[NICE](https://www.nice.org.uk)", '<p><a href="https://www.nice.org.uk">NICE</a></p>'),
        ("[999](tel:999)", '<p><a href="tel:999">999</a></p>'),
        ("[write](mailto:a@b.org)", '<p><a href="mailto:a@b.org">write</a></p>'),
        ("[x](HTTPS://a.org)", '<p><a href="HTTPS://a.org">x</a></p>'),
        ("### Arms", "<h3>Arms</h3>"),
        ("### Arms\n\n#### Hands", "<h3>Arms</h3>\n<h4>Hands</h4>"),
        ("# Arms\n\n## Legs\n\n###### Feet", "<h3>Arms</h3>\n<h3>Legs</h3>\n<h4>Feet</h4>"),
        ("#### Hands first", "<h3>Hands first</h3>"),
        ("one\\\ntwo", "<p>one<br>\ntwo</p>"),
        (r"\*not bold\*", "<p>*not bold*</p>"),
        ("", ""),
    ],
)
def test_the_subset_is_rendered(text: str, html: str) -> None:
    assert render(text).strip() == html


@pytest.mark.parametrize(
    "text",
    [
        *(
            "FVC<LLN and FEV1>80%",
            "p<0.05",
            "<5 mg",
            "µg",
            ">80% of people",
            "> 80% of people",
            "a < b > c",
            "A&E",
            "&lt;",
        ),
        *(
            "`code`",
            "```",
            "---",
            "===",
            "~50%~",
            "https://a.org",
            "<https://a.org>",
            "Ca[2+]",
            "[1]",
            "[a][b]",
            "a_b_c",
        ),
        *(
            "[key]: https://a.org",
            "5 * 3 * 2",
            "#1 cause",
            "α-synuclein ≤ 3 ± 1 °C",
            "<LLN and FEV1>",
            "(c) 1/2 -- ...",
        ),
    ],
)
def test_what_is_not_in_the_subset_is_shown_as_typed(text: str) -> None:
    assert visible_text(text) == text
    assert not lost_words(text)


def test_an_indented_line_is_an_ordinary_paragraph() -> None:
    assert render("    Weak.") == "<p>Weak.</p>\n"


def test_a_table_scrolls_by_keyboard_and_names_its_columns() -> None:
    html = render("| Medicine | UK |\n|---|:-:|\n| riluzole | yes |")
    assert html.startswith('<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>')
    assert html.rstrip().endswith("</table></div>")
    assert '<th scope="col">Medicine</th>' in html
    assert "style" not in html


def test_citations_become_numbered_links() -> None:
    html = render("Weak [@a]. Stiff [@b, p. 3; @a].", CitationLinks({"a": 1, "b": 2}))
    assert html == (
        f'<p>Weak<sup class="cite">{cite("a", 1, 1)}</sup>. '
        f'Stiff<sup class="cite">{cite("b", 1, 2)} (p. 3), {cite("a", 2, 1)}</sup>.</p>\n'
    )


def test_citations_side_by_side_are_one_group_so_that_numbers_never_run_together() -> None:
    expected = f'<p>Weak<sup class="cite">{cite("a", 1, 1)}, {cite("b", 1, 2)}</sup></p>\n'
    for text in ("Weak [@a; @b]", "Weak [@a][@b]", "Weak [@a] [@b]"):
        assert render(text, CitationLinks({"a": 1, "b": 2})) == expected


def test_ids_are_unique_over_all_texts_of_a_page_and_the_list_links_back() -> None:
    links = CitationLinks({"a": 1, "b": 2})
    html = render("[@a] and [@b]", links) + render("| x |\n|---|\n| [@a] |", links)
    assert re.findall(r'id="([^"]+)"', html) == ["cite-a-1", "cite-b-1", "cite-a-2"]
    assert links.back_links("a") == ["cite-a-1", "cite-a-2"]
    assert links.back_links("never-cited") == []
    assert links.reference_id("a") == "ref-a"


def test_two_pages_side_by_side_have_different_ids() -> None:
    links = CitationLinks({"a": 1}, prefix="us-")
    assert 'id="us-cite-a-1" href="#us-ref-a"' in render("[@a]", links)
    assert links.back_links("a") == ["us-cite-a-1"]


def test_a_citation_without_number_is_shown_as_typed() -> None:
    assert render("Weak [@zz].") == '<p>Weak<sup class="cite">@zz</sup>.</p>\n'


def test_malformed_citations_are_shown_as_typed() -> None:
    assert visible_text(r"[@] [@ a!] \[@a]") == "[@] [@ a!] [@a]"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Weak [@a], **very** weak.", "Weak, very weak."),
        ("One\ntwo\n\nthree", "One two\nthree"),
        ("- arms\n- legs\n\n3. one\n4. two", "arms\nlegs\n3. one\n4. two"),
        ("1. a\n   - b\n2. c", "1. a\nb\n2. c"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b\n1 2"),
        ("[NICE](https://a.org)s", "NICEs"),
        ("", ""),
    ],
)
def test_visible_text_is_what_a_reader_sees(text: str, seen: str) -> None:
    assert visible_text(text) == seen


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("5*3*2 mg", ["5", "3", "2"]),
        ("1. first\n5. fifth", ["5"]),
        ("+ 5 mg", ["+"]),
        ("| a |\n|---|\n| 1 | dropped |", ["dropped"]),
        ('[a](https://a.org "hidden title")', ["hidden", "title"]),
        ("- " * 25 + "deep", ["deep"]),
    ],
)
def test_words_that_would_not_be_shown_are_named(text: str, lost: list[str]) -> None:
    assert lost_words(text) == lost
    assert any("would not see" in sentence and f"“{lost[0]}”" in sentence for sentence in objections(text))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "**m**otor **n**eurone",
            "un*believ*able",
            "a*b",
            r"a\*b",
            r"5\*3",
            "5*3",
            "1. a\n1. b",
            "2019. A year",
            "- 5 mg",
        ),
        *(
            "[neurologist](https://a.org/é?a=1&b=2%20c)s",
            "[a](https://a.org/x_(y))",
            "Weak[@a]er",
            "*[a](http://b.org)*",
        ),
        *("### A [@a]", "| a | b |\n|:-:|--:|\n| 1 | [@a; @b] |", "one\\\ntwo", "a\\", "**[@a]**", "1) a\n2) b"),
        *("Ca[2+](i)", "see [1](table 2)", "![@a]"),
    ],
)
def test_ordinary_writing_meets_no_objection(text: str) -> None:
    assert objections(text) == []


@given(st.text(st.sampled_from("abÅµ09 <>%≤≥=~&;:,(/'\n\"") | st.characters(categories=["L", "Nd"]), max_size=80))
def test_plain_words_and_signs_are_always_shown_as_typed(text: str) -> None:
    seen = visible_text(text)
    assert "".join(seen.split()) == "".join(text.split())
    assert not lost_words(text)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("<b>bold</b>", ["<b>", "</b>"]),
        ("<script>alert(1)</script>", ["<script>", "</script>"]),
        ('<IMG SRC="x" onerror=alert(1)>', ['<IMG SRC="x" onerror=alert(1)>']),
        ("<br/>", ["<br/>"]),
        ("<!-- note --> <!DOCTYPE html>", ["<!--", "<!DOCTYPE"]),
        ("<svg/onload=alert(1)>", ["<svg/onload=alert(1)>"]),
        ("FVC<LLN and FEV1>80%", []),
        ("a<b and c", []),
        ("<5 mg> <p0.05>", []),
        ("<https://a.org>", []),
    ],
)
def test_raw_html_is_found_but_comparisons_are_not_html(text: str, tags: list[str]) -> None:
    assert markup.html_tags(text) == tags
    assert [sentence for sentence in objections(text) if "HTML is not allowed" in sentence] == (
        objections(text)[:1] if tags else []
    )


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("[a](javascript:alert%281%29)", ["javascript:alert%281%29"]),
        ("[a]( <JavaScript:x>)", ["JavaScript:x"]),
        ("[a](data:text/html,x) [b](vbscript:x)", ["data:text/html,x", "vbscript:x"]),
        ("[a](//a.org)", ["//a.org"]),
        ("[a](/uk/)", ["/uk/"]),
        ("[a](www.a.org)", ["www.a.org"]),
        ("[a](#top)", ["#top"]),
        ("[a]()", [""]),
        ("[a](https:a.org)", ["https:a.org"]),
        ("[a](https://a.org) [b](tel:111) [c](mailto:a@b.org)", []),
    ],
)
def test_links_that_lead_elsewhere_than_allowed_are_refused(text: str, refused: list[str]) -> None:
    assert markup.refused_links(text) == refused
    assert any(sentence.startswith("Links must start with") for sentence in objections(text)) is bool(refused)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 50_001, "The text has 50,001 characters. At most 50,000 are allowed: split it into two sections."),
        ("a\x00b", "The text has a character that cannot be shown (U+0000)."),
        ("a\ud800b", "The text has a character that cannot be shown (U+D800)."),
        ("Weak [@].", "A citation is written [@key], [@one; @two] or [@key, p. 12]. Change “[@]”."),
        ("[a](https://a.org/[@b])", "A citation cannot stand inside a link. Move “[@b]”."),
        ("[](https://a.org)", "A link or sub-heading has no words."),
        ("###", "A link or sub-heading has no words."),
        ("<b>" * 12, "HTML is not allowed in the text. Take out “<b>”."),
        ("|a" * 900 + "|\n" + "|-" * 900 + "|\n" + "x\n" * 900, "The tables in the text are too large. Split them."),
    ],
)
def test_an_editor_is_told_in_a_sentence(text: str, sentence: str) -> None:
    assert any(objection.startswith(sentence) for objection in objections(text))


def test_a_long_list_of_findings_is_cut_short() -> None:
    sentence = objections(" ".join(f"[@{number}]" for number in range(30)))[0]
    assert sentence.endswith("“[@9]” and 20 more.")


def test_the_same_text_from_a_browser_meets_no_objection() -> None:
    assert objections("- arms  \r\n- legs\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n") == []


def test_text_above_the_limit_is_never_rendered() -> None:
    with pytest.raises(UnusableText, match="50,001 characters"):
        render("x" * 50_001)
