"""From rendered HTML to elements, lines and words.

A word is what stands between blanks, whole: `p<0.05`, `<5`, `10–20`, `5 mg` with a no-break space. Only the stops at
its end are a word of their own, so that a citation put before a full stop leaves the word before it alone. A
citation, with where to look in it, is one word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from conditions.content.tokens import Element, Kind, Line, Node, Piece, Word

BLANKS = " \t\n\r\f"
CHUNKS = re.compile(rf"[{BLANKS}]+|[^{BLANKS}]+")
STOPS = ".,;:!?)]"
INLINE = frozenset({"strong", "em", "a"})


class Part(NamedTuple):
    """A part of a word, what marks it, and the place of its piece."""

    text: str
    marks: tuple[str, ...]
    place: int


def line_of(text: str) -> Line:
    """The line that a plain text makes."""
    reader = LineReader()
    reader.text(text)
    return reader.line()


def nodes_of(html: str) -> tuple[Node, ...]:
    """The blocks of a text that the renderer of the subset made."""
    return TextReader(html).nodes


class LineReader:
    """Builds one line from tags and text; a word's parts are held back until it is known where it ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.words: list[Word] = []
        self.parts: list[Part] = []
        self.marks: tuple[str, ...] = ()
        self.is_spaced = False

    def line(self) -> Line:
        """What was read."""
        self.end_word()
        return Line(tuple(self.pieces), tuple(self.words))

    def open_tag(self, html: str, mark: str) -> None:
        """An opening tag; `mark` says what it makes of the words in it."""
        self.marks += (mark,)
        self.tag(Kind.OPENING, html)

    def close_tag(self, html: str) -> None:
        """A closing tag."""
        self.marks = self.marks[:-1]
        self.tag(Kind.CLOSING, html)

    def tag(self, kind: Kind, html: str) -> None:
        """A tag inside a word or between two."""
        self.pieces.append(Piece(kind, html, len(self.words)))

    def blank(self, html: str) -> None:
        """What parts two words: a blank or a line break."""
        self.end_word()
        self.pieces.append(Piece(Kind.BLANK, html, len(self.words)))
        self.is_spaced = bool(self.words)

    def text(self, data: str) -> None:
        """Words, parts of words, and blanks."""
        for chunk in CHUNKS.findall(data):
            if chunk[0] in BLANKS:
                self.blank(" ")
                continue
            head = chunk.rstrip(STOPS)
            if head:
                self.part(head)
            if head != chunk:
                self.part(chunk[len(head) :])

    def part(self, text: str) -> None:
        """A part of the word that is being read."""
        self.parts.append(Part(text, self.marks, len(self.pieces)))
        self.pieces.append(Piece(Kind.WORD, escape(text, quote=False), len(self.words)))

    def citation(self, html: str, text: str, mark: str) -> None:
        """A citation: a word of its own."""
        self.end_word()
        self.pieces.append(Piece(Kind.WORD, html, len(self.words)))
        self.words.append(Word(f"\x1f{mark}", text, "", self.is_spaced, is_stop=False, is_citation=True))
        self.is_spaced = False

    def picture(self, html: str, address: str, alt: str) -> None:
        """A picture: a word of its own, which is shown where it was taken out, too."""
        self.end_word()
        self.pieces.append(Piece(Kind.WORD, html, len(self.words)))
        self.words.append(Word(f"\x1f{address}", f"[Picture: {alt}]", "", self.is_spaced, is_stop=False, html=html))
        self.is_spaced = False

    def end_word(self) -> None:
        """Close the word that is being read; the stops at its end become a word of their own."""
        if len(self.parts) > 1 and is_stop(self.parts[-1].text):
            place = self.parts[-1].place
            self.pieces[place] = self.pieces[place]._replace(word=len(self.words) + 1)
            self.add_word(self.parts[:-1])
            self.add_word(self.parts[-1:])
        elif self.parts:
            self.add_word(self.parts)
        self.parts = []

    def add_word(self, parts: Sequence[Part]) -> None:
        """Add the word that these parts make."""
        text = "".join(part.text for part in parts) if len(parts) > 1 else parts[0].text
        marks = [mark for part in parts for mark in part.marks]
        address = next(filter(is_address, marks), "")
        self.words.append(Word(key_of(parts) if marks else text, text, address, self.is_spaced, is_stop(text)))
        self.is_spaced = False


