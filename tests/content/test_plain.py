"""A text as plain text: every word that is signed, in the order of the page."""

from conditions.content.canonical import blank_content
from conditions.content.plain import Mention, plain, plain_text

WORK = {"type": "book", "title": "Motor neurones", "DOI": "10.1056/NEJMra1603471"}


def test_a_list_keeps_its_dashes_numbers_and_levels() -> None:
    assert plain("- one\n- two\n  - three") == "- one\n- two\n  - three"
    assert plain("3. one\n4. two") == "3. one\n4. two"
    assert plain("1. one\n\n   more\n2. two") == "1. one\n   more\n2. two"


def test_a_table_keeps_its_rows_and_cells() -> None:
    assert plain("|Drug|Dose|\n|-|-|\n|A|5 mg|") == "Drug | Dose\nA | 5 mg"


def test_a_link_is_followed_by_its_address_unless_that_is_what_it_says() -> None:
    assert plain("See [the site](https://a.org/x), now.") == "See the site (https://a.org/x), now."
    assert plain("See [https://a.org](https://a.org).") == "See https://a.org."


def test_signs_come_through_as_typed() -> None:
    assert plain("**p<0.05** & <5 µg, 10–20 % *of* R&D") == "p<0.05 & <5 µg, 10–20 % of R&D"


def test_the_whole_content_stands_under_headings_and_empty_parts_leave_none() -> None:
    content = blank_content("an-article", "GB") | {
        "title": "ALS",
        "summary": "Muscles weaken.",
        "urgent_care": {"emergency": "Call.", "urgent": "", "soon": ""},
        "sections": [{"key": "a", "kind": "overview", "heading": "What it is", "body": "Rare [@b, p. 3; @c]."}],
        "citations": [{"key": key, "description": WORK} for key in "bc"],
    }
    assert plain_text(content, [Mention("A charity", "Helps."), Mention("Another", "")]) == (
        "ALS\n===\n\nMuscles weaken.\n\n\n"
        "Urgent help\n-----------\n\nEmergency:\n\nCall.\n\n\n"
        "What it is\n----------\n\nRare [1 (p. 3)] [2].\n\n\n"
        "Organisations\n-------------\n\n- A charity: Helps.\n- Another\n\n\n"
        "References\n----------\n\n"
        "1. Motor neurones. doi: 10.1056/NEJMra1603471\n"
        "2. Motor neurones. doi: 10.1056/NEJMra1603471\n"
    )
