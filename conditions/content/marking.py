"""One text with the changes from another marked in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import NamedTuple

from conditions.content.alignment import gaps, paired
from conditions.content.sentences import matched_words
from conditions.content.tokens import Element, Kind, Line, Node, Piece, Word, gap

SPOKEN = {"ins": ("added: ", ", end of addition. "), "del": ("removed: ", ", end of removal. ")}
REMOVED_ITEM = '<li class="removed">'


class Segment(NamedTuple):
    """A stretch of the marked text; `mark` is ins, del or empty, `edit` the number of its edit."""

    html: str
    mark: str = ""
    edit: int = 0


@dataclass(frozen=True)
class Removal:
    """Words taken out at one place, and the number of the edit."""

    edit: int
    words: Sequence[Word]


def steps(before: Sequence[Node], after: Sequence[Node]) -> Iterable[tuple[Node | None, Node | None]]:
    """Each node with what it was before; None for what was not there, or is there no more."""
    for i, j, k, m in gaps(paired(before, after), before, after):
        yield from ((node, None) for node in before[i:j])
        yield from ((None, node) for node in after[k:m])
        if j < len(before):
            yield before[j], after[m]


class Marking:
    """Gathers the marked text of one block, and counts."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.edits = 0
        self.words = {"ins": 0, "del": 0}

    def html(self) -> str:
        """The marked text, as far as it was gathered."""
        groups = [(key, "".join(item.html for item in items)) for key, items in groupby(self.segments, edit_and_mark)]
        last = {key: place for place, (key, _) in enumerate(groups)}
        first = {key: len(groups) - 1 - place for place, (key, _) in enumerate(reversed(groups))}
        return "".join(
            marked(html, mark, starts=first[edit, mark] == place, ends=last[edit, mark] == place)
            for place, ((edit, mark), html) in enumerate(groups)
        )

    def keep(self, html: str) -> None:
        """What stays as it was."""
        self.segments.append(Segment(html))

    def count(self, mark: str, words: Iterable[Word]) -> None:
        """Count the words, without stops, as added or removed."""
        self.words[mark] += sum(not word.is_stop for word in words)

    def step(self, was: Node | None, now: Node | None) -> None:
        """One node: changed inside, or as a whole one edit."""
        if isinstance(was, Element) and isinstance(now, Element):
            self.element(was, now)
        elif isinstance(was, Line) and isinstance(now, Line):
            self.keep(now.start)
            self.line(was, now)
            self.keep(now.end)
        elif was is not None:
            self.whole(was, "del")
        elif now is not None:
            self.whole(now, "ins")

    def element(self, was: Element, now: Element) -> None:
        """An element that stayed, with what changed inside."""
        self.keep(now.start)
        for before, after in steps(was.children, now.children):
            if before is not None and after is not None and before.key == after.key:
                self.keep(after.html)
            elif after is None and isinstance(before, Element) and before.tag == "li":
                self.step(replace(before, start=REMOVED_ITEM), None)
            else:
                self.step(before, after)
        self.keep(now.end)

    def line(self, was: Line, now: Line) -> None:
        """The words of a line, with what was put in and taken out."""
        removed, added = self.edits_of(was, now)
        opening: list[Piece] = []
        for piece in now.pieces:
            if piece.kind is Kind.OPENING:
                opening.append(piece)
                continue
            if piece.kind is Kind.WORD and piece.word in removed:
                self.remove_before(removed.pop(piece.word), now.words, piece.word)
            self.segments += [Segment(tag.html) for tag in opening]
            opening = []
            edit = edit_of(piece, added)
            self.segments.append(Segment(piece.html, "ins", edit) if edit else Segment(piece.html))
        for removal in removed.values():
            self.remove_before(removal, now.words, len(now.words))

    def edits_of(self, was: Line, now: Line) -> tuple[dict[int, Removal], dict[int, int]]:
        """By place in the later line, the words taken out before it; and the number of the edit that put it in."""
        removed: dict[int, Removal] = {}
        added: dict[int, int] = {}
        for i, j, k, m in gaps(matched_words(was.words, now.words), was.words, now.words):
            if i == j and k == m:
                continue
            self.edits += 1
            if i < j:
                removed[k] = Removal(self.edits, was.words[i:j])
            added |= dict.fromkeys(range(k, m), self.edits)
            self.count("ins", now.words[k:m])
        return removed, added

    def remove_before(self, removal: Removal, words: Sequence[Word], place: int) -> None:
        """Words that were taken out before a word of the later line, or at its end."""
        follows_blank = place == 0 or (place < len(words) and words[place].is_spaced)
        if removal.words[0].is_apart and not follows_blank:
            self.keep(" ")
        self.remove(removal.words, removal.edit)
        if follows_blank and words:
            self.keep(" ")

    def whole(self, node: Node, mark: str) -> None:
        """All of a node as one addition or removal."""
        self.edits += node.has_words
        self.inside(node, mark)

    def inside(self, node: Node, mark: str) -> None:
        """A node and all in it as part of the edit that began last."""
        self.keep(node.start)
        if isinstance(node, Element):
            for child in node.children:
                self.inside(child, mark)
        elif mark == "del":
            self.remove(node.words, self.edits)
        else:
            self.count(mark, node.words)
            for piece in node.pieces:
                is_text = piece.kind in (Kind.WORD, Kind.BLANK)
                self.segments.append(Segment(piece.html, mark, self.edits) if is_text else Segment(piece.html))
        self.keep(node.end)

    def remove(self, words: Sequence[Word], edit: int) -> None:
        """Words that were taken out, as text; a link with its address, since it may be all that changed; pictures."""
        self.count("del", words)
        for place, word in enumerate(words):
            blank = gap(words[place - 1], word) if place else ""
            shown = word.html or escape(word.text, quote=False)
            self.segments.append(Segment(f"{blank}{shown}", "del", edit))
            following = words[place + 1].address if place + 1 < len(words) else ""
            if word.address and word.address != following:
                address = f' <span class="address">({escape(word.address)})</span>'
                self.segments.append(Segment(address, "del", edit))


def edit_and_mark(segment: Segment) -> tuple[int, str]:
    """What segments that stand in one element have in common."""
    return segment.edit, segment.mark


def edit_of(piece: Piece, added: Mapping[int, int]) -> int:
    """The number of the edit that put a piece in, or 0; a blank belongs to an edit that goes on after it."""
    edit = added.get(piece.word, 0)
    if piece.kind is Kind.BLANK:
        return edit if edit == added.get(piece.word - 1, 0) else 0
    return edit if piece.kind is Kind.WORD else 0


def marked(html: str, mark: str, *, starts: bool, ends: bool) -> str:
    """A stretch in its element, with the hidden words where its edit starts and ends."""
    if not mark:
        return html
    first, last = (hidden(words) if here else "" for words, here in zip(SPOKEN[mark], (starts, ends), strict=True))
    return f"<{mark}>{first}{html}{last}</{mark}>"


def hidden(words: str) -> str:
    """Words that are heard but not seen."""
    return f'<span class="visually-hidden">{words}</span>'
