"""What a text must satisfy before it is sent to review, each rule with its code, weight and source."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from conditions.content import citations, markup
from conditions.models import Edition
from conditions.models.desk import contents_of
from conditions.vocabulary import CLINICAL_KINDS, REQUIRED_KINDS, SectionKind
from organisations.regions import Region

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """One fault: which rule, whether it blocks, in which region, and a sentence for the editor."""

    code: str
    is_blocking: bool
    source: str
    sentence: str
    region: Region | None = None

    def __str__(self) -> str:
        return f"{self.region.label}: {self.sentence}" if self.region else self.sentence


@dataclass(frozen=True)
class Rule:
    """A rule over one region's content; `find` gives a sentence for each fault."""

    code: str
    is_blocking: bool
    source: str
    find: Callable[[Content], Iterable[str]]


def _opening_faults(content: Content) -> Iterable[str]:
    if not content["title"].strip():
        yield "The page has no title."
    if not content["summary"].strip():
        yield "The one-sentence answer is missing."
    if not content["key_points"]:
        yield "There are no key points."
    if not content["disclaimer"].strip():
        yield "The disclaimer is missing."


def _urgent_care_faults(content: Content) -> Iterable[str]:
    if not content["urgent_care"]["emergency"].strip():
        yield "The page does not say when to call an ambulance."


def _empty_sections(content: Content) -> Iterable[str]:
    for section in content["sections"]:
        if not markup.visible_text(section["body"]).strip():
            yield f"The section “{section['heading']}” is empty."


def _missing_sections(content: Content) -> Iterable[str]:
    present = {section["kind"] for section in content["sections"]}
    for kind in REQUIRED_KINDS:
        if kind not in present:
            yield f"A section of the kind “{SectionKind(kind).label}” is missing."


def _unknown_citations(content: Content) -> Iterable[str]:
    for key in citations.unknown_keys(content):
        yield f"[@{key}] is cited, but the edition has no reference with this key."


def _misplaced_citations(content: Content) -> Iterable[str]:
    for key in citations.misplaced_keys(content):
        yield f"[@{key}] stands outside the sections; only sections can cite."


def _unusable_markup(content: Content) -> Iterable[str]:
    for section in content["sections"]:
        for sentence in markup.objections(section["body"]):
            yield f"Section “{section['heading']}”: {sentence}"


def _no_organisation(content: Content) -> Iterable[str]:
    if not content["listings"]:
        yield "No support organisation is listed for these readers."


def _uncited_sections(content: Content) -> Iterable[str]:
    for section in content["sections"]:
        if section["kind"] in CLINICAL_KINDS and not citations.uses(section["body"]):
            yield f"The section “{section['heading']}” cites no source."


def _long_opening(content: Content) -> Iterable[str]:
    if len(content["title"]) > 60:
        yield "The title is longer than 60 characters."
    if len(content["summary"]) > 160:
        yield "The one-sentence answer is longer than 160 characters."


RULES = (
    Rule("opening-incomplete", True, "CDC Clear Communication Index", _opening_faults),
    Rule("no-urgent-care", True, "NHS care cards", _urgent_care_faults),
    Rule("empty-section", True, "alsinfo", _empty_sections),
    Rule("missing-section", True, "schema.org HealthAspectEnumeration", _missing_sections),
    Rule("unknown-citation", True, "JAMA benchmarks", _unknown_citations),
    Rule("misplaced-citation", True, "alsinfo", _misplaced_citations),
    Rule("unusable-text", True, "alsinfo", _unusable_markup),
    Rule("no-organisation", True, "DISCERN 7", _no_organisation),
    Rule("uncited-section", False, "JAMA benchmarks, HONcode 4", _uncited_sections),
    Rule("long-opening", False, "NHS service manual", _long_opening),
)


def findings(edition: Edition) -> list[Finding]:
    """Every fault of the edition as it is now, blocking ones first."""
    found = [] if edition.change_note.strip() else [_NO_NOTE]
    for region, content in contents_of(edition).items():
        for rule in RULES:
            found += [
                Finding(rule.code, rule.is_blocking, rule.source, sentence, region) for sentence in rule.find(content)
            ]
    return sorted(found, key=lambda finding: not finding.is_blocking)


_NO_NOTE = Finding("no-change-note", True, "GOV.UK change notes", "Say in one public sentence what changed and why.")
