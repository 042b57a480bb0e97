"""Rules on what a page rests on: references, and organisations whose details hold."""

from collections.abc import Iterator
from datetime import timedelta

from conditions.checks.rules import Fault, Rule, Subject
from conditions.content import citations, works

OLD_AFTER_YEARS = 10
CHECKED_WITHIN = timedelta(days=183)


def _unknown_citations(subject: Subject) -> Iterator[Fault]:
    for key in citations.unknown_keys(subject.content):
        citing = (section for section in subject.sections if key in citations.cited_keys([section["body"]]))
        part = f"section:{next(citing)['key']}"
        yield Fault(part, f"[@{key}] is cited, but the edition has no reference with this key.")


def _misplaced_citations(subject: Subject) -> Iterator[Fault]:
    names = ("title", "names", "summary", "key_points", "emergency", "urgent", "soon", "disclaimer")
    for name, text in subject.openings(*names):
        for key in citations.cited_keys([text]):
            yield Fault(name, f"[@{key}] stands outside the sections; only sections can cite.")


def _unused_references(subject: Subject) -> Iterator[Fault]:
    for key in subject.unused:
        yield Fault(f"citation:{key}", f"[@{key}] is among the references, but no section cites it.")


def _old_references(subject: Subject) -> Iterator[Fault]:
    for citation in subject.content["citations"]:
        published = works.year(citation["description"])
        if published and int(published) < subject.today.year - OLD_AFTER_YEARS:
            sentence = f"[@{citation['key']}] is of {published}: look for something newer than {OLD_AFTER_YEARS} years."
            yield Fault(f"citation:{citation['key']}", sentence)


def _retracted_citations(subject: Subject) -> Iterator[Fault]:
    for key, day in subject.retracted.items():
        sentence = (
            f"[@{key}] was retracted on {day:%-d %B %Y}. Take it out, or let a clinical lead answer why it stays."
        )
        yield Fault(f"citation:{key}", sentence)


def _unsound_links(subject: Subject) -> Iterator[Fault]:
    for key, what in subject.links.items():
        yield Fault(f"citation:{key}", f"The web address of [@{key}] {what}.")


def _unchecked_organisations(subject: Subject) -> Iterator[Fault]:
    for listing in subject.content["listings"]:
        body = subject.bodies.get(listing["organisation"])
        if body is None or (body.checked_on and body.checked_on >= subject.today - CHECKED_WITHIN):
            continue
        when = f"last checked on {body.checked_on:%-d %B %Y}" if body.checked_on else "never checked"
        yield Fault(
            f"listing:{listing['organisation']}",
            f"The details of {body.name} were {when}. Check them every six months.",
        )


RULES = (
    Rule("unknown-citation", True, "JAMA benchmarks", "Every work cited is among the references.", _unknown_citations),
    Rule("misplaced-citation", True, "alsinfo", "Only sections cite.", _misplaced_citations),
    Rule(
        "retracted-citation",
        True,
        "COPE retraction guidelines",
        "No work cited was retracted, unless a clinical lead answered why it stays.",
        _retracted_citations,
    ),
    Rule("unused-reference", False, "JAMA benchmarks", "Every work among the references is cited.", _unused_references),
    Rule(
        "old-reference",
        False,
        "JAMA benchmarks, DISCERN 5",
        f"No work cited is older than {OLD_AFTER_YEARS} years.",
        _old_references,
    ),
    Rule(
        "unsound-link",
        False,
        "JAMA benchmarks",
        "The web address of every work cited was found in order in the last six months.",
        _unsound_links,
    ),
    Rule(
        "unchecked-organisation",
        False,
        "Open Referral HSDS",
        "The details of every organisation listed were checked in the last six months.",
        _unchecked_organisations,
    ),
)
