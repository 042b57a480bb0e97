"""What a text says of medicines: copies of the library's descriptions, for each region the facts of that region.

A copy on the desk is `{"name", "class", "purpose", "regions": {region: facts}}`; what the readers of a region are shown
is `{"medicine", "name", "class", "purpose", **facts}`. Facts are `{"brands": [...], "licence": {...} or None,
"funding": [{...}]}`. Days are ISO dates; `decided_on` may be empty, `recorded_on` never is. The `source` of a status is
the number of a work in the library as long as the copy is kept on a desk, and the key of a citation, or empty, in what
readers are shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Facts = dict[str, Any]
KIND = "medicines"
EVERYWHERE = ""
COMMON = ("name", "class", "purpose")
NO_FACTS: Facts = {"brands": [], "licence": None, "funding": []}


@dataclass(frozen=True)
class MedicineText:
    """A medicine of an edition as it was copied, for all regions or one; `sources` in `regions` are citation keys."""

    region: str
    medicine: str
    common: Mapping[str, str]
    regions: Mapping[str, Mapping[str, Any]]


def statuses(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The licence, where one is known, and every funding decision."""
    return [*([facts["licence"]] if facts["licence"] else []), *facts["funding"]]


def with_sources(facts: Mapping[str, Any], sources: Mapping[Any, Any]) -> Facts:
    """The facts with each source replaced by what `sources` has for it, or emptied."""

    def renamed(status: Mapping[str, Any]) -> Facts:
        return {**status, "source": sources.get(status["source"], "")}

    licence = facts["licence"]
    funding = [renamed(decision) for decision in facts["funding"]]
    return {"brands": facts["brands"], "licence": renamed(licence) if licence else None, "funding": funding}


def with_new_keys(item: Mapping[str, Any], new_keys: Mapping[str, str]) -> Facts:
    """A medicine as it is shown, with the citations of its sources under their new keys."""
    renamed = {status["source"]: new_keys.get(status["source"], status["source"]) for status in statuses(item)}
    return {**item, **with_sources(item, renamed)}


def source_keys(content: Mapping[str, Any]) -> list[str]:
    """The keys of the citations that statuses rest on, each once, in the order in which they are shown."""
    found = (status["source"] for shown in in_order(content) for status in statuses(shown))
    return list(dict.fromkeys(key for key in found if key))


def in_order(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The medicines as readers see them: by name."""
    return sorted(content["medicines"], key=lambda shown: (str(shown["name"]).casefold(), str(shown["medicine"])))


def place(content: Mapping[str, Any]) -> int | None:
    """The section that ends with the medicines: the first of their kind; None where nothing is to be shown."""
    kinds = [section["kind"] for section in content["sections"]]
    return kinds.index(KIND) if content["medicines"] and KIND in kinds else None


def merged(contents: Mapping[str, Mapping[str, Any]]) -> tuple[MedicineText, ...]:
    """The rows of a desk: one for all regions where both describe a medicine alike, else one each.

    The facts of one region say nothing of another: where only one has content, its rows stay its own.
    """
    rows: dict[str, list[MedicineText]] = {}
    for region in sorted(contents):
        for shown in contents[region]["medicines"]:
            row = row_of(region, shown)
            before = rows.setdefault(row.medicine, [])
            if before and before[0].common == row.common:
                before[0] = replace(before[0], region=EVERYWHERE, regions={**before[0].regions, **row.regions})
            else:
                before.append(row)
    return tuple(row for found in rows.values() for row in found)


def row_of(region: str, shown: Mapping[str, Any]) -> MedicineText:
    """What one region's readers are shown, as a row of its own."""
    common = {name: shown[name] for name in COMMON}
    facts = {name: shown[name] for name in NO_FACTS}
    return MedicineText(region, shown["medicine"], common, {region: facts})


def shown_in(rows: Iterable[MedicineText], region: str) -> list[Facts]:
    """What the readers of a region are shown; a row of their own goes before one for all."""
    own_last = sorted(rows, key=lambda row: row.region)
    chosen = {row.medicine: row for row in own_last if row.region in (EVERYWHERE, region)}
    return [
        {"medicine": row.medicine, **row.common, **NO_FACTS, **row.regions.get(region, {})} for row in chosen.values()
    ]


def without_licence(content: Mapping[str, Any]) -> Iterator[str]:
    """The names of medicines of which nobody recorded whether they are licensed there."""
    return (str(shown["name"]) for shown in in_order(content) if not shown["licence"])


def unsourced(content: Mapping[str, Any]) -> Iterator[str]:
    """The names of medicines with a status whose source the text does not cite."""
    described = {citation["key"] for citation in content["citations"]}
    for shown in in_order(content):
        if any(status["source"] not in described for status in statuses(shown)):
            yield str(shown["name"])


def mentions(text: str, names: Sequence[str]) -> bool:
    """Whether a text has one of the names as a word, in capitals or not."""
    words = "|".join(re.escape(name) for name in names if name)
    return bool(words) and re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE) is not None
