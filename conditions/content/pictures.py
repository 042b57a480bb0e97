"""Pictures of a text: `![key]`, alone on a line of a section, places one.

What is signed of a picture is `{"key", "files", "alt", "caption", "credit", "licence"}`: its words, the code of a
licence, and its files, narrowest first, each `{"sha256", "type", "width", "height"}`. So nobody can change one under a
signature.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any

from conditions.content.citations import KEY

PictureData = Mapping[str, Any]
File = Mapping[str, Any]
Address = Callable[[File], str]
"""Gives a file's address, or nothing where it is not to be shown."""

EVERYWHERE = ""
TOKEN = re.compile(rf"(?<!\\)!\[({KEY})\](?!\()")
LINE = re.compile(rf"^[ \t]*!\[({KEY})\][ \t]*$", re.MULTILINE)
SUFFIXES = MappingProxyType({"image/webp": "webp", "image/svg+xml": "svg"})
SIDES = (480, 800, 1200)  # pixels of the longest side; a column of text is at most 560 wide
READ_OUT = "Read out in place of the picture:"
SIZES = "(min-width: 62rem) 35rem, calc(100vw - 2rem)"
CREATIVE_COMMONS = "https://creativecommons.org"
LICENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "own": ("All rights reserved", ""),
        "permission": ("Used with permission", ""),
        "public-domain": ("Public domain", f"{CREATIVE_COMMONS}/publicdomain/mark/1.0/"),
        "cc0-1.0": ("CC0 1.0", f"{CREATIVE_COMMONS}/publicdomain/zero/1.0/"),
        "cc-by-4.0": ("CC BY 4.0", f"{CREATIVE_COMMONS}/licenses/by/4.0/"),
        "cc-by-sa-4.0": ("CC BY-SA 4.0", f"{CREATIVE_COMMONS}/licenses/by-sa/4.0/"),
        "ogl-3.0": (
            "Open Government Licence v3.0",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        ),
    }
)
"""By code, what readers see and where it can be read."""


@dataclass(frozen=True)
class PictureText:
    """A picture of an edition, for all regions or one; `files` as they are signed."""

    region: str
    key: str
    alt: str
    caption: str
    credit: str
    licence: str
    files: Sequence[File]


def keys_in(text: str) -> list[str]:
    """The keys of the pictures that a text places, in order."""
    return LINE.findall(text)


def tokens_in(text: str) -> list[str]:
    """The keys in everything that looks like a picture, wherever it stands."""
    return TOKEN.findall(text)


def without_pictures(text: str) -> str:
    """The text without the lines that place pictures."""
    return LINE.sub("", text)


def parted(text: str) -> list[str]:
    """The text in the pieces between its pictures."""
    return LINE.split(text)[:: LINE.groups + 1]


def placed_keys(content: Mapping[str, Any]) -> list[str]:
    """The keys that a content's sections place, each once, in order."""
    return list(dict.fromkeys(key for section in content["sections"] for key in keys_in(section["body"])))


def unknown_keys(content: Mapping[str, Any]) -> list[str]:
    """The keys that sections place although the content has no such picture."""
    return [key for key in placed_keys(content) if key not in by_key(content)]


def by_key(content: Mapping[str, Any]) -> dict[str, PictureData]:
    """The pictures of a content."""
    return {picture["key"]: picture for picture in content["pictures"]}


def in_order(content: Mapping[str, Any]) -> list[PictureData]:
    """The pictures of a content as readers come upon them."""
    known = by_key(content)
    return [known[key] for key in placed_keys(content) if key in known]


def of_section(section: Mapping[str, Any], content: Mapping[str, Any]) -> list[PictureData]:
    """The pictures that a section of a content shows."""
    known = by_key(content)
    return [known[key] for key in keys_in(section["body"]) if key in known]


