"""What needs attention among the organisations readers see: computed from what they see, nothing is marked as done."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from organisations import contacts, registers
from organisations.dates import is_overdue, next_check
from organisations.models import Mention, Organisation, Shown
from organisations.naming import words_of
from organisations.vocabulary import VOICELESS, ContactKind


@dataclass(frozen=True)
class Remark:
    """A sentence about an organisation that readers see."""

    organisation: Organisation
    sentence: str


@dataclass(frozen=True)
class Rule:
    """What was looked for, and every organisation where it was found, A to Z."""

    title: str
    remarks: tuple[Remark, ...]


def rules(today: date) -> list[Rule]:
    """Every rule that found something, the gravest first; two queries at any number of organisations."""
    rows = list(Shown.objects.select_related("organisation"))
    cards = {row.organisation: json.loads(row.card) for row in rows}
    active = {row.organisation: cards[row.organisation] for row in rows if row.is_active}
    found = [
        Rule("Closed or merged, and still listed by pages", tuple(_listed_after_the_end(rows))),
        Rule("A contact or number that cannot be right", tuple(_malformed(active))),
        Rule("Perhaps the same organisation twice", tuple(_twice(active))),
        Rule("No way to reach them, or none without speaking", tuple(_silent(active))),
        Rule("The check of the details is overdue", tuple(_overdue(rows, today))),
        Rule("Never checked with the organisation", tuple(_never_checked(rows))),
    ]
    return [rule for rule in found if rule.remarks]


def to_verify(today: date) -> int:
    """How many organisations are to be asked whether their details are right."""
    days = Shown.objects.filter(is_active=True).values_list("checked_on", flat=True)
    return sum(day is None or is_overdue(day, today) for day in days)


def _listed_after_the_end(rows: Iterable[Shown]) -> Iterator[Remark]:
    pages = defaultdict(list)
    for body, title in Mention.objects.filter(is_public=True).values_list("organisation", "title"):
        pages[body].append(title)
    for row in rows:
        if not row.is_active and (titles := pages.get(row.organisation_id)):
            yield Remark(row.organisation, f"Listed by {', '.join(sorted(titles))}.")


def _malformed(cards: Mapping[Organisation, Mapping[str, Any]]) -> Iterator[Remark]:
    for body, card in cards.items():
        ways = [(row["kind"], row["value"]) for row in card["contacts"]]
        faults = [contacts.objection_to_contact(*way) or contacts.doubt_about_contact(*way) for way in ways]
        numbers = [(row["register"], row["number"]) for row in card["registrations"]]
        faults += [registers.objection_to_number(*pair) or registers.doubt_about_number(*pair) for pair in numbers]
        yield from (Remark(body, fault) for fault in faults if fault)


def _twice(cards: Mapping[Organisation, Mapping[str, Any]]) -> Iterator[Remark]:
    """The same number in a register, domain or name; bodies under one roof share the first two, and say so."""
    same: dict[str, list[Organisation]] = defaultdict(list)
    for body, card in cards.items():
        for mark in set(_marks(card)):
            same[mark].append(body)
    for mark, bodies in sorted(same.items()):
        for body in bodies if len(bodies) > 1 else ():
            others = ", ".join(str(other) for other in bodies if other != body)
            yield Remark(body, f"{mark}: also {others}.")


def _marks(card: Mapping[str, Any]) -> Iterator[str]:
    yield f"Name “{' '.join(sorted(words_of(card['name'])))}”"
    for row in card["registrations"]:
        yield f"{row['register']} {row['number']}"
    for row in card["contacts"]:
        if row["kind"] == ContactKind.WEBSITE:
            yield f"Domain {(urlsplit(row['value']).hostname or '').removeprefix('www.')}"
        elif row["kind"] == ContactKind.TELEPHONE and row["value"].startswith("+"):
            yield f"Telephone {row['value']}"


def _silent(cards: Mapping[Organisation, Mapping[str, Any]]) -> Iterator[Remark]:
    for body, card in cards.items():
        if not card["contacts"]:
            yield Remark(body, "Readers are shown no contact.")
        elif not any(row["kind"] in VOICELESS for row in card["contacts"]):
            yield Remark(body, "Who cannot speak has no way to reach them.")


def _overdue(rows: Iterable[Shown], today: date) -> Iterator[Remark]:
    for row in rows:
        if row.is_active and row.checked_on and is_overdue(row.checked_on, today):
            yield Remark(row.organisation, f"Due on {next_check(row.checked_on):%-d %B %Y}.")


def _never_checked(rows: Iterable[Shown]) -> Iterator[Remark]:
    for row in rows:
        if row.is_active and row.checked_on is None:
            yield Remark(row.organisation, "Readers are told that it is not yet verified with the organisation.")
