"""What tests ask of a text with marked changes."""

import re
from collections import Counter
from html.parser import HTMLParser

from conditions.content.citations import cited_keys
from conditions.content.difference import Block, difference
from conditions.content.markup import CitationLinks, render
from tests.content.test_hostile_text import Elements

HIDDEN = re.compile(r'<span class="visually-hidden">(?:added: |removed: |, end of (?:addition|removal)\. )</span>')
ADDRESS = re.compile(r' <span class="address">.*?</span>')
STOPS = re.compile(r"([.,;:!?)\]]+)(?=\s|$)")


def html_of(text: str) -> str:
    return render(text, CitationLinks({key: int(key[1:]) for key in cited_keys([text]) if key[1:].isdigit()}))


def compared(before: str, after: str) -> tuple[Block, ...]:
    return difference(html_of(before), html_of(after))


def marked(before: str, after: str) -> str:
    return plain_marks("".join(block.html for block in compared(before, after)))


def plain_marks(html: str) -> str:
    """The marks without the words for listeners."""
    return HIDDEN.sub("", html)


class Words(HTMLParser):
    """The words shown, without what stands in one element; citations and final stops count as words."""

    def __init__(self, html: str, without: str = "") -> None:
        super().__init__()
        self.text, self.without, self.depth, self.is_cited = "", without, 0, False
        self.feed(ADDRESS.sub("", plain_marks(html)))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == self.without
        self.is_cited = self.is_cited or tag == "sup"
        if tag in ("p", "li", "td", "th", "h3", "h4", "br", "sup") or (self.is_cited and tag == "a"):
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == self.without
        self.is_cited = self.is_cited and tag != "sup"
        if tag in ("p", "li", "td", "th", "h3", "h4", "sup"):
            self.text += " "

    def handle_data(self, data: str) -> None:
        if not self.depth:
            is_between = self.is_cited and data.endswith(", ")
            self.text += f"{data[:-2]} " if is_between else data

    @property
    def words(self) -> list[str]:
        return STOPS.sub(r" \1 ", self.text).split()


def assert_whole(html: str, before: str, after: str) -> None:
    assert Words(html, without="ins").words == Words(before).words
    assert Words(html, without="del").words == Words(after).words


def tags(html: str) -> Counter[str]:
    return Counter(tag for tag, _ in Elements(html).found)
