"""A text in the parts it is reviewed by, each with what differs from an earlier text marked word by word."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from conditions.content import citations, markup, medicine_words, medicines, pictures, references
from conditions.content.difference import Block, Change, difference, list_difference, summary, word_difference
from conditions.content.links import ADDRESS, as_typed
from conditions.content.pictures import Address, public_address
from conditions.content.subset import CitationLinks
from conditions.models.retractions import standings, works_of
from conditions.policies.commenting import OTHER_PARTS, SECTION
from conditions.rendering import reference_line
from organisations.models import Organisation
from organisations.regions import Region

LEVELS = {"emergency": "Call an ambulance if", "urgent": "Get urgent advice if", "soon": "See the care team if"}
PAGE_LINK = re.compile(rf'<a href="({ADDRESS.pattern})">(.*?)</a>')
CITATION_LINK = re.compile(r'<a id="cite-[^"]*" href="#ref-[^"]*">(.*?)</a>')
NEW, NEW_SECTION, TAKEN_OUT, UNSEEN = "new", "new section", "taken out", "formatting"
Content = Mapping[str, Any]
Names = Callable[[str], str]


@dataclass(frozen=True)
class Source:
    """A work that a section cites, under the number readers see; `mark` says if it was retracted."""

    number: int
    line: references.Line
    mark: str


@dataclass(frozen=True)
class Part:
    """A part of the page; `key` as in ReviewComment.part, `heading` is the title with the changes marked.

    `mark` says how it differs from what it is compared with, and is empty if it does not.
    `raw` is what the part is made of, before and after: parts of two regions in the same words are shown once.
    """

    key: str
    title: str
    heading: SafeString
    html: SafeString
    mark: str
    raw: Any
    text: str
    sources: tuple[Source, ...] = ()
    regions: tuple[Region, ...] = ()
    is_shared: bool = True

    @property
    def id(self) -> str:
        """Its name on the page, unique there."""
        name = self.key.replace(":", "-")
        return name if self.is_shared else f"{name}.{self.regions[0].value}"

    @property
    def is_section(self) -> bool:
        """Whether it is a section rather than what stands around the sections."""
        return self.key.startswith(SECTION)


def parts_of(
    contents: Mapping[Region, Content],
    bases: Mapping[Region, Content | None],
    names: Names,
    address: Address = public_address,
) -> list[Part]:
    """The parts of each region's text in reading order; a part that both have in the same words stands once.

    `bases` are what each text is compared with, None where readers have none; `names` gives an organisation's
    name by its UUID, `address` where the file of a picture is.
    """
    by_region = {region: list(_parts(content, bases[region], names, address)) for region, content in contents.items()}
    if len(by_region) == 1:
        ((region, found),) = by_region.items()
        return [replace(part, regions=(region,)) for part in found]
    return list(_merged(by_region))


def organisation_names(contents: Iterable[Content | None]) -> Names:
    """A function from an organisation's UUID to its name as readers see it."""
    listed = {listing["organisation"] for content in contents if content for listing in content["listings"]}
    bodies = Organisation.objects.filter(uuid__in=listed).select_related("entry")
    names = {str(body.uuid): body.entry.content["name"] if body.entry else body.name for body in bodies}
    return lambda uuid: names.get(uuid, "An organisation that is no longer listed")


def _merged(by_region: Mapping[Region, list[Part]]) -> Iterator[Part]:
    """Both regions' parts; those of the second that the first has not follow the part before them."""
    (first, ours), (second, theirs) = by_region.items()
    waiting = list(theirs)
    for part in ours:
        while waiting and not any(waiting[0].key == own.key for own in ours):
            yield replace(waiting.pop(0), regions=(second,), is_shared=False)
        twin = next((other for other in waiting if other.key == part.key), None)
        if twin is not None:
            waiting.remove(twin)
        if twin is not None and twin.raw == part.raw:
            yield replace(part, regions=(first, second))
        else:
            yield replace(part, regions=(first,), is_shared=False)
            if twin is not None:
                yield replace(twin, regions=(second,), is_shared=False)
    yield from (replace(part, regions=(second,), is_shared=False) for part in waiting)


