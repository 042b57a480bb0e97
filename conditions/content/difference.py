"""What changed between two texts as readers see them: paragraphs first, then words.

Added words stand in `<ins>`, removed words as escaped text in `<del>`; both say so in hidden words at either end, so
that the change is heard too. All else is the later text as it was, whole and balanced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from conditions.content.marking import Marking, steps
from conditions.content.tokenising import line_of, nodes_of
from conditions.content.tokens import Element, Node


class Change(StrEnum):
    """What became of a block."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Block:
    """A paragraph, list, table or plain line with its changes marked, as HTML; an edit is a run of changed words."""

    change: Change
    html: str
    edits: int = 0
    words_added: int = 0
    words_removed: int = 0

    @property
    def changed_words(self) -> int:
        """Words added and removed."""
        return self.words_added + self.words_removed


@dataclass(frozen=True)
class Summary:
    """How much changed in a section; `is_new` and `is_removed` when all of it was added or removed."""

    edits: int
    words_added: int
    words_removed: int
    is_new: bool
    is_removed: bool

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return not self.edits

    def __str__(self) -> str:
        if self.is_new or self.is_removed:
            return "new section" if self.is_new else "section removed"
        return f"{self.edits} edit{'' if self.edits == 1 else 's'}" if self.edits else "no change"


def difference(before: str, after: str) -> tuple[Block, ...]:
    """The blocks of the later text, and those that were taken out, in order.

    Both are HTML as `markup.render` gives it, with the same prefix of citation links; a citation whose reference
    only got another number is not changed.
    """
    return compared(nodes_of(before), nodes_of(after))


def word_difference(before: str, after: str) -> Block:
    """The same for one line of plain text, such as a title."""
    was, now = line_of(before), line_of(after)
    if was.key == now.key:
        return Block(Change.SAME, now.html)
    marking = Marking()
    marking.line(was, now)
    if was.words and now.words:
        return block(Change.CHANGED, marking)
    return block(Change.REMOVED if was.words else Change.ADDED, marking)


def list_difference(before: Iterable[str], after: Iterable[str]) -> tuple[Block, ...]:
    """The same for lines of plain text, such as key points: one `<li>` for each."""
    was, now = (tuple(Element("li", "<li>", (line_of(text),)) for text in texts) for texts in (before, after))
    return compared(was, now)


def summary(blocks: Iterable[Block]) -> Summary:
    """What changed in all of these blocks, such as a heading and the text below it."""
    found = list(blocks)
    changes = {block.change for block in found}
    return Summary(
        edits=sum(block.edits for block in found),
        words_added=sum(block.words_added for block in found),
        words_removed=sum(block.words_removed for block in found),
        is_new=changes == {Change.ADDED},
        is_removed=changes == {Change.REMOVED},
    )


def compared(before: Sequence[Node], after: Sequence[Node]) -> tuple[Block, ...]:
    """A block for each node of the later text and each that was removed."""
    was, now = ([node for node in nodes if node.has_words] for nodes in (before, after))
    return tuple(block_of(one, other) for one, other in steps(was, now))


def block_of(was: Node | None, now: Node | None) -> Block:
    """What became of one node."""
    if was is not None and now is not None and was.key == now.key:
        return Block(Change.SAME, now.html)
    marking = Marking()
    marking.step(was, now)
    if was is None or now is None:
        return block(Change.ADDED if was is None else Change.REMOVED, marking)
    return block(Change.CHANGED, marking)


def block(change: Change, marking: Marking) -> Block:
    """The block whose marks were gathered; one in which only something without words changed stayed the same."""
    change = change if marking.edits else Change.SAME
    return Block(change, marking.html(), marking.edits, marking.words["ins"], marking.words["del"])
