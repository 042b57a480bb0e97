"""What changed between two texts: words and numbers whole, paragraphs first, a summary in words."""

import re

import pytest

from conditions.content.difference import Block, Change, difference, list_difference, summary, word_difference
from conditions.content.markup import CitationLinks, render
from tests.content.marks import compared, marked, plain_marks

# Nothing halved --------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Take 5 mg.", "Take 50 mg.", "<p>Take <del>5</del> <ins>50</ins> mg.</p>"),
        ("Take 5\u00a0mg.", "Take 50\u00a0mg.", "<p>Take <del>5\u00a0mg</del> <ins>50\u00a0mg</ins>.</p>"),
        ("at p<0.05 now", "at p<0.005 now", "<p>at <del>p&lt;0.05</del> <ins>p&lt;0.005</ins> now</p>"),
        ("at 10 mg now", "at 10 µg now", "<p>at 10 <del>mg</del> <ins>µg</ins> now</p>"),
        ("about 10–20 % a year", "about 10–30 % a year", "<p>about <del>10–20</del> <ins>10–30</ins> % a year</p>"),
        ("lives 1.5 years.", "lives 1. years.", "<p>lives <del>1.5</del> <ins>1.</ins> years.</p>"),
        ("if 1 in 300 has", "if 1 in 3,000 has", "<p>if 1 in <del>300</del> <ins>3,000</ins> has</p>"),
        ("is **rare** and", "is **not rare** and", "<p>is <strong><ins>not</ins> rare</strong> and</p>"),
        ("un**likely** now", "**likely** now", "<p><del>unlikely</del> <strong><ins>likely</ins></strong> now</p>"),
        ("It is weak. So", "It is weak, and slow. So", "<p>It is weak<ins>, and slow</ins>. So</p>"),
        ("gone now", "now", "<p><del>gone</del> now</p>"),
        ("now gone", "now", "<p>now <del>gone</del></p>"),
        ("a very good day", "a good day", "<p>a <del>very</del> good day</p>"),
    ],
)
def test_words_and_numbers_change_whole(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_citation_is_one_word_and_is_heard_with_its_number() -> None:
    block = compared("It is weak [@c8, p. 3].", "It is weak.")[0]
    assert "removed: </span>Reference 8 (p. 3)<span" in block.html
    assert (block.edits, block.words_removed, block.words_added) == (1, 1, 0)


def test_an_added_citation_leaves_the_word_before_it_alone_and_is_a_link() -> None:
    html = marked("It is weak.", "It is weak [@c8].")
    assert html.startswith('<p>It is weak<sup class="cite"><ins><a id="cite-c8-1" href="#ref-c8">')
    assert html.endswith("</a></ins></sup>.</p>")


def test_a_citation_that_only_got_another_number_did_not_change() -> None:
    before, after = (render("Weak [@a].", CitationLinks({"a": number})) for number in (8, 9))
    assert [block.change for block in difference(before, after)] == [Change.SAME]


def test_one_citation_of_a_group_can_go() -> None:
    html = marked("It is weak [@c1; @c2; @c3].", "It is weak [@c1; @c3].")
    assert re.search(r"<del>Reference 2</del> *<a id", html)
    assert html.count("<a ") == 2


def test_words_taken_out_between_two_citations_stand_between_them() -> None:
    html = marked("Weak [@c2] and stiff [@c1] limbs.", "Weak [@c2; @c1] limbs.")
    assert re.search(r"2</a>, <del>and stiff</del> <a id", html)


def test_a_removed_citation_does_not_run_into_the_word_after_it() -> None:
    assert "<del>dose Reference 8 mg</del>" in marked("A dose[@c8]mg there", "A there")


def test_a_removed_citation_leaves_no_id_behind_that_another_has() -> None:
    html = marked("It is [@c1] weak [@c1].", "It is weak [@c1].")
    assert html.count("id=") == 1


def test_a_link_that_leads_elsewhere_is_a_change_that_shows_where_it_led() -> None:
    html = marked("See [the site](https://a.org) now", "See [the site](https://b.org) now")
    assert '<del>the site <span class="address">(https://a.org)</span></del>' in html
    assert '<a href="https://b.org"><ins>the site</ins></a>' in html


def test_emphasis_put_on_a_word_is_a_change() -> None:
    assert marked("do not stop", "do **not** stop") == "<p>do <del>not</del> <strong><ins>not</ins></strong> stop</p>"


# Paragraphs first ------------------------------------------------------------

ONE = "Motor neurones die over months, so muscles weaken and waste."
TWO = "Nobody knows why they die in nine of ten people."


def test_a_lightly_edited_paragraph_is_changed_and_its_neighbours_stay() -> None:
    blocks = compared(f"{ONE}\n\n{TWO}\n\nEnd.", f"{ONE}\n\n{TWO.replace('ten', '10')}\n\nEnd.")
    assert [block.change for block in blocks] == [Change.SAME, Change.CHANGED, Change.SAME]
    assert (blocks[1].edits, blocks[1].words_added, blocks[1].words_removed, blocks[1].changed_words) == (1, 1, 1, 2)


def test_a_paragraph_about_something_else_is_removed_and_added_whole() -> None:
    blocks = compared(ONE, TWO)
    assert [block.change for block in blocks] == [Change.REMOVED, Change.ADDED]
    assert plain_marks(blocks[0].html) == f"<p><del>{ONE}</del></p>"
    assert plain_marks(blocks[1].html) == f"<p><ins>{TWO}</ins></p>"


def test_a_paragraph_put_in_between_is_added() -> None:
    blocks = compared(f"{ONE}\n\nEnd.", f"{ONE}\n\n{TWO}\n\nEnd.")
    assert [block.change for block in blocks] == [Change.SAME, Change.ADDED, Change.SAME]


def test_a_paragraph_that_becomes_a_heading_is_removed_and_added() -> None:
    assert [block.change for block in compared("Signs", "### Signs")] == [Change.REMOVED, Change.ADDED]


def test_an_item_taken_out_of_a_numbered_list_stands_in_its_place_and_says_so() -> None:
    html = marked("1. Call for help\n2. Wait here\n3. Breathe", "1. Call for help\n2. Breathe")
    assert html == ('<ol><li>Call for help</li><li class="removed"><del>Wait here</del></li><li>Breathe</li></ol>')


def test_items_with_blank_lines_between_them_are_the_same_items() -> None:
    assert {block.change for block in compared("- One\n- Two", "- One\n\n- Two")} == {Change.SAME}


def test_a_changed_cell_is_marked_in_its_column() -> None:
    html = marked("|Drug|Dose|\n|-|-|\n|A|5 mg|\n|B|8 mg|", "|Drug|Dose|\n|-|-|\n|A|50 mg|\n|B|8 mg|")
    assert "<td>A</td><td><del>5</del> <ins>50</ins> mg</td>" in html
    assert html.count("<del>") == 1


def test_a_cell_with_other_words_altogether_changes_in_its_place() -> None:
    html = marked("|Drug|Use|Dose|\n|-|-|-|\n|A|ALS|one tablet|", "|Drug|Use|Dose|\n|-|-|-|\n|A|ALS|20 drops|")
    assert "<td>ALS</td><td><del>one tablet</del> <ins>20 drops</ins></td>" in html


def test_an_edit_that_runs_over_tags_is_announced_once_at_each_end() -> None:
    html = compared("Weak.", "Weak.\n\n- **Very** weak\n- Slow")[1].html
    assert html.count("added:") == html.count("end of addition") == 1
    assert html.index("added:") < html.index("Very") < html.index("Slow") < html.index("end of addition")


def test_key_points_are_items_of_a_list() -> None:
    blocks = list_difference(["Rare.", "No <cure>."], ["No <cure> yet.", "Rare."])
    assert "".join(plain_marks(block.html) for block in blocks).startswith("<li>")
    assert summary(blocks).edits == 2


def test_a_title_shows_its_changed_words() -> None:
    block = word_difference("Motor neurone disease", "Motor neuron disease")
    assert plain_marks(block.html) == "Motor <del>neurone</del> <ins>neuron</ins> disease"
    assert (block.change, block.edits) == (Change.CHANGED, 1)
    assert word_difference("ALS", "ALS") == Block(Change.SAME, "ALS")
    assert word_difference("", "New").change == Change.ADDED
    assert word_difference("Old", "").change == Change.REMOVED


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("", "All of it.", "new section"),
        ("All of it.", "", "section removed"),
        ("Take 5 mg a day.", "Take 50 mg each day.", "2 edits"),
        ("Take 5 mg a day.", "Take 50 mg a day.", "1 edit"),
        ("Same.", "Same.", "no change"),
        ("", "", "no change"),
    ],
)
def test_a_section_says_in_words_how_much_changed(before: str, after: str, sentence: str) -> None:
    assert str(summary(compared(before, after))) == sentence