def _parts(content: Content, base: Content | None, names: Names, address: Address) -> Iterator[Part]:
    yield _opening(content, base)
    yield _urgent_care(content, base)
    yield from _sections(content, base, address)
    if content["medicines"] or (base and base["medicines"]):
        yield _listed("medicines", *(_medicines(text) for text in (content, base)))
    yield _listed("organisations", *(_listings(text, names) for text in (content, base)))
    yield _listed("references", *(_references(text) for text in (content, base)))
    yield _disclaimer(content, base)


def _opening(content: Content, base: Content | None) -> Part:
    names = ("title", "names", "summary", "key_points")
    raw = [[text[name] for name in names] for text in (content, base) if text is not None]
    before = base or content
    title = word_difference(before["title"], content["title"])
    also = word_difference(", ".join(before["names"]), ", ".join(content["names"]))
    answer = word_difference(before["summary"], content["summary"])
    points = list_difference(before["key_points"], content["key_points"])
    html = format_html(
        '<p class="title">{}</p><p class="names">Also called {}</p><p class="answer">{}</p><ul>{}</ul>',
        *(_safe(block.html) for block in (title, also, answer)),
        _joined(points),
    )
    mark = _mark([title, also, answer, *points], base)
    words = " ".join([content["title"], content["summary"], *content["key_points"]])
    return _around("opening", html, mark, raw, words)


def _urgent_care(content: Content, base: Content | None) -> Part:
    after = content["urgent_care"]
    before = base["urgent_care"] if base is not None else after
    blocks: list[Block] = []
    html = SafeString("")
    for level, label in LEVELS.items():
        found = difference(markup.render(before[level]), markup.render(after[level]))
        blocks += found
        if found:
            html += format_html("<h3>{}</h3>{}", label, _joined(found))
    words = " ".join(markup.visible_text(after[level]) for level in LEVELS)
    return _around("urgent-care", html, _mark(blocks, base), [before, after], words)


def _sections(content: Content, base: Content | None, address: Address) -> Iterator[Part]:
    """Sections in order; those taken out stand where they stood."""
    links, works = _links_of(content, address), works_of(content)
    sections = pictures.sections_with_pictures(content)
    old_sections = pictures.sections_with_pictures(base) if base is not None else []
    known = standings(works)
    sources = {key: Source(links.numbers[key], reference_line(work), known[key].mark) for key, work in works.items()}
    old_links = _links_of(base, address) if base is not None else links
    before = {section["key"]: section for section in old_sections}
    kept = {section["key"] for section in sections}
    for section in sections:
        for key in _taken_out_before(section["key"], before, kept):
            yield _taken_out(before.pop(key), old_links)
        former = before.pop(section["key"], None)
        part = _section(section, former, links, old_links, NEW if base is None else NEW_SECTION)
        yield replace(part, sources=tuple(_sources(section, sources)))
    yield from (_taken_out(section, old_links) for section in before.values())


def _links_of(content: Content, address: Address) -> CitationLinks:
    pages, figures = as_typed(citations.section_texts(content)), pictures.reviewed_figures(content, address)
    return CitationLinks(citations.numbering(content), pages=pages, figures=figures)


def _taken_out_before(key: str, before: Mapping[str, Any], kept: set[str]) -> list[str]:
    """The sections that stood before this one and are no more; `before` are those not shown yet."""
    earlier = takewhile(lambda former: former != key, before) if key in before else ()
    return [former for former in earlier if former not in kept]


def _section(
    section: Content,
    former: Content | None,
    links: CitationLinks,
    old_links: CitationLinks,
    mark_of_new: str,
) -> Part:
    body = markup.render(section["body"], links)
    key, words = SECTION + section["key"], _words_of(section)
    if former is None:
        heading = _safe(word_difference(section["heading"], section["heading"]).html)
        return Part(key, section["heading"], heading, _without_links(body), mark_of_new, [section, None], words)
    heading_block = word_difference(former["heading"], section["heading"])
    blocks = difference(markup.render(former["body"], old_links), body)
    mark = "" if former == section else _edits([heading_block, *blocks])
    html = _without_links(_joined(blocks))
    return Part(key, section["heading"], _safe(heading_block.html), html, mark, [section, former], words)


