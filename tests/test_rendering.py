"""The HTML of an article page: its order, its escaping, and the two regions."""

import dataclasses
import gzip
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from conditions.rendering import article_html
from organisations.facts import ContactFact
from organisations.regions import Region
from tests.article_page import ORGANISATION, SIGNATURE, Reading, a_content, a_page, a_section, assert_in_order


@override_settings(DEMONSTRATION=True)
def test_an_article_has_its_parts_in_the_order_readers_need() -> None:
    parts = ["Demonstration content, not medical advice", "Conditions", "For people in the"]
    parts += [
        "Amyotrophic lateral sclerosis (ALS)",
        "Also looked up as motor neurone disease (MND), Lou Gehrig's disease",
    ]
    parts += ["ALS is a disease of the nerve cells", "Medically reviewed by Dr Ada Example", "Last reviewed"]
    parts += ["Next review due", "What changed", "Urgent help", "Emergency: call 999", "You are choking"]
    parts += ["Urgent: get advice", "a wet cough", "Soon:", "lose weight", "Key points", "Muscles weaken", "Contents"]
    parts += ["What ALS is", "Motor neurones die.", "Back to contents", "Symptoms", "At first", "Organisations"]
    parts += ["Motor Neurone Disease Association", "References", "Hardiman O", "Who reviewed this page"]
    parts += ["First published", "Last changed", "Version 3", "Digest 0123 4567 89ab", "About this information"]
    parts += ["does not replace advice", "is not part of the NHS or any government body"]
    assert_in_order(Reading(article_html(a_page())).text, parts)


def test_the_byline_names_the_reviewer_with_credentials_and_a_link_to_the_register() -> None:
    html = article_html(a_page())
    byline = html[html.index('class="byline"') : html.index("Urgent help")]
    assert "Dr Ada Example</strong>, MB BS, FRCP, Consultant neurologist (demonstration)" in byline
    assert '<a href="https://www.gmc-uk.org/doctors/0000001" rel="external">GMC 0000001</a>' in byline
    assert '<time datetime="2026-03-02">2 March 2026</time>' in byline
    assert '<time datetime="2027-03-02">2 March 2027</time>' in byline
    assert 'href="/uk/conditions/amyotrophic-lateral-sclerosis/history/"' in byline


def test_who_reviewed_the_page_says_what_was_signed_and_the_interests() -> None:
    interested = dataclasses.replace(SIGNATURE, printed_name="Bo Sample", interests="Paid talks for a maker in 2024")
    text = Reading(article_html(a_page(signatures=(SIGNATURE, interested)))).text
    assert "Signed 2 March 2026 : The whole page Interests: None declared Bo Sample" in text
    assert "Interests: Paid talks for a maker in 2024" in text


@pytest.mark.parametrize(
    ("region", "own", "foreign"),
    [
        (Region.GB, ["tel:999", "tel:111", "tel:116123", "sms:999"], ["tel:911", "tel:988"]),
        (Region.US, ["tel:911", "tel:988", "sms:911", "sms:988"], ["tel:999", "tel:111", "tel:116123"]),
    ],
)
def test_each_region_gets_its_own_numbers_and_only_those(region: Region, own: list[str], foreign: list[str]) -> None:
    page = Reading(article_html(a_page(region=region)))
    addresses = [attributes.get("href") for tag, attributes in page.tags if tag == "a"]
    assert [number for number in own if number not in addresses] == []
    assert [number for number in foreign if number in addresses] == []


def test_each_region_gets_its_own_language_dates_and_spelling() -> None:
    uk, us = article_html(a_page()), article_html(a_page(region=Region.US))
    assert '<html lang="en-GB">' in uk and "2 March 2026" in uk and "Organisations" in uk
    assert '<html lang="en-US">' in us and "March 2, 2026" in us and "Organizations" in us


