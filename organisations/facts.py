"""What readers see of an organisation, as plain facts: for its own page, the finder, and the pages that list it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from organisations import contacts, registers
from organisations.areas import coverage_in_words
from organisations.dates import next_check
from organisations.models import Shown
from organisations.regions import Region
from organisations.vocabulary import (
    VOICELESS,
    CharityRegister,
    CheckedBy,
    ContactKind,
    Cost,
    LogoLicence,
    OrganisationKind,
    ServiceKind,
    Standing,
    TimeZone,
)

WAYS = ("telephone", "text", "text-relay", "email", "chat", "form", "website", "address")
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|sms:)\S+", re.IGNORECASE)


def safe_address(address: str) -> str:
    """The address if it is one that a page may link to, else an empty text."""
    return address if SAFE_ADDRESS.fullmatch(address) else ""


@dataclass(frozen=True)
class ContactFact:
    """One way to reach an organisation: a ContactKind, what it is called, as shown, as a link; hours and the like."""

    kind: str
    label: str
    value: str
    href: str
    note: str

    @property
    def safe_href(self) -> str:
        """The link, or nothing if it is not of a kind that a page may carry."""
        return safe_address(self.href)


@dataclass(frozen=True)
class RegistrationFact:
    """A number in a public register, in words, and where it is looked up."""

    words: str
    url: str


@dataclass(frozen=True)
class LogoFact:
    """A logo by its path, with its size in pixels and what allows us to show it."""

    url: str
    width: int
    height: int
    licence: str


@dataclass(frozen=True)
class OrganisationFact:
    """An organisation's entry; kind, coverage, services and standing in words.

    `why` is what a page that lists it says. `checked_on` is empty until the organisation confirmed its details;
    `next_check_on` follows from it, `is_own_word` if it did so through a link of its own; `ended` is a sentence about
    a body that closed, else empty.
    """

    name: str
    slug: str
    kind: str
    what: str
    covers: str
    why: str
    contacts: tuple[ContactFact, ...]
    registrations: tuple[RegistrationFact, ...]
    checked_on: date | None
    parent: str
    serves: str = ""
    services: tuple[str, ...] = ()
    ended: str = ""
    successor: Mapping[str, str] | None = None
    checked_how: str = ""
    next_check_on: date | None = None
    is_own_word: bool = False
    logo: LogoFact | None = None

    @property
    def anchor(self) -> str:
        """The id of its card on an article page."""
        return f"page-organisation-{self.slug}"

    @property
    def ways(self) -> list[ContactFact]:
        """The contacts as a card shows them: call, message, website, and the rest."""
        rank = {kind: place for place, kind in enumerate(WAYS)}
        return sorted(self.contacts, key=lambda contact: rank.get(contact.kind, len(WAYS)))

    @property
    def answers_without_a_voice(self) -> bool:
        """Whether someone who cannot speak can reach it."""
        return any(contact.kind in VOICELESS for contact in self.contacts)


def organisation_path(region: Region, slug: str) -> str:
    """The address of an organisation's own page for readers in a region it covers."""
    return f"/{region.slug}/organisations/{slug}/"


def fact_of(shown: Shown, region: Region, why: str = "") -> OrganisationFact:
    """The facts for readers in a region; `shown` comes with its organisation."""
    card = json.loads(shown.card)
    former = f"formerly {card['former_names']}" if card["former_names"] else ""
    return OrganisationFact(
        name=card["name"],
        slug=shown.organisation.slug,
        kind=_spelt(OrganisationKind(card["kind"]).label, region),
        what=card["what"],
        covers=coverage_in_words(card["coverage"], region),
        why=why,
        contacts=tuple(_contact_facts(card["contacts"], region)) if shown.is_active else (),
        registrations=tuple(_registration_fact(row) for row in card["registrations"]),
        checked_on=shown.checked_on,
        parent=", ".join(part for part in (card["parent"], former) if part),
        serves=card["serves"],
        services=tuple(ServiceKind(kind).label for kind in card["services"]),
        ended=_ended(card),
        successor=card["successor"] or None,
        checked_how=CheckedBy(shown.checked_how).label.lower() if shown.checked_how else "",
        next_check_on=next_check(shown.checked_on) if shown.checked_on else None,
        is_own_word=shown.checked_how == CheckedBy.LINK,
        logo=_logo_fact(card.get("logo")) if shown.is_active else None,
    )


def _logo_fact(logo: Mapping[str, Any] | None) -> LogoFact | None:
    if not logo:
        return None
    licence = LogoLicence(logo["licence"]).label
    return LogoFact(f"/logos/{logo['sha256']}.webp", logo["width"], logo["height"], licence)


def _contact_facts(rows: list[Mapping[str, Any]], region: Region) -> Iterator[ContactFact]:
    for row in rows:
        kind, value = row["kind"], row["value"]
        shown, href = contacts.shown(kind, value, region), contacts.link(kind, value)
        yield ContactFact(kind, row["label"], shown, href, _note(row))


def _note(row: Mapping[str, Any]) -> str:
    """When, in which languages, at what cost and for whom, each a sentence."""
    zone = f" ({TimeZone(row['time_zone']).label})" if row["hours"] and row["time_zone"] else ""
    said = [
        f"{row['hours']}{zone}",
        _cost(row),
        f"in {row['languages']}" if row["languages"] else "",
        contacts.ages_in_words(row["youngest"], row["oldest"]),
        row["note"],
    ]
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in said if part)


def _cost(row: Mapping[str, Any]) -> str:
    if row["cost"] == Cost.FREE and row["kind"] == ContactKind.TELEPHONE:
        return "free to call"
    return Cost(row["cost"]).label if row["cost"] else ""


def _registration_fact(row: Mapping[str, str]) -> RegistrationFact:
    register = CharityRegister(row["register"])
    return RegistrationFact(f"{register.label} {row['number']}", registers.PAGES[register])


def _spelt(words: str, region: Region) -> str:
    """The words as the region spells them."""
    return words.replace("organisation", "organization") if region is Region.US else words


def _ended(card: Mapping[str, Any]) -> str:
    if card["standing"] == Standing.ACTIVE:
        return ""
    name = card["successor"].get("name", "")
    if card["standing"] == Standing.MERGED:
        return f"It has become part of {name}."
    return f"It has closed. {name} goes on with its work." if name else "It has closed."
