"""A reviewer as schema.org JSON-LD: what their page shows, no more."""

from alsinfo.json_ld import JsonObject, address, known, publisher
from conditions.readers.team import Credential, Member
from organisations.regions import Region


def document(member: Member, region: Region) -> JsonObject:
    """The reviewer's page with the person it is about."""
    return {
        "@type": "ProfilePage",
        "@id": address(member.url),
        "url": address(member.url),
        "name": member.printed_name,
        "inLanguage": region.lang,
        "publisher": publisher(),
        "mainEntity": _person(member),
    }


def _person(member: Member) -> JsonObject:
    described, photograph = member.description, member.photograph
    return known(
        {
            "@type": "Person",
            "name": member.printed_name,
            "honorificSuffix": member.post_nominals,
            "jobTitle": member.role,
            "url": address(member.url),
            "image": address(f"/photographs/{photograph.digest}.webp") if photograph else "",
            "knowsAbout": list(described.specialties) if described else [],
            "sameAs": list(described.links) if described else [],
            "identifier": [_identifier(each) for each in member.credentials],
            "hasCredential": [_credential(each) for each in member.credentials if each.is_valid],
        }
    )


def _identifier(credential: Credential) -> JsonObject:
    register, _, number = credential.registration.partition(" ")
    return {"@type": "PropertyValue", "propertyID": register, "value": number}


def _credential(credential: Credential) -> JsonObject:
    """A registration that a lead saw in the register, and which still counts."""
    return known(
        {
            "@type": "EducationalOccupationalCredential",
            "name": credential.registration,
            "credentialCategory": "registration",
            "recognizedBy": {"@type": "Organization", "name": credential.register},
            "url": credential.url,
        }
    )
