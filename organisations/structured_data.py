"""An organisation as schema.org JSON-LD, for machines that read its page."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from organisations.areas import AREAS
from organisations.facts import ContactFact, OrganisationFact, organisation_path
from organisations.regions import Region
from organisations.vocabulary import OrganisationKind

TYPES = {
    OrganisationKind.GOVERNMENT.label: "GovernmentOrganization",
    OrganisationKind.GUIDELINE.label: "GovernmentOrganization",
}
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def script_of(organisation: OrganisationFact, coverage: list[str], region: Region) -> SafeString:
    """The JSON-LD as the text of a script element; a browser runs none of it."""
    text = json.dumps(document(organisation, coverage, region), ensure_ascii=False)
    return mark_safe(text.translate(UNSAFE))  # noqa: S308  nothing in it can end the element


def document(organisation: OrganisationFact, coverage: list[str], region: Region) -> dict[str, Any]:
    """The organisation with the areas it serves and the ways to reach it; what is not known is left out."""
    websites = [contact.href for contact in organisation.contacts if contact.kind == "website"]
    points = [
        _contact_point(contact) for contact in organisation.contacts if contact.kind not in ("website", "address")
    ]
    found = {
        "@context": "https://schema.org",
        "@type": TYPES.get(organisation.kind, "NGO"),
        "@id": f"{settings.SITE_URL}{organisation_path(region, organisation.slug)}",
        "name": organisation.name,
        "description": organisation.what,
        "url": websites[0] if websites else "",
        "areaServed": [{"@type": "AdministrativeArea", "name": _name(code), "identifier": code} for code in coverage],
        "contactPoint": points,
        "identifier": [registration.words for registration in organisation.registrations],
    }
    return {name: value for name, value in found.items() if value}


def _contact_point(contact: ContactFact) -> dict[str, str]:
    scheme, _, rest = contact.href.partition(":")
    how = {"mailto": {"email": rest}, "tel": {"telephone": rest}, "sms": {"telephone": rest}}
    about = {"@type": "ContactPoint", "contactType": contact.label or contact.kind, "description": contact.note}
    return {name: value for name, value in (about | how.get(scheme, {"url": contact.href})).items() if value}


def _name(code: str) -> str:
    return AREAS[code].removeprefix("the whole ")
