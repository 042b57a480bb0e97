"""From the text an editor types to safe HTML, and what stands in the way of saving it.

Hostile text cannot make this slow: `render` and `objections` refuse more than 50,000 characters, nesting stops at
twenty levels (what would be lost by that is reported), and every pattern reads the text once. Repeated brackets,
stars, pipes and lists of that length take less than a second; tables that grow beyond 500,000 characters of HTML
are refused.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

import nh3
from markdown_it.token import Token

from conditions.content import citations, pictures
from conditions.content.canonical import UnusableText, normalise_text, refuse_unusable
from conditions.content.links import as_typed
from conditions.content.reading import Reading
from conditions.content.subset import SCHEMES, CitationLinks, is_allowed_address, parser

__all__ = ["LIMIT", "CitationLinks", "html_tags", "lost_words", "objections", "refused_links", "render", "visible_text"]

LIMIT = 50_000
HTML_LIMIT = 500_000

SUBSET = parser()
CLEANER = nh3.Cleaner(
    tags={
        *("p", "br", "ul", "ol", "li", "strong", "em", "a", "sup", "span", "h3", "h4"),
        *("div", "table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "*": set(),
        "a": {"href", "id"},
        "ol": {"start"},
        "th": {"scope"},
        "div": {"tabindex", "role", "aria-label"},
    },
    allowed_classes={"sup": {"cite"}, "span": {"visually-hidden"}, "div": {"table-scroll"}},
    url_schemes=set(SCHEMES),
    link_rel=None,
)

HTML_NAMES = (
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|"
    "button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|"
    "dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|"
    "hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta|"
    "meter|nav|nobr|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|plaintext|pre|"
    "progress|q|rp|rt|ruby|s|samp|script|search|section|select|slot|small|source|span|strike|strong|style|"
    "sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|"
    "video|wbr|xmp"
)
TAG = re.compile(rf"</?(?:{HTML_NAMES})(?=[\s/>])[^<>]*>|<!--|<!DOCTYPE\b", re.IGNORECASE)
TARGET = re.compile(r"\]\(\s*<?([^\s)>]*)")
LINKS_LEAD = (
    "Links must start with https://, http://, mailto: or tel:, "
    "or name a page of this site like condition:als or organisation:mnd-association. Change"
)
LIKE_AN_ADDRESS = re.compile(r"[:/.#@]|^\Z")
EMPTY_PART = re.compile(r"<(h3|h4|a)\b[^>]*></\1>")

WORD = re.compile(r"[^\W_]+|[<>≤≥=%±+~]")
MARKS_WITHIN_WORDS = re.compile(r"(?<=[^\W\d_])[\\*]+(?=[^\W\d_])")
AUTOMATIC_NUMBER = re.compile(r"^\s*1[.)]\s", re.MULTILINE)


def render(text: str, links: CitationLinks | None = None) -> str:
    """Safe HTML for the text. `links` numbers the page's citations; without it each is shown as typed.

    It also says where links between pages lead, without it only their words are shown; and which pictures there are.

    Raises UnusableText for more than 50,000 characters.
    """
    if len(text) > LIMIT:
        raise UnusableText(too_long(text))
    links = links or CitationLinks({})
    parts = groupby(SUBSET.parse(text, {"links": links}), key=is_picture)
    return "".join(figures(found, links) if are_pictures else written(found, links) for are_pictures, found in parts)


def is_picture(token: Token) -> bool:
    """Whether a token is a picture; it stands between whole blocks."""
    return token.type == "picture"


def figures(tokens: Iterable[Token], links: CitationLinks) -> str:
    """The HTML of pictures, which is our own."""
    return "".join(links.figure(token.meta["key"]) for token in tokens)


def written(tokens: Iterable[Token], links: CitationLinks) -> str:
    """Safe HTML for blocks of text."""
    return CLEANER.clean(SUBSET.renderer.render(list(tokens), SUBSET.options, {"links": links}))


def visible_text(text: str) -> str:
    """What a reader sees of the text, without citations and pictures, a line for each paragraph, item or table row."""
    return Reading(render(pictures.without_pictures(text))).text()


def lost_words(text: str) -> list[str]:
    """The words and signs (such as `<`) of the text that the rendered page would not show, each once."""
    return missing_words(text, render(text, CitationLinks({}, pages=as_typed([text]))))


def missing_words(text: str, html: str) -> list[str]:
    """The words and signs of the text that are neither words of the HTML nor in the address of a link."""
    page = Reading(html)
    shown = Counter(words(page.parted_text()))
    for address in page.addresses:
        shown += Counter(words(address)) | Counter(words(SUBSET.normalizeLinkText(address)))
    written = pictures.without_pictures(citations.without_citations(text))
    typed = Counter(words(AUTOMATIC_NUMBER.sub(" ", written)))
    return list(typed - shown)


def words(text: str) -> list[str]:
    """Words and comparison signs; stars that only embolden part of a word do not split it."""
    return WORD.findall(MARKS_WITHIN_WORDS.sub("", text))


def html_tags(text: str) -> list[str]:
    """The raw HTML in the text, as typed; `<LLN and FEV1>` is none, since HTML has no such element."""
    return TAG.findall(text)


def refused_links(text: str) -> list[str]:
    """The addresses in the text that no link may have, as typed ("" for a link that has none)."""
    targets = [match[1] for match in TARGET.finditer(text)]
    return [target for target in targets if LIKE_AN_ADDRESS.search(target) and not is_allowed_address(target)]


def too_long(text: str) -> str:
    """The sentence for text above the limit."""
    return f"The text has {len(text):,} characters. At most {LIMIT:,} are allowed: split it into two sections."


def objections(text: str) -> list[str]:
    """Every reason not to save the text, as sentences for its editor; none if it is fine."""
    if len(text) > LIMIT:
        return [too_long(text)]
    try:
        refuse_unusable(text)
    except UnusableText as problem:
        return [str(problem)]
    return [sentence for sentence in objections_to_form(normalise_text(text)) if sentence]


def objections_to_form(text: str) -> Iterable[str]:
    """One sentence, or an empty one, for each rule of the text format."""
    typed = Counter(use.key for use in citations.uses(text))
    placed = dict.fromkeys(pictures.keys_in(text), "")
    links = CitationLinks(dict.fromkeys(typed, 1), pages=as_typed([text]), figures=placed)
    html = render(text, links)
    stray = [f"[@{key}]" for key in typed - Counter(links.uses)]
    misplaced = [f"![{key}]" for key in Counter(pictures.tokens_in(text)) - Counter(links.placed)]
    if len(html) > HTML_LIMIT:
        yield "The tables in the text are too large. Split them."
        return
    yield listing("HTML is not allowed in the text. Take out", html_tags(text))
    yield listing(LINKS_LEAD, refused_links(text))
    yield listing("Readers would not see these words or signs as you typed them:", missing_words(text, html))
    yield listing("A citation is written [@key], [@one; @two] or [@key, p. 12]. Change", citations.malformed(text))
    yield listing("A citation cannot stand inside a link. Move", stray)
    yield listing("A picture stands alone on a line, outside lists and tables. Move", misplaced)
    yield "A link or sub-heading has no words." if EMPTY_PART.search(html) else ""


def listing(sentence: str, found: list[str]) -> str:
    """The sentence followed by the first ten findings, each once; empty if there are none."""
    unique = list(dict.fromkeys(item[:60] or "(an empty address)" for item in found))
    more = f" and {len(unique) - 10} more" if len(unique) > 10 else ""
    return f"{sentence} {', '.join(f'“{item}”' for item in unique[:10])}{more}." if unique else ""