@override_settings(SITE_URL="https://alsinfo.example")
def test_both_regions_name_the_same_alternates_and_each_its_own_canonical_address() -> None:
    uk = Reading(article_html(a_page(slug="als", other_region_url="/us/conditions/als-us/")))
    us = Reading(article_html(a_page(slug="als-us", region=Region.US, other_region_url="/uk/conditions/als/")))
    assert [link["href"] for link in uk.links("canonical")] == ["https://alsinfo.example/uk/conditions/als/"]
    assert [link["href"] for link in us.links("canonical")] == ["https://alsinfo.example/us/conditions/als-us/"]
    assert uk.links("alternate") == us.links("alternate")
    assert [(link["hreflang"], link["href"]) for link in uk.links("alternate")] == [
        ("en-GB", "https://alsinfo.example/uk/conditions/als/"),
        ("en-US", "https://alsinfo.example/us/conditions/als-us/"),
        ("x-default", "https://alsinfo.example/uk/conditions/als/"),
    ]


def test_a_page_that_the_other_region_lacks_says_so_and_links_nowhere() -> None:
    page = Reading(article_html(a_page(other_region_url=None)))
    assert "There is no US version of this page." in page.text
    assert "en-US" not in [link["hreflang"] for link in page.links("alternate")]
    assert not [attributes for _, attributes in page.tags if str(attributes.get("href")).startswith("/us/")]


def test_the_switch_marks_the_region_that_is_read() -> None:
    page = Reading(article_html(a_page(region=Region.US, other_region_url="/uk/conditions/als/")))
    current = [attributes for tag, attributes in page.tags if tag == "a" and "aria-current" in attributes]
    assert [attributes["href"] for attributes in current] == ["/us/conditions/amyotrophic-lateral-sclerosis/"]


@pytest.mark.parametrize(
    ("notice", "sentence", "is_indexed"),
    [
        ("none", "", True),
        ("overdue", "This page is overdue for review.", True),
        ("expired", "This page is out of date.", False),
    ],
)
def test_an_aged_page_says_so_under_the_byline(notice: str, sentence: str, is_indexed: bool) -> None:
    html = article_html(a_page(notice=notice))
    assert_in_order(Reading(html).text, ["What changed", sentence, "Urgent help"])
    assert ('<meta name="robots" content="noindex">' in html) is not is_indexed
    assert ("review was due on" in html) is bool(sentence)


def test_a_preview_says_what_it_is_and_that_nobody_signed() -> None:
    html = article_html(
        a_page(preview="Preview of a draft.", signatures=(), first_published_on=None, last_reviewed_on=None)
    )
    text = Reading(html).text
    assert_in_order(text, ["Preview of a draft.", "Conditions", "Not signed", "Last reviewed not yet"])
    assert "Medically reviewed" not in text
    assert "noindex" in html


def test_every_link_inside_a_page_leads_to_exactly_one_place() -> None:
    troublesome = ("page-review", "page-main", "ref-hardiman", "cite-hardiman-1")
    sections = [a_section(key, key.title(), "Said.[@hardiman]") for key in troublesome]
    page = Reading(article_html(a_page(content=a_content(sections=sections))))
    targets = [str(attributes["href"])[1:] for tag, attributes in page.tags if str(attributes.get("href"))[:1] == "#"]
    assert len(page.ids) == len(set(page.ids))
    assert [target for target in targets if target not in page.ids] == []


def test_references_are_numbered_and_lead_back_to_every_place_that_cites_them() -> None:
    html = article_html(a_page())
    listed = html[html.index('<ol class="references">') :]
    assert_in_order(listed, ['id="ref-hardiman"', "Hardiman O, Al-Chalabi A.", 'id="ref-nice"', "National Institute"])
    assert_in_order(
        listed, ['href="#cite-hardiman-1"', 'href="#cite-hardiman-2"', 'href="#cite-nice-1"', 'href="#cite-nice-2"']
    )
    assert '<a href="https://doi.org/10.1038/nrdp.2017.71">' in listed


def test_few_steps_of_the_tab_key_lead_to_the_title() -> None:
    html = article_html(a_page())
    assert html[: html.index("<h1")].count("<a ") <= 8


HOSTILE = "'\"><script>alert(1)</script><img src=x onerror=alert(1)><style>*{color:red}</style>{{ page }}&amp;"


