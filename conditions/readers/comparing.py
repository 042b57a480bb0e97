"""Two published versions compared: the parts that differ, and the sources that came and went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from conditions.content.canonical import content_of
from conditions.content.citations import numbering
from conditions.content.difference import Change, word_difference
from conditions.parts import Names, Part, organisation_names, parts_of
from conditions.readers.versions import Version
from conditions.rendering import reference_line
from organisations.regions import Region

REFERENCES = "references"


@dataclass(frozen=True)
class Sources:
    """The lines of references that came, that went, and that are described otherwise, with the words marked."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    reworded: tuple[SafeString, ...]

    @property
    def are_same(self) -> bool:
        """Whether both versions cite the same works in the same words."""
        return not (self.came or self.went or self.reworded)


def pair_of(query: Mapping[str, str], versions: Sequence[Version]) -> tuple[Version, ...]:
    """The earlier and the later of the versions that a query names, given the newest first.

    Where it does not name two, the last two that may be shown; nothing if there is only one.
    """
    named = {str(version.number): version for version in versions}
    asked = [named.get(query.get(name, "")) for name in ("from", "to")]
    chosen = {version.number: version for version in asked if version}
    if len(chosen) < 2:
        chosen = {version.number: version for version in versions if not version.withdrawn_on}
        chosen = {number: chosen[number] for number in sorted(chosen)[-2:]}
    return tuple(chosen[number] for number in sorted(chosen)) if len(chosen) > 1 else ()


def comparison(region: Region, before: str, after: str) -> dict[str, Any]:
    """What a page shows of the difference between two canonical texts of a region. Raises `UnusableText`."""
    names = organisation_names([content_of(before), content_of(after)])
    parts, found = _compared(region, before, after, _listed(before, names) + _listed(after, names))
    return {
        "changed": [part for part in parts if part.mark],
        "same": [part for part in parts if not part.mark],
        "sources": found,
    }


@lru_cache(maxsize=100)
def _compared(
    region: Region, before: str, after: str, names: tuple[tuple[str, str], ...]
) -> tuple[list[Part], Sources]:
    """The parts but the references, and these; kept, since it takes a fifth of a second and anybody may ask."""
    was, now, named = content_of(before), content_of(after), dict(names)
    parts = parts_of({region: now}, {region: was}, named.__getitem__)
    return [part for part in parts if part.key != REFERENCES], sources(was, now)


def _listed(text: str, names: Names) -> tuple[tuple[str, str], ...]:
    listings = content_of(text)["listings"]
    return tuple((listing["organisation"], names(listing["organisation"])) for listing in listings)


def sources(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sources:
    """The works that only the later text cites, that only the earlier did, and those described in other words."""
    was, now = _lines(before), _lines(after)
    blocks = [word_difference(was[key], now[key]) for key in now if key in was and was[key] != now[key]]
    return Sources(
        came=tuple(line for key, line in now.items() if key not in was and line not in was.values()),
        went=tuple(line for key, line in was.items() if key not in now and line not in now.values()),
        reworded=tuple(mark_safe(block.html) for block in blocks if block.change != Change.SAME),  # noqa: S308
    )


def _lines(content: Mapping[str, Any]) -> dict[str, str]:
    described = {item["key"]: item["description"] for item in content["citations"]}
    return {key: str(reference_line(described[key])) for key in numbering(content)}
