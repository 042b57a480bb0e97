"""Links from one page of this site to another: `[text](condition:als)`, `[text](organisation:mnd-association)`.

What is typed, and signed, names a page; where that leads is known when a page is made for readers of one region.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

KINDS = ("condition", "organisation")
ADDRESS = re.compile(rf"({'|'.join(KINDS)}):([A-Za-z0-9_-]{{1,100}})")
IN_TEXT = re.compile(rf"\]\(\s*({ADDRESS.pattern})\s*\)")


class PageLink(NamedTuple):
    """What a link between pages names: a kind of `KINDS` and a slug."""

    kind: str
    slug: str

    @property
    def address(self) -> str:
        """As it is typed."""
        return f"{self.kind}:{self.slug}"


def is_page_address(address: str) -> bool:
    """Whether an address names a page of this site."""
    return ADDRESS.fullmatch(address) is not None


def page_links(texts: Iterable[str]) -> list[PageLink]:
    """The pages that the texts link to, each once, in order of first appearance."""
    found = (PageLink(match[2], match[3]) for text in texts for match in IN_TEXT.finditer(text))
    return list(dict.fromkeys(found))


def linked_in_sections(content: Mapping[str, Any]) -> list[PageLink]:
    """The pages that a content's sections link to: the only texts whose links between pages count."""
    return page_links(section["body"] for section in content["sections"])


def as_typed(texts: Iterable[str]) -> dict[str, str]:
    """Each link between pages under its own address, for those who look at a text and not at a page."""
    return {link.address: link.address for link in page_links(texts)}


def signs_of(link: PageLink) -> str:
    """What stands in every text that links there, also in canonical JSON."""
    return f"]({link.address})"
