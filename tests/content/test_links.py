"""Links between pages, as they are typed: what counts as one, what is shown of it, what is refused."""

import pytest

from conditions.content import markup
from conditions.content.canonical import blank_content
from conditions.content.difference import difference
from conditions.content.links import PageLink, linked_in_sections, page_links
from conditions.content.plain import plain_text
from conditions.content.subset import CitationLinks

PLS = "See [*PLS*, a kin](condition:pls), now."


def rendered(text: str, **pages: str) -> str:
    known = {f"condition:{slug}": address for slug, address in pages.items()}
    return markup.render(text, CitationLinks({}, pages=known))


def test_a_link_leads_where_the_page_says() -> None:
    html = rendered(PLS, pls="/uk/conditions/pls/")
    assert html == '<p>See <a href="/uk/conditions/pls/"><em>PLS</em>, a kin</a>, now.</p>\n'


def test_of_a_link_to_a_page_that_readers_do_not_get_the_words_are_shown() -> None:
    assert rendered(PLS) == markup.render(PLS) == "<p>See <em>PLS</em>, a kin, now.</p>\n"
    assert markup.visible_text(PLS) == "See PLS, a kin, now."


def test_one_link_of_two_can_be_words() -> None:
    html = rendered("- [a](condition:a) [b](https://b.org)\n- [c](condition:c)", c="/c/")
    assert html.count("<a ") == html.count("</a>") == 2
    assert '<a href="https://b.org">b</a>' in html and '<a href="/c/">c</a>' in html and "condition" not in html


@pytest.mark.parametrize("text", [PLS, "[a](condition:a_B-9)", "[a]( organisation:a )"])
def test_an_editor_may_save_it(text: str) -> None:
    assert markup.objections(text) == []
    assert markup.lost_words(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "condition:",
        "condition:../../admin/",
        "condition:als/history/",
        "condition:als?x=1",
        "condition:als#symptoms",
        "condition:javascript:alert%281%29",
        "condition://als",
        "condition:al%73",
        "condition:sclérose",
        'condition:als"onclick=x',
        "condition:als&colon;",
        "Condition:als",
        "conditions:als",
        "page:als",
        f"condition:{'a' * 101}",
    ],
)
def test_an_address_that_names_no_page_is_refused_and_never_a_link(address: str) -> None:
    text = f"[here]({address})"
    sentences = " ".join(markup.objections(text))
    assert "Links must start with https://" in sentences and "condition:als" in sentences
    assert "<a" not in markup.render(text, CitationLinks({}, pages={address: "/x/"}))


def test_a_link_needs_words_and_has_no_title() -> None:
    assert markup.objections("[](condition:als)") == ["A link or sub-heading has no words."]
    assert markup.objections('[a](condition:als "Unseen")')


def test_what_a_text_links_to_is_found_once_and_in_order() -> None:
    text = "[a](condition:b) [c](organisation:a) [d]( condition:b ) [e](https://condition:b) (condition:z)"
    assert page_links([text]) == [PageLink("condition", "b"), PageLink("organisation", "a")]
    content = blank_content("an-article", "GB")
    content["sections"] = [{"key": "a", "kind": "overview", "heading": "A", "body": text}]
    assert linked_in_sections(content) == page_links([text])


def test_a_receipt_shows_words_and_what_was_signed() -> None:
    content = blank_content("an-article", "GB") | {"title": "ALS"}
    content["sections"] = [{"key": "a", "kind": "overview", "heading": "A", "body": PLS}]
    assert "See PLS, a kin (condition:pls), now." in plain_text(content, [])


def test_a_link_that_leads_elsewhere_is_a_difference() -> None:
    before, after = (
        markup.render(
            f"See [kin](condition:{slug}).", CitationLinks({}, pages={f"condition:{slug}": f"condition:{slug}"})
        )
        for slug in ("pls", "pma")
    )
    [block] = difference(before, after)
    assert "(condition:pls)" in block.html and 'href="condition:pma"' in block.html


def test_many_unfinished_links_are_read_quickly() -> None:
    for text in ("[a](condition:" * 3_000, "](condition:a" * 3_000, "[a](condition:" + " " * 40_000):
        assert page_links([text]) == []