def _words_of(section: Content) -> str:
    """All that readers see or hear of a section but its heading, a line for each block."""
    shown = [word for picture in section["pictures"] for word in pictures.words_of(picture)]
    return "\n".join([markup.visible_text(section["body"]), *shown])


def _taken_out(section: Content, links: CitationLinks) -> Part:
    heading = word_difference(section["heading"], "").html
    blocks = difference(markup.render(section["body"], links), "")
    html = _without_links(_joined(blocks))
    return Part(SECTION + section["key"], section["heading"], _safe(heading), html, TAKEN_OUT, [None, section], "")


def _sources(section: Content, works: Mapping[str, Source]) -> list[Source]:
    keys = {use.key for use in citations.uses(section["body"])}
    return sorted((works[key] for key in keys & works.keys()), key=lambda source: source.number)


def _listed(key: str, after: list[str] | None, before: list[str] | None) -> Part:
    lines = after or []
    blocks = list_difference(lines if before is None else before, lines)
    html = format_html("<ul>{}</ul>", _joined(blocks))
    return _around(key, html, _mark(blocks, before), [before, after], "\n".join(lines))


def _medicines(content: Content | None) -> list[str] | None:
    """A line for each fact, with its source by title: a number may change without a change of the fact."""
    if content is None:
        return None
    titles = {item["key"]: f" Source: {item['description'].get('title', '')}" for item in content["citations"]}
    return [
        f"{item['name']}, {fact.label}: {fact.words}{titles.get(fact.source, '')}"
        for item in medicines.in_order(content)
        for fact in medicine_words.facts(item, content["region"])
    ]


def _listings(content: Content | None, names: Names) -> list[str] | None:
    if content is None:
        return None
    found = [(names(listing["organisation"]), listing["why"]) for listing in content["listings"]]
    return sorted(f"{name}: {why}" if why else name for name, why in found)


def _references(content: Content | None) -> list[str] | None:
    if content is None:
        return None
    described = {item["key"]: item["description"] for item in content["citations"]}
    return [str(reference_line(described[key])) for key in citations.numbering(content)]


def _disclaimer(content: Content, base: Content | None) -> Part:
    before, after = (base or content)["disclaimer"], content["disclaimer"]
    blocks = difference(markup.render(before), markup.render(after))
    return _around("disclaimer", _joined(blocks), _mark(blocks, base), [before, after], after)


def _around(key: str, html: SafeString, mark: str, raw: Any, text: str) -> Part:
    """A part that is no section, under its usual name."""
    title = OTHER_PARTS[key].capitalize()
    return Part(key, title, SafeString(title), html, mark, raw, text)


def _mark(blocks: Iterable[Block], base: object) -> str:
    """How parts around the sections differ; of a first text they are all new."""
    found = list(blocks)
    if base is None:
        return NEW if found else ""
    return "" if all(block.change == Change.SAME for block in found) else _edits(found)


def _edits(blocks: Iterable[Block]) -> str:
    """The number of edits in words; a section that changed without a word of it did so in what is not seen here."""
    edits = summary(blocks).edits
    return f"{edits} edit{'' if edits == 1 else 's'}" if edits else UNSEEN


def _joined(blocks: Iterable[Block]) -> SafeString:
    return _safe("\n".join(block.html for block in blocks))


def _without_links(html: str) -> SafeString:
    """Citations as numbers: what they cite stands below the section, one tap away. Links between pages as typed."""
    return _safe(PAGE_LINK.sub(r'\4 <span class="address">(\1)</span>', CITATION_LINK.sub(r"\1", html)))


def _safe(html: str) -> SafeString:
    """What the renderer of the text format, and the marks put into it, made safe."""
    return mark_safe(html)  # noqa: S308
