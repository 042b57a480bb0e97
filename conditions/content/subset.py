"""The text format: a small subset of Markdown with citations, as a parser that gives HTML.

Paragraphs, `-` and `1.` lists, `*italic*`, `**bold**`, `[links](https://…)`, `[links](condition:als)` to pages of this
site, `###` and `####` sub-headings, pipe tables, citations, and `![key]` for a picture of the text. Everything else
(raw HTML, quotes, code, pictures from elsewhere, entities) is shown exactly as typed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from conditions.content import citations
from conditions.content.links import KINDS, is_page_address
from conditions.content.pictures import LINE

SCHEMES = ("http", "https", "mailto", "tel", *KINDS)
ALLOWED_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
RULES = ["heading", "list", "table", "newline", "escape", "emphasis", "link"]


class CitationLinks:
    """The citations of one page: their numbers, and the ids by which texts and reference list link to each other.

    Pass the same object to every `render` of a page, then ask `back_links` for each line of its reference list.
    Two pages shown side by side need two objects with different prefixes, or their ids would clash. `pages` says
    where links between pages lead, by what is typed; of a link that it does not know only the words are shown.
    `marks` are words that stand beside the number of a citation, such as "retracted". `figures` are the pictures of the
    page as safe HTML, by key; of one that is not among them its token is shown as typed.
    """

    def __init__(
        self,
        numbers: Mapping[str, int],
        prefix: str = "",
        pages: Mapping[str, str] = MappingProxyType({}),
        marks: Mapping[str, str] = MappingProxyType({}),
        figures: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.numbers = numbers
        self.prefix = prefix
        self.pages = pages
        self.marks = marks
        self.figures = figures
        self.uses: dict[str, int] = {}
        self.placed: list[str] = []

    def reference_id(self, key: str) -> str:
        """The id that the reference's line in the list must carry."""
        return f"{self.prefix}ref-{key}"

    def back_links(self, key: str) -> list[str]:
        """The ids of the places that cite the reference, in the order rendered so far."""
        return [self.use_id(key, count) for count in range(1, self.uses.get(key, 0) + 1)]

    def use_id(self, key: str, count: int) -> str:
        """The id of the place that cites the reference for the `count`th time, from 1."""
        return f"{self.prefix}cite-{key}-{count}"

    def link(self, use: citations.Use) -> str:
        """HTML for one more use of a reference; a key without a number is shown as typed."""
        locator = f" ({escape(use.locator)})" if use.locator else ""
        if use.key not in self.numbers:
            return f"@{escape(use.key)}{locator}"
        self.uses[use.key] = self.uses.get(use.key, 0) + 1
        anchor = f'id="{self.use_id(use.key, self.uses[use.key])}" href="#{self.reference_id(use.key)}"'
        hidden = '<span class="visually-hidden">Reference </span>'
        return f"<a {anchor}>{hidden}{self.numbers[use.key]}</a>{self._mark(use.key)}{locator}"

    def figure(self, key: str) -> str:
        """HTML of a picture."""
        self.placed.append(key)
        return self.figures[key]

    def _mark(self, key: str) -> str:
        return f" <strong>{escape(self.marks[key])}</strong>" if key in self.marks else ""


def read_citation(state: StateInline, silent: bool) -> bool:
    """Inline rule: a citation token; one that follows another directly joins its group."""
    match = citations.GROUP.match(state.src, state.pos, state.posMax)
    found = citations.group(match[0]) if match else ()
    if match is None or not found:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        if not state.pending and state.tokens and state.tokens[-1].type == "citation":
            state.tokens[-1].meta["uses"] += found
        else:
            state.push("citation", "sup", 0).meta["uses"] = found
    state.pos = match.end()
    return True


def read_picture(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """Block rule: a picture of the text, alone on a line, outside lists and tables."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    match = LINE.fullmatch(state.src, start, end)
    if match is None or state.level or match[1] not in state.env["links"].figures:
        return False
    if not silent:
        state.push("picture", "figure", 0).meta["key"] = match[1]
        state.line = line + 1
    return True


def write_citation(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Render rule: the group as superscript links, separated by commas."""
    links: CitationLinks = env["links"]
    return f'<sup class="cite">{", ".join(links.link(use) for use in tokens[index].meta["uses"])}</sup>'


def write_table_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Render rule: a table in a box that scrolls sideways by keyboard too, for narrow screens."""
    return '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>\n'


def write_table_close(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    """Render rule: the end of a table and its box."""
    return "</table></div>\n"


def settle_headings(state: StateCore) -> None:
    """Core rule: sub-headings are h3, or h4 below an h3, so that no level of the page's outline is skipped."""
    seen = False
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4" if seen and len(token.markup) > 3 else "h3"
            seen = seen or token.type == "heading_close"
        if token.type == "th_open":
            token.attrSet("scope", "col")


def settle_page_links(state: StateCore) -> None:
    """Core rule: a link between pages leads where the page's `CitationLinks` say, or is plain words."""
    links: CitationLinks = state.env["links"]
    for token in state.tokens:
        if token.children:
            token.children = list(_with_pages(token.children, links.pages))


def _with_pages(tokens: Iterable[Token], pages: Mapping[str, str]) -> Iterator[Token]:
    """The tokens of a line without links to pages that readers do not get; links never stand inside links."""
    is_dropped = False
    for token in tokens:
        address = str(token.attrGet("href") or "") if token.type == "link_open" else ""
        if is_page_address(address):
            is_dropped = address not in pages
            token.attrSet("href", pages.get(address, ""))
        if not (is_dropped and token.type in ("link_open", "link_close")):
            yield token
        is_dropped = is_dropped and token.type != "link_close"


def is_allowed_address(address: str) -> bool:
    """Whether a link may lead there: http, https, mailto and tel, written in full, or a page of this site."""
    return ALLOWED_ADDRESS.match(address) is not None or is_page_address(address)


def parser() -> MarkdownIt:
    """A parser of the subset; it reads and renders with `env={"links": CitationLinks}`, all but pictures."""
    subset = MarkdownIt("zero").enable(RULES)
    subset.validateLink = is_allowed_address  # type: ignore[method-assign, assignment]
    subset.inline.ruler.before("link", "citation", read_citation)
    subset.block.ruler.before("paragraph", "picture", read_picture, {"alt": ["paragraph"]})
    subset.core.ruler.push("settle_headings", settle_headings)
    subset.core.ruler.push("settle_page_links", settle_page_links)
    subset.add_render_rule("citation", write_citation)
    subset.add_render_rule("table_open", write_table_open)
    subset.add_render_rule("table_close", write_table_close)
    return subset
