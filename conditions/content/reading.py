"""What a reader sees of rendered HTML, as plain text."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "br", "ul", "ol", "li", "h3", "h4", "div", "table", "tr", "figure", "figcaption", "small"})
CELLS = frozenset({"th", "td"})
EDGE = "\x1f"


class Reading(HTMLParser):
    """The words of rendered HTML, with the numbers of numbered lists and without citations; and where links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.addresses: list[str] = []
        self.counters: list[int | None] = []
        self.is_citation = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where blocks, list items, links and citations begin."""
        self.pieces.append(boundary(tag))
        if tag in ("ul", "ol"):
            self.counters.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
        if tag == "li":
            self.count_item()
        if tag == "sup":
            self.is_citation = True
        if tag == "a" and not self.is_citation:
            self.addresses.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        """Note where blocks, lists, links and citations end."""
        self.pieces.append(boundary(tag))
        if tag in ("ul", "ol"):
            self.counters.pop()
        if tag == "sup":
            self.is_citation = False

    def handle_data(self, data: str) -> None:
        """Keep the words, unless they belong to a citation."""
        if not self.is_citation:
            self.pieces.append(data.replace("\n", " "))

    def count_item(self) -> None:
        """Write the number that a browser shows before an item of a numbered list."""
        if self.counters and (number := self.counters[-1]) is not None:
            self.pieces.append(f"{number}. ")
            self.counters[-1] = number + 1

    def text(self) -> str:
        """One line for each block, words as shown."""
        return tidy("".join(self.pieces).replace(EDGE, ""))

    def parted_text(self) -> str:
        """The same with a blank at both ends of each link and in place of each citation."""
        return tidy("".join(self.pieces).replace(EDGE, " "))


def boundary(tag: str) -> str:
    """What separates the words on both sides of a tag."""
    if tag in BLOCKS:
        return "\n"
    if tag in CELLS:
        return " "
    return EDGE if tag in ("a", "sup") else ""


def tidy(text: str) -> str:
    """The text with single blanks and without empty lines."""
    lines = (re.sub(" +", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