def hostile(value: Any) -> Any:
    """The value with a hostile text in place of each text, whatever its shape; bodies still cite, keys stay."""
    if isinstance(value, str):
        return HOSTILE
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: hostile(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    if isinstance(value, dict):
        changed = {key: item if key == "key" else hostile(item) for key, item in value.items()}
        return changed | ({"body": f"{HOSTILE} [@hardiman; @nice]"} if "body" in value else {})
    return type(value)(hostile(item) for item in value) if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("notice", ["none", "overdue", "expired"])
def test_hostile_text_in_any_field_is_shown_as_text(notice: str) -> None:
    page = dataclasses.replace(hostile(a_page()), region=Region.GB, notice=notice)
    html = article_html(page)
    found = Reading(html)
    assert {tag for tag, _ in found.tags} & {"script", "style", "img", "iframe", "object", "form"} == set()
    names = {name for _, attributes in found.tags for name in attributes}
    assert [name for name in names if name.startswith("on") or name == "style"] == []
    assert found.text.count("Back to the text:") == 2
    assert "<script>alert(1)</script>" in found.text
    assert "{{ page }}" in found.text


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", " javascript:alert(1)", "//evil.example"])
def test_a_contact_with_an_unsafe_address_is_text_and_no_link(href: str) -> None:
    contact = ContactFact("website", "Site", "evil.example", href, "")
    html = article_html(a_page(organisations=(dataclasses.replace(ORGANISATION, contacts=(contact,)),)))
    assert href.strip() not in html
    assert "Site evil.example" in Reading(html).text


def test_an_unsafe_address_of_a_register_is_no_link() -> None:
    signature = dataclasses.replace(SIGNATURE, register_url="javascript:alert(1)")
    html = article_html(a_page(signatures=(signature,)))
    assert "javascript:" not in html
    assert "GMC 0000001" in html


def test_a_page_has_no_script_no_form_nothing_closed_and_no_file_from_elsewhere() -> None:
    found = Reading(article_html(a_page()))
    assert {tag for tag, _ in found.tags} & {"form", "details", "style", "iframe", "img", "input"} == set()
    assert [attributes.get("type") for tag, attributes in found.tags if tag == "script"] == ["application/ld+json"]
    files = [attributes["href"] for kind in ("stylesheet", "icon") for attributes in found.links(kind)]
    assert files == ["/static/site.css", "/static/favicon.svg"]


def test_who_shares_a_page_shows_its_title_its_answer_and_a_picture_that_is_there() -> None:
    tags = Reading(article_html(a_page())).tags
    shared = {found["property"]: found["content"] for tag, found in tags if tag == "meta" and "property" in found}
    assert (shared["og:type"], shared["og:locale"]) == ("article", "en_GB")
    assert all(shared[f"og:{name}"] for name in ("title", "description", "url", "site_name", "image:alt"))
    folder, _, name = str(shared["og:image"]).removeprefix(settings.SITE_URL).rpartition("/")
    assert folder == "/static"
    assert (settings.BASE_DIR / "static" / name).exists()


def test_a_card_offers_to_call_then_to_write_then_the_website() -> None:
    html = article_html(a_page())
    card = html[html.index('<li class="card"') :]
    assert_in_order(card, ["Call 0808 802 6262", "E-mail mndconnect@example.org", "Website", "Monday to Friday"])
    assert "Not yet verified with the organisation" in card
    assert "without speaking" not in card


def test_a_card_without_a_way_to_write_says_so() -> None:
    spoken = dataclasses.replace(ORGANISATION, contacts=ORGANISATION.contacts[:2], checked_on=date(2026, 2, 1))
    text = Reading(article_html(a_page(organisations=(spoken,)))).text
    assert "We list no way to reach them without speaking." in text
    assert "Details checked with the organisation on 1 February 2026" in text
    silent = dataclasses.replace(ORGANISATION, contacts=())
    assert "We list no way to reach them." in Reading(article_html(a_page(organisations=(silent,)))).text


def test_a_page_of_three_thousand_words_is_light() -> None:
    words = [f"{syllable}{number}" for number in range(60) for syllable in ("mo", "ra", "teli", "sun", "vako")]
    sections = [
        a_section(f"s{n}", f"Heading {n}", " ".join(words[(n * i) % len(words)] for i in range(250)) + " [@nice]")
        for n in range(1, 13)
    ]
    page = article_html(a_page(content=a_content(sections=sections), organisations=(ORGANISATION,) * 10))
    stylesheet, icon = ((settings.BASE_DIR / "static" / name).read_bytes() for name in ("site.css", "favicon.svg"))
    assert len(gzip.compress(stylesheet)) <= 3_700
    assert sum(len(gzip.compress(file)) for file in (page.encode(), stylesheet, icon)) <= 25_000
