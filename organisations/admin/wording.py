"""An entry in the words of the form, for the person who compares what readers see with what is proposed."""

from collections.abc import Mapping
from typing import Any

from organisations.actions import CONTACT
from organisations.areas import AREAS
from organisations.vocabulary import (
    CharityRegister,
    ContactKind,
    Cost,
    LogoLicence,
    OrganisationKind,
    ServiceKind,
    Standing,
    TimeZone,
)

LABELS = {
    "name": "Name",
    "former_names": "Former names",
    "kind": "Kind",
    "what": "What it does",
    "serves": "Whom it serves",
    "services": "What help it gives",
    "coverage": "Places it covers",
    "contacts": "Contacts",
    "registrations": "Numbers in registers",
    "parent": "Parent",
    "standing": "Standing",
    "successor": "Successor",
    "logo": "Logo",
}
"""What the parts of an entry are called, in the order of the form."""
WORDS: Mapping[str, Mapping[str, Any]] = {
    "kind": dict(OrganisationKind.choices),
    "services": dict(ServiceKind.choices),
    "coverage": AREAS,
    "standing": dict(Standing.choices),
    "contacts.kind": dict(ContactKind.choices),
    "contacts.cost": dict(Cost.choices),
    "contacts.time_zone": dict(TimeZone.choices),
    "registrations.register": dict(CharityRegister.choices),
}
ORDER = {"contacts": CONTACT, "registrations": ("register", "number"), "successor": ("name",)}
BEFORE = {"contacts.youngest": "from age ", "contacts.oldest": "to age "}


def parts_of(approved: Mapping[str, Any], proposed: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Each part by what it is called, as it is and as it would be; a line for each of several."""
    known = [name for name in LABELS if name != "logo" or approved.get(name) or proposed.get(name)]
    names = [*known, *(name for name in proposed if name not in LABELS)]
    return {
        LABELS.get(name, name): (in_words(name, approved.get(name, "")), in_words(name, proposed.get(name, "")))
        for name in names
    }


def in_words(name: str, value: Any) -> str:
    """A value under a name such as “contacts.kind” as the form says it."""
    if isinstance(value, list):
        return "\n".join(in_words(name, item) for item in value)
    if isinstance(value, dict) and "sha256" in value:
        licence = LogoLicence(value["licence"]).label
        return f"{value['width']} × {value['height']} pixels · {licence} · {value['sha256'][:12]}"
    if isinstance(value, dict):
        parts = (in_words(f"{name}.{part}", value.get(part)) for part in ORDER.get(name, tuple(value)))
        return " · ".join(part for part in parts if part)
    if value in ("", None):
        return ""
    return f"{BEFORE.get(name, '')}{WORDS.get(name, {}).get(value, value)}"
