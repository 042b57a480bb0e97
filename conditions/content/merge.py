"""From each region's published content to one desk, and from the desk back to each region's content.

`split(merge(contents), region, article)` gives back what went in, for every region. One exception: where two regions
describe the same citation key differently, the second region's citation gets a key of its own, in its texts too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import count
from typing import Any

from conditions.content import medicines, pictures
from conditions.content.canonical import Content, blank_content, normalise
from conditions.content.citations import cited_keys, keys_in_order, section_texts, with_new_keys
from conditions.content.medicines import MedicineText
from conditions.content.pictures import PictureText

EVERYWHERE = ""


@dataclass(frozen=True)
class OpeningText:
    """What stands before and after the sections; `region` is GB, US or empty for all."""

    region: str = EVERYWHERE
    title: str = ""
    names: tuple[str, ...] = ()
    summary: str = ""
    key_points: tuple[str, ...] = ()
    emergency: str = ""
    urgent: str = ""
    soon: str = ""
    disclaimer: str = ""


@dataclass(frozen=True)
class SectionText:
    """One section for all regions or one; positions order the sections of each region."""

    region: str
    key: str
    kind: str
    heading: str
    body: str
    position: int


@dataclass(frozen=True)
class CitationText:
    """A reference as described when it was cited (CSL-JSON)."""

    key: str
    description: Mapping[str, Any]


@dataclass(frozen=True)
class ListingText:
    """An organisation mentioned to the readers of one region."""

    region: str
    organisation: str
    why: str


@dataclass(frozen=True)
class Merged:
    """The rows of a desk."""

    openings: tuple[OpeningText, ...]
    sections: tuple[SectionText, ...]
    citations: tuple[CitationText, ...]
    listings: tuple[ListingText, ...]
    new_keys: Mapping[str, Mapping[str, str]]
    medicines: tuple[MedicineText, ...] = ()
    pictures: tuple[PictureText, ...] = ()


def merge(contents: Mapping[str, Content]) -> Merged:
    """The desk of an edition that starts from these contents, one for each region (GB, US); none gives a blank desk.

    What is equal in both regions becomes one row for all, and so does everything but listings and medicines where only
    one region has content. `new_keys` tells, by region, which citation keys were changed and to what.

    Raises ValueError for more than two regions.
    """
    if len(contents) > 2:
        raise ValueError("Contents of at most two regions can be merged.")
    new_keys = conflicting_keys(contents)
    parts = {region: with_keys_changed(contents[region], new_keys.get(region, {})) for region in sorted(contents)}
    return Merged(
        openings=merged_openings({region: opening_of(part) for region, part in parts.items()}),
        sections=merged_sections({region: part["sections"] for region, part in parts.items()}),
        citations=merged_citations(parts.values()),
        listings=tuple(
            ListingText(region, listing["organisation"], listing["why"])
            for region, part in parts.items()
            for listing in part["listings"]
        ),
        new_keys=new_keys,
        medicines=medicines.merged(parts),
        pictures=pictures.merged(parts),
    )


def conflicting_keys(contents: Mapping[str, Content]) -> dict[str, dict[str, str]]:
    """For the second region, a new key for each citation that the first region describes differently."""
    if len(contents) < 2:
        return {}
    first, second = (descriptions(contents[region]) for region in sorted(contents))
    taken = {*first, *second, *cited_keys(text for content in contents.values() for text in section_texts(content))}
    region = max(contents)
    differing = [key for key in second if key in first and first[key] != second[key]]
    renamed = {}
    for key in differing:
        candidates = (f"{key}-{region.lower()}{number or ''}" for number in count())
        renamed[key] = next(candidate for candidate in candidates if candidate not in taken)
    return {region: renamed} if renamed else {}


def descriptions(content: Content) -> dict[str, Any]:
    """The description of each citation, by key."""
    return {citation["key"]: citation["description"] for citation in content["citations"]}


def with_keys_changed(content: Content, new_keys: Mapping[str, str]) -> Content:
    """The content with citations under their new keys, in the list, the sections and the medicines."""
    sections = [section | {"body": with_new_keys(section["body"], new_keys)} for section in content["sections"]]
    citations = [
        citation | {"key": new_keys.get(citation["key"], citation["key"])} for citation in content["citations"]
    ]
    return content | {
        "sections": sections,
        "citations": citations,
        "medicines": [medicines.with_new_keys(item, new_keys) for item in content["medicines"]],
    }


def opening_of(content: Content) -> OpeningText:
    """A content's opening, as one for all regions."""
    return OpeningText(
        title=content["title"],
        names=tuple(content["names"]),
        summary=content["summary"],
        key_points=tuple(content["key_points"]),
        disclaimer=content["disclaimer"],
        **content["urgent_care"],
    )


