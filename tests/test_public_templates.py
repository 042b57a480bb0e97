"""The pages around the articles: lists, history, pages taken down, errors."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import override_settings

from conditions.rendering import article_html
from organisations.regions import Region
from tests.article_page import ORGANISATION, SIGNATURE, Reading, a_page, assert_in_order


@pytest.mark.parametrize("name", ["400", "404", "500", "503"])
def test_an_error_page_needs_no_context_and_leads_on_in_both_regions(name: str) -> None:
    page = Reading(render_to_string(f"{name}.html"))
    addresses = [attributes.get("href") for tag, attributes in page.tags if tag == "a"]
    assert {"/uk/conditions/", "/us/conditions/", "tel:999", "tel:911"} <= set(addresses)
    forms = [attributes.get("action") for tag, attributes in page.tags if tag == "form"]
    assert forms == (["/uk/search/"] if name.startswith("4") else []), (
        "where the database may be down nobody can search"
    )


@pytest.mark.parametrize("region", list(Region))
def test_a_page_taken_down_says_why_and_where_help_is(region: Region) -> None:
    html = render_to_string("conditions/gone.html", {"region": region, "title": "ALS", "reason": "A dose is wrong."})
    number = {"GB": "tel:999", "US": "tel:911"}[region]
    assert_in_order(html, ["noindex", "taken down", "ALS", "A dose is wrong.", number, f"/{region.slug}/conditions/"])


def test_a_page_taken_down_shows_organisations_but_no_word_that_was_signed() -> None:
    context = {"region": Region.GB, "reason": "A dose is wrong.", "organisations": (ORGANISATION,)}
    html = render_to_string("conditions/gone.html", context)
    assert "Motor Neurone Disease Association" in html and "Call 0808 802 6262" in html
    assert ORGANISATION.why not in html


def test_the_history_shows_each_version_with_its_signatures_and_whole_digest() -> None:
    version = {"number": 2, "published_on": date(2026, 3, 3), "change_note": "New figures.", "kind": "Whole page"}
    version |= {"signatures": (SIGNATURE,), "digest": "ab" * 32, "is_live": True}
    facts = {"region": Region.GB, "title": "ALS", "article_url": "/uk/conditions/als/", "versions": [version]}
    text = Reading(render_to_string("conditions/history.html", facts)).text
    assert_in_order(text, ["Version 2", "readers see this now", "New figures.", "3 March 2026", "Dr Ada Example"])
    assert "ab" * 32 in text


def test_the_list_of_conditions_leads_from_every_name_to_its_page() -> None:
    letters = [("M", [("MND", "Amyotrophic lateral sclerosis", "/uk/conditions/als/", False)])]
    html = render_to_string("conditions/a_to_z.html", {"region": Region.GB, "letters": letters})
    assert '<a href="/uk/conditions/als/">MND</a> <span class="note">see Amyotrophic lateral sclerosis</span>' in html
    empty = render_to_string("conditions/a_to_z.html", {"region": Region.US, "letters": []})
    assert "No page has been published for the United States." in empty


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_every_page_of_a_demonstration_says_that_it_is_one(is_demonstration: bool) -> None:
    with override_settings(DEMONSTRATION=is_demonstration):
        pages = [
            article_html(a_page()),
            render_to_string("404.html"),
            render_to_string("conditions/region_choice.html"),
        ]
        pages += [render_to_string("conditions/home.html", {"region": Region.GB, "recently_reviewed": []})]
    assert [("Demonstration content" in page) for page in pages] == [is_demonstration] * 4
