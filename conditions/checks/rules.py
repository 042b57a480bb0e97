"""What a rule is: a question to the text of one region, with its code, its weight and the standard it comes from."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from conditions.content import markup
from conditions.content.links import PageLink
from conditions.policies.linking import Destination
from conditions.vocabulary import SectionKind
from organisations.regions import Region

Section = Mapping[str, str]


@dataclass(frozen=True)
class Body:
    """An organisation that is listed: its name, and when its details were last checked."""

    name: str
    checked_on: date | None


@dataclass(frozen=True)
class Subject:
    """What the rules look at: one region's content, and what the edition says of itself.

    `bodies` are the organisations listed, by UUID; `unused` the keys of works that nothing in the edition cites,
    `unplaced` those of pictures that no section places;
    `pages` what the links to other pages mean; `outdated` the medicines of which the library says something else by
    now; `retracted` when works it cites were retracted, by key, unless a clinical lead answered why they stay;
    `links` what is wrong with the web addresses of works it cites, by key. `public_since` is the day on which the
    region's readers first got the page; None when they never did, so that there is nothing to correct.
    """

    region: Region
    content: Mapping[str, Any]
    today: date
    change_note: str = ""
    bodies: Mapping[str, Body] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    pages: Mapping[PageLink, Destination] = field(default_factory=dict)
    outdated: tuple[str, ...] = ()
    retracted: Mapping[str, date] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    correction: str = ""
    wrong_since: date | None = None
    public_since: date | None = None

    @property
    def sections(self) -> list[Section]:
        """The sections in order."""
        found: list[Section] = self.content["sections"]
        return found

    def openings(self, *names: str) -> Iterator[tuple[str, str]]:
        """The parts of the opening by name, each as one text."""
        for name in names:
            text = self.content.get(name, self.content["urgent_care"].get(name))
            yield name, text if isinstance(text, str) else "\n".join(text)


@dataclass(frozen=True)
class Fault:
    """A sentence about a part of the text: a field of the edition or its opening, or `section:KEY`, `citation:KEY`."""

    part: str
    sentence: str


@dataclass(frozen=True)
class Rule:
    """A rule; `asks` says in words what `find` looks for."""

    code: str
    is_blocking: bool
    source: str
    asks: str
    find: Callable[[Subject], Iterable[Fault]]


@dataclass(frozen=True)
class Finding:
    """A fault under its rule, and the region whose text has it; None where every region's has."""

    rule: Rule
    fault: Fault
    region: Region | None = None

    @property
    def is_blocking(self) -> bool:
        """Whether it stands in the way of a review."""
        return self.rule.is_blocking

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def source(self) -> str:
        """The standard that the rule comes from."""
        return self.rule.source

    def __str__(self) -> str:
        return f"{self.region.label}: {self.fault.sentence}" if self.region else self.fault.sentence


def found_by(rules: Iterable[Rule], subjects: list[Subject]) -> list[Finding]:
    """What the rules find, blocking faults first; a fault that every region's text has is named once."""
    found: list[Finding] = []
    for rule in rules:
        by_region = [[Finding(rule, fault, each.region) for fault in rule.find(each)] for each in subjects]
        faults = [[finding.fault for finding in findings] for findings in by_region]
        shared = [fault for fault in faults[0] if all(fault in others for others in faults)] if faults else []
        found += [Finding(rule, fault) for fault in shared]
        found += [each for findings in by_region for each in findings if each.fault not in shared]
    return sorted(found, key=lambda finding: not finding.is_blocking)


def of_section(section: Section, sentence: str) -> Fault:
    """A fault of a section, which the sentence names."""
    return Fault(f"section:{section['key']}", f"“{section['heading']}” {sentence}")


@lru_cache(maxsize=512)
def seen(text: str) -> str:
    """What readers see of a text; both regions share most of theirs."""
    return markup.visible_text(text) if len(text) <= markup.LIMIT else ""


@lru_cache(maxsize=512)
def objections(text: str) -> tuple[str, ...]:
    """Why a text could not be shown as written."""
    return tuple(markup.objections(text))


def label_of(kind: str) -> str:
    """The name of a kind of section."""
    return str(SectionKind(kind).label)