def merged_openings(openings: Mapping[str, OpeningText]) -> tuple[OpeningText, ...]:
    """One opening for all regions if they agree, else one each; a blank one if there is none."""
    if len(set(openings.values())) > 1:
        return tuple(replace(opening, region=region) for region, opening in openings.items())
    return (next(iter(openings.values()), OpeningText()),)


def merged_sections(sections: Mapping[str, Sequence[Mapping[str, str]]]) -> tuple[SectionText, ...]:
    """One row for a section that both regions have alike and in the same order among such, else one each.

    Positions count from 1; two regions' sections that stand in each other's place share a position.
    """
    texts = {
        region: [SectionText(EVERYWHERE, position=0, **item) for item in items] for region, items in sections.items()
    }
    if len(texts) < 2:
        return tuple(row for own in texts.values() for row in placed(own, EVERYWHERE, 1))
    (one, ours), (other, theirs) = texts.items()
    rows: list[SectionText] = []
    start = 1
    for tag, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += placed(ours[i:j], EVERYWHERE, start)
        else:
            rows += placed(ours[i:j], one, start) + placed(theirs[k:m], other, start)
        start += max(j - i, m - k)
    return tuple(rows)


def placed(sections: Sequence[SectionText], region: str, start: int) -> list[SectionText]:
    """The sections as rows of a region, at positions from `start`."""
    return [replace(text, region=region, position=place) for place, text in enumerate(sections, start=start)]


def merged_citations(contents: Iterable[Content]) -> tuple[CitationText, ...]:
    """Every citation of the contents once, by key."""
    merged = {key: text for content in contents for key, text in descriptions(content).items()}
    return tuple(CitationText(key, merged[key]) for key in sorted(merged))


def split(rows: Merged, region: str, article: str) -> Content:
    """What the desk's rows say to one region, in normal form; `article` is a UUID.

    A region's own opening or section goes before one for all with the same key. Citations are those that the
    region's sections cite and that its medicines rest on, pictures those that its sections place.
    Raises UnusableText for characters that cannot be shown.
    """
    content = blank_content(article, region)
    content |= opening_for(rows.openings, region)
    content["sections"] = sections_for(rows.sections, region)
    content["listings"] = [
        {"organisation": listing.organisation, "why": listing.why}
        for listing in rows.listings
        if listing.region == region
    ]
    content["medicines"] = medicines.shown_in(rows.medicines, region)
    content = normalise(content)
    cited = set(keys_in_order(content))
    used = [{"key": row.key, "description": row.description} for row in rows.citations if row.key in cited]
    return normalise(content | {"citations": used, "pictures": pictures.shown_in(rows.pictures, region, content)})


def opening_for(openings: Iterable[OpeningText], region: str) -> Content:
    """The keys of content that come from the region's opening; none if it has no opening."""
    by_region = {opening.region: opening for opening in openings}
    opening = by_region.get(region, by_region.get(EVERYWHERE, OpeningText()))
    return {
        "title": opening.title,
        "names": list(opening.names),
        "summary": opening.summary,
        "key_points": list(opening.key_points),
        "urgent_care": {"emergency": opening.emergency, "urgent": opening.urgent, "soon": opening.soon},
        "disclaimer": opening.disclaimer,
    }


def sections_for(sections: Iterable[SectionText], region: str) -> list[dict[str, str]]:
    """The sections that the region's readers get, in order."""
    chosen: dict[str, SectionText] = {}
    for section in sections:
        if section.region == region or (section.region == EVERYWHERE and section.key not in chosen):
            chosen[section.key] = section
    ordered = sorted(chosen.values(), key=lambda section: (section.position, section.key))
    return [{"key": row.key, "kind": row.kind, "heading": row.heading, "body": row.body} for row in ordered]
