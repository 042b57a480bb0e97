"""An organisation as schema.org JSON-LD, for machines that read its page."""

from alsinfo.json_ld import JsonObject, address, known
from organisations.areas import AREAS
from organisations.facts import ContactFact, OrganisationFact, organisation_path
from organisations.regions import Region
from organisations.vocabulary import OrganisationKind

TYPES = {
    OrganisationKind.GOVERNMENT.label: "GovernmentOrganization",
    OrganisationKind.GUIDELINE.label: "GovernmentOrganization",
}


def document(organisation: OrganisationFact, coverage: list[str], region: Region) -> JsonObject:
    """The organisation with the areas it serves and the ways to reach it; what is not known is left out."""
    websites = [contact.href for contact in organisation.contacts if contact.kind == "website"]
    points = [
        _contact_point(contact) for contact in organisation.contacts if contact.kind not in ("website", "address")
    ]
    found = {
        "@type": TYPES.get(organisation.kind, "NGO"),
        "@id": address(organisation_path(region, organisation.slug)),
        "name": organisation.name,
        "description": organisation.what,
        "logo": address(organisation.logo.url) if organisation.logo else "",
        "url": websites[0] if websites else "",
        "areaServed": [{"@type": "AdministrativeArea", "name": _name(code), "identifier": code} for code in coverage],
        "contactPoint": points,
        "identifier": [registration.words for registration in organisation.registrations],
    }
    return known(found)


def _contact_point(contact: ContactFact) -> JsonObject:
    scheme, _, rest = contact.href.partition(":")
    how = {"mailto": {"email": rest}, "tel": {"telephone": rest}, "sms": {"telephone": rest}}
    about = {"@type": "ContactPoint", "contactType": contact.label or contact.kind, "description": contact.note}
    return known(about | how.get(scheme, {"url": contact.href}))


def _name(code: str) -> str:
    return AREAS[code].removeprefix("the whole ")