def key_of(parts: Sequence[Part]) -> str:
    """What tells words apart: their text and how each part of it is marked."""
    groups = groupby(parts, attrgetter("marks"))
    return "\x1e".join("\x1f".join((*marks, "".join(part.text for part in group))) for marks, group in groups)


def is_stop(text: str) -> bool:
    """Whether there is nothing but stops."""
    return not text.strip(STOPS)


def is_address(mark: str) -> bool:
    """Whether a mark is the address of a link."""
    return ":" in mark


@dataclass
class Citation:
    """One citation of a group as it is read: its link, where that leads, the words in it and after it."""

    html: str
    address: str
    text: str = ""
    after: str = ""


class TextReader(HTMLParser):
    """Builds the elements of a text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str, list[Node]]] = [("", "", [])]
        self.reader = LineReader()
        self.group: list[Citation] | None = None
        self.is_in_citation = False
        self.feed(html)
        self.close()
        self.end_line()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The blocks of the whole text."""
        return tuple(self.open[0][2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a block, emphasis, a link or a citation begins."""
        html, address = self.get_starttag_text() or "", dict(attrs).get("href") or ""
        if self.group is not None:
            self.open_in_group(tag, html, address)
        elif tag == "sup":
            self.reader.end_word()
            self.reader.tag(Kind.OPENING, html)
            self.group = []
        elif tag == "br":
            self.reader.blank(html)
        elif tag == "img":
            self.reader.picture(html, dict(attrs).get("src") or "", dict(attrs).get("alt") or "")
        elif tag in INLINE:
            self.reader.open_tag(html, address or tag)
        else:
            self.end_line()
            self.open.append((tag, html, []))

    def handle_endtag(self, tag: str) -> None:
        """Note where a block, emphasis, a link or a citation ends."""
        html = f"</{tag}>"
        if tag == "sup":
            self.end_group()
            self.reader.tag(Kind.CLOSING, html)
        elif self.group:
            self.group[-1].html += html
            self.is_in_citation = self.is_in_citation and tag != "a"
        elif tag in INLINE:
            self.reader.close_tag(html)
        elif tag != "br":
            self.end_line()
            self.end_block()

    def handle_data(self, data: str) -> None:
        """Read words, of a citation or of the line."""
        if self.group is None:
            self.reader.text(data)
        elif self.is_in_citation:
            self.group[-1].html += escape(data, quote=False)
            self.group[-1].text += data
        else:
            self.group = self.group or [Citation("", "")]
            self.group[-1].after += data

    def open_in_group(self, tag: str, html: str, address: str) -> None:
        """The next citation of the group, or the hidden word in it."""
        assert self.group is not None  # noqa: S101
        if tag == "a":
            self.group.append(Citation(html, address))
            self.is_in_citation = True
        else:
            self.group[-1].html += html

    def end_group(self) -> None:
        """Hand the citations of the group to the line."""
        group = self.group or []
        for place, citation in enumerate(group):
            is_last = place == len(group) - 1
            after = citation.after if is_last else citation.after.removesuffix(", ")
            html, text = f"{citation.html}{escape(after, quote=False)}", f"{citation.text}{after}"
            self.reader.citation(html, text, f"{citation.address}{after}")
            if not is_last:
                self.reader.blank(", ")
        self.group = None

    def end_line(self) -> None:
        """Put the line that was read, if it has words, into the innermost open block."""
        if (line := self.reader.line()).words:
            self.open[-1][2].append(line)
        self.reader = LineReader()

    def end_block(self) -> None:
        """Put the block into the one around it; a paragraph in a list item is a line of it."""
        tag, html, children = self.open.pop()
        parent, _, siblings = self.open[-1]
        line = children[0] if len(children) == 1 else None
        if tag == "p" and parent == "li" and isinstance(line, Line):
            siblings.append(replace(line, start=html, end=f"</{tag}>"))
        else:
            siblings.append(Element(tag, html, tuple(children)))
