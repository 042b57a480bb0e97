"""A text as its readers get it, as plain text for mail: every word of it, in the order of the page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conditions.content import citations, medicine_words, medicines, pictures, references
from conditions.content.links import as_typed
from conditions.content.markup import render
from conditions.content.subset import CitationLinks
from conditions.content.tokenising import nodes_of
from conditions.content.tokens import Element, Line, Node, Word, gap

LEVELS = {"emergency": "Emergency", "urgent": "Urgent", "soon": "Soon"}
CITED = "Reference "


@dataclass(frozen=True)
class Mention:
    """An organisation that the text lists: its name as approved, and what the text says of it."""

    name: str
    why: str


def plain_text(content: Mapping[str, Any], mentions: Iterable[Mention]) -> str:
    """The whole content, its parts under headings; `mentions` are its listings in the order to be shown.

    Raises UnusableText as rendering does.
    """
    links = CitationLinks(
        citations.numbering(content),
        pages=as_typed(citations.section_texts(content)),
        figures=pictures.figures(content),
    )
    parts = [
        headed(content["title"], also_called(content["names"]), content["summary"], underline="="),
        headed("Urgent help", *(level(name, content["urgent_care"][name]) for name in LEVELS)),
        headed("Key points", bullets(content["key_points"])),
        *(headed(section["heading"], plain(section["body"], links)) for section in content["sections"]),
        headed("Medicines, fact by fact", *medicine_tables(content, links)),
        headed("Organisations", bullets(f"{one.name}: {one.why}" if one.why else one.name for one in mentions)),
        headed("References", reference_list(content, links)),
        headed("About this information", plain(content["disclaimer"])),
    ]
    return "\n\n\n".join(part for part in parts if part) + "\n"


def plain(text: str, links: CitationLinks | None = None) -> str:
    """One text of the subset: blank lines between blocks, addresses after links, citations as [8]."""
    return "\n\n".join("\n".join(lines_of(node)) for node in nodes_of(render(text, links)) if node.has_words)


def headed(heading: str, *texts: str, underline: str = "-") -> str:
    """The texts under an underlined heading; nothing if all are empty."""
    found = [text for text in texts if text]
    return "\n\n".join([f"{heading}\n{underline * len(heading)}", *found]) if found else ""


def also_called(names: Sequence[str]) -> str:
    """The other names, in one line."""
    return f"Also called {', '.join(names)}" if names else ""


def medicine_tables(content: Mapping[str, Any], links: CitationLinks) -> Iterator[str]:
    """Each medicine with its facts, a line for each, and the numbers of their sources."""
    for item in medicines.in_order(content):
        facts = medicine_words.facts(item, content["region"])
        yield "\n".join([item["name"], bullets(f"{fact.label}: {fact.words}{cited(fact, links)}" for fact in facts)])


def cited(fact: medicine_words.Fact, links: CitationLinks) -> str:
    """The number of a fact's source in brackets."""
    return f" [{links.numbers[fact.source]}]" if fact.source in links.numbers else ""


def level(name: str, text: str) -> str:
    """One level of urgent help."""
    return f"{LEVELS[name]}:\n\n{plain(text)}" if text else ""


def bullets(lines: Iterable[str]) -> str:
    """A line for each, with a dash."""
    return "\n".join(f"- {line}" for line in lines)


def reference_list(content: Mapping[str, Any], links: CitationLinks) -> str:
    """The cited works by number, with their addresses."""
    described = {citation["key"]: citation["description"] for citation in content["citations"]}
    return "\n".join(
        f"{number}. {references.format_vancouver(described[key])}" for key, number in links.numbers.items()
    )


def lines_of(node: Node) -> Iterator[str]:
    """The lines of a block: items after dashes or numbers, rows as cells between bars."""
    if isinstance(node, Line):
        yield words_of(node.words)
    elif node.tag in ("ul", "ol"):
        yield from items_of(node)
    elif node.tag == "tr":
        yield " | ".join(" ".join(lines_of_all(cell)) for cell in node.children if isinstance(cell, Element))
    else:
        yield from lines_of_all(node)


def lines_of_all(node: Element) -> Iterator[str]:
    """The lines of everything in an element."""
    for child in node.children:
        yield from lines_of(child)


def items_of(items: Element) -> Iterator[str]:
    """Each item's lines, the first after its mark, the others below it."""
    number = items.first_number
    for item in items.children:
        mark = "- " if number is None else f"{number}. "
        first, *others = [*lines_of(item), ""]
        yield f"{mark}{first}".rstrip()
        yield from (f"{' ' * len(mark)}{line}" for line in others if line)
        number = None if number is None else number + 1


def words_of(words: Sequence[Word]) -> str:
    """The words of a line, a link followed by its address, a citation in brackets."""
    text = ""
    for place, word in enumerate(words):
        shown = f"[{word.text.removeprefix(CITED)}]" if word.is_citation else word.text
        text += f"{gap(words[place - 1], word)}{shown}" if place else shown
        following = words[place + 1].address if place + 1 < len(words) else ""
        if word.address and word.address not in (following, word.text):
            text += f" ({word.address})"
    return text