def sections_with_pictures(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections of a content, each with the pictures it shows: it differs from another if they do."""
    return [{**section, "pictures": of_section(section, content)} for section in content["sections"]]


def words_of(picture: PictureData) -> list[str]:
    """All that is signed of a picture in words that readers see or hear."""
    return [text for text in (picture["alt"], picture["caption"], picture["credit"]) if text]


def digests(content: Mapping[str, Any]) -> Iterator[str]:
    """The SHA-256 of every file of a content's pictures."""
    yield from (file["sha256"] for picture in content["pictures"] for file in picture["files"])


def public_address(file: File) -> str:
    """Where readers get a file, for good: its bytes are in its address."""
    return f"/pictures/{file['sha256']}.{SUFFIXES[file['type']]}"


def figures(content: Mapping[str, Any], address: Address = public_address) -> dict[str, str]:
    """Each placed picture as HTML, by key; all but the first are loaded when they come near."""
    return {
        picture["key"]: figure(picture, address, ' loading="lazy"' if place else "")
        for place, picture in enumerate(in_order(content))
    }


def reviewed_figures(content: Mapping[str, Any], address: Address = public_address) -> dict[str, str]:
    """The same for who reviews the text: also what is read out to those who do not see the picture."""
    return {
        picture["key"]: figure(picture, address, "", f"<p>{READ_OUT} {escape(picture['alt'], quote=False)}</p>")
        for picture in in_order(content)
    }


def figure(picture: PictureData, address: Address, loading: str, more: str = "") -> str:
    """A picture with its caption, credit and licence as safe HTML; its place is kept while it loads."""
    found = [(address(file), file) for file in picture["files"]]
    shown = [(url, file) for url, file in found if url]
    widest = picture["files"][-1]
    source = f'src="{escape(shown[-1][0])}"' if shown else 'src="data:,"'
    if len(shown) > 1:
        choices = ", ".join(f"{escape(url)} {file['width']}w" for url, file in shown)
        source += f' srcset="{choices}" sizes="{SIZES}"'
    size = f'width="{int(widest["width"])}" height="{int(widest["height"])}"'
    image = f'<img {source} {size} alt="{escape(picture["alt"])}"{loading}>'
    caption = " ".join(part for part in (escape(picture["caption"], quote=False), _small(picture)) if part)
    return f"<figure>{image}<figcaption>{caption}{more}</figcaption></figure>"


def licence_name(picture: PictureData) -> str:
    """The licence as readers see it."""
    return LICENCES[picture["licence"]][0] if picture["licence"] in LICENCES else ""


def _small(picture: PictureData) -> str:
    """Whose it is, and what others may do with it."""
    name, url = LICENCES.get(picture["licence"], ("", ""))
    licence = f'<a href="{url}" rel="license external">{name}</a>' if url else name
    credit = escape(picture["credit"], quote=False)
    return f"<small>{'. '.join(part for part in (credit.removesuffix('.'), licence) if part)}</small>"


def merged(contents: Mapping[str, Mapping[str, Any]]) -> tuple[PictureText, ...]:
    """The rows of a desk: one for all regions where all that have content have a picture alike, else one each."""
    known = {region: by_key(contents[region]) for region in sorted(contents)}
    rows = []
    for key in dict.fromkeys(key for pictures in known.values() for key in pictures):
        shown = {region: pictures[key] for region, pictures in known.items() if key in pictures}
        first, *others = shown.values()
        if len(shown) == len(known) and all(other == first for other in others):
            shown = {EVERYWHERE: first}
        rows += [PictureText(region=region, **picture) for region, picture in shown.items()]
    return tuple(rows)


def shown_in(rows: Iterable[PictureText], region: str, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those of the rows that the content places; a row of the region's own goes before one for all."""
    own_last = sorted(rows, key=lambda row: row.region)
    chosen = {row.key: row for row in own_last if row.region in (EVERYWHERE, region)}
    names = ("key", "alt", "caption", "credit", "licence")
    return [
        {**{name: getattr(row, name) for name in names}, "files": list(row.files)}
        for row in chosen.values()
        if row.key in placed_keys(content)
    ]
