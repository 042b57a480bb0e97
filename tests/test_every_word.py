"""Every word of an article page is one of four things: signed, of the record, an organisation's, or a fixed phrase."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.test import Client
from django.utils.dateformat import format as format_date

from conditions.actions import reading
from conditions.content import markup, medicine_words, references
from conditions.content.evidence import KINDS
from conditions.content.pictures import licence_name, words_of
from conditions.content.retractions import MARKS
from conditions.models import Publication
from conditions.page_facts import page_of_publication
from conditions.rendering import ArticlePage, article_html, digest_code
from conditions.templatetags.pages import DAY_FORMATS
from organisations.regions import Region
from tests import medicines, pictured
from tests import world as w
from tests.retraction_lists import event, take_in
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


class Texts(HTMLParser):
    """The text nodes of a page, and the texts of the attributes that are shown or spoken."""

    SPOKEN = ("alt", "title", "aria-label", "content", "placeholder")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        if self.lasttag != "script":  # what machines are told is compared with the page by itself
            self.found.append(plain(data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta" or ("name", "description") in attrs:
            self.found += [plain(value or "") for name, value in attrs if name in self.SPOKEN]


def plain(text: str) -> str:
    return " ".join(text.split())


def fixed_phrases() -> Iterator[str]:
    """The literal text of every public template."""
    for file in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
        if file.parent.name in ("templates", "conditions", "organisations"):
            source = file.read_text(encoding="utf-8")
            attributes = re.sub(r'(aria-label|content)="([^"]*)"', r"> \2 <", source)
            for token in Lexer(re.sub(r"<[^>]*>", " {##} ", attributes)).tokenize():
                if token.token_type == TokenType.TEXT:
                    yield from (plain(part) for part in re.split(r"[<>]", token.contents))


def spoken_with_citations() -> Iterator[str]:
    yield from ("Reference", *MARKS.values())


def of_sources(page: ArticlePage) -> Iterator[str]:
    """What is known of the works cited: kinds of evidence, days of retractions, who checked the page and when."""
    yield from (f"{count} {kind}" for kind in chain(*KINDS.values(), ("source", "sources")) for count in range(9))
    yield from ("other source", "other sources", " and ")
    for standing in page.sources.values():
        if standing.event:
            yield format_date(standing.event.happened_on, DAY_FORMATS[page.region])
    if page.freshness:
        yield page.freshness.checked_by
        if page.freshness.as_of:
            yield format_date(page.freshness.as_of, DAY_FORMATS[page.region])


def signed(content: Mapping[str, Any]) -> Iterator[str]:
    """What the digest covers, as it is shown."""
    yield from (content["title"], content["summary"], *content["names"], *content["key_points"])
    for text in (*content["urgent_care"].values(), content["disclaimer"], *(s["body"] for s in content["sections"])):
        yield from shown(text)
    yield from (section["heading"] for section in content["sections"])
    yield from (listing["why"] for listing in content["listings"])
    for citation in content["citations"]:
        line = references.reference_line(citation["description"])
        yield from (str(part) for part in vars(line).values() if isinstance(part, str))
    for picture in content["pictures"]:
        yield from (*words_of(picture), licence_name(picture))
    for medicine in content["medicines"]:
        yield medicine["name"]
        for fact in medicine_words.facts(medicine, content["region"]):
            yield from (fact.label, fact.words)


def shown(text: str) -> Iterable[str]:
    return Texts(markup.render(text)).found


def of_the_record(page: ArticlePage) -> Iterator[str]:
    for signature in page.signatures:
        yield from (str(value) for value in vars(signature).values())
        yield format_date(signature.signed_on, DAY_FORMATS[page.region])
    for day in (page.first_published_on, page.last_changed_on, page.last_reviewed_on, page.next_review_due_on):
        if day is not None:
            yield format_date(day, DAY_FORMATS[page.region])
    if page.readers is not None:
        yield format_date(page.readers.last_on, "F Y")
    if page.deferral is not None:
        yield from (page.deferral.reason, format_date(page.deferral.until, DAY_FORMATS[page.region]))
    for correction in page.corrections:
        yield from (correction.text, format_date(correction.fixed_on, DAY_FORMATS[page.region]))
        yield format_date(correction.since, DAY_FORMATS[page.region])
    yield from (page.digest, digest_code(page.digest), page.change_note, page.region.label, page.region.country)
    yield from (settings.PUBLISHER_NAME, settings.SITE_URL, f"/{page.region.slug}/conditions/{page.slug}/")


def of_organisations(page: ArticlePage) -> Iterator[str]:
    for organisation in page.organisations:
        for value in vars(organisation).values():
            if isinstance(value, str):
                yield value
        yield from (registration.words for registration in organisation.registrations)
        for contact in organisation.contacts:
            yield from vars(contact).values()


def unaccounted(html: str, page: ArticlePage) -> list[str]:
    """The text nodes that hold a word of none of the four kinds."""
    known = {
        *signed(page.content),
        *of_the_record(page),
        *of_organisations(page),
        *fixed_phrases(),
        *spoken_with_citations(),
        *of_sources(page),
    }
    phrases = sorted({plain(text) for text in known} - {""}, key=len, reverse=True)
    return [text for text in Texts(html).found if re.search(r"[^\W\d]", without(text, phrases))]


def without(text: str, phrases: Iterable[str]) -> str:
    for phrase in phrases:
        if phrase in text:
            text = text.replace(phrase, " ")
    return text


@pytest.mark.parametrize("region", [GB, US])
def test_every_word_of_a_page_is_accounted_for(client: Client, world: w.World, region: Region) -> None:
    edition = medicines.draft(world, medicines.riluzole(world))
    pictured.show(world, edition)
    for row in w.submit(world, edition).values():
        w.publish(world, row)
    article = edition.article
    live = w.page(article, region).live_publication()
    assert live is not None
    page = page_of_publication(live)
    html = client.get(f"/{region.slug}/conditions/als/").text
    assert len(Texts(html).found) > 60
    assert unaccounted(html, page) == []


def test_how_many_read_a_draft_is_a_fact_of_the_record(client: Client, world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    to_read = reading.invite_reader(rows[GB], world.draft_reader, by=world.editor)
    reading.complete_reading(reading.accept_reading(to_read, by=world.draft_reader), by=world.draft_reader)
    page = page_of_publication(w.publish(world, rows[GB]))
    html = client.get("/uk/conditions/als/").text
    assert "Read before publication by 1 person who lives with the condition" in plain(re.sub("<[^>]*>", "", html))
    assert unaccounted(html, page) == []


def test_what_is_known_of_sources_is_a_fact_of_the_record(client: Client, live: w.Article) -> None:
    take_in(event())
    for publication in Publication.objects.all():
        page = page_of_publication(publication)
        html = client.get(f"/{page.region.slug}/conditions/als/").text
        assert "This source was retracted on" in html
        assert unaccounted(html, page) == []


def test_a_sentence_from_elsewhere_is_noticed(live: w.Article) -> None:
    page = page_of_publication(Publication.objects.all()[0])
    html = article_html(page).replace("</main>", "<p>Take twice the dose.</p></main>")
    assert unaccounted(html, page) == ["Take twice the dose."]
