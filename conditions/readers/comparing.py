"""Two published versions compared: the parts that differ, and the sources that came and went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from conditions.content.citations import numbering
from conditions.content.difference import Change, word_difference
from conditions.parts import organisation_names, parts_of
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


def comparison(region: Region, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What a page shows of the difference between two texts of a region. Raises `UnusableText`."""
    parts = parts_of({region: after}, {region: before}, organisation_names([before, after]))
    apart = [part for part in parts if part.key != REFERENCES]
    return {
        "changed": [part for part in apart if part.mark],
        "same": [part for part in apart if not part.mark],
        "sources": sources(before, after),
    }


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
