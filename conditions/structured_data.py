"""An article page as schema.org JSON-LD: the signed content and facts of the record in words for machines, no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from alsinfo.json_ld import JsonObject, address, as_script, known, publisher
from conditions.content import citations, pictures
from conditions.content.medicine_words import licence_words
from conditions.content.medicines import in_order
from conditions.content.works import link
from conditions.vocabulary import SectionKind
from organisations.regions import Region

ASPECTS = {
    SectionKind.OVERVIEW: "OverviewHealthAspect",
    SectionKind.TYPES: "TypesHealthAspect",
    SectionKind.SYMPTOMS: "SymptomsHealthAspect",
    SectionKind.CAUSES: "CausesHealthAspect",
    SectionKind.HOW_COMMON: "PrevalenceHealthAspect",
    SectionKind.DIAGNOSIS: "DiagnosisHealthAspect",
    SectionKind.TESTS: "ScreeningHealthAspect",
    SectionKind.TREATMENTS: "TreatmentsHealthAspect",
    SectionKind.MEDICINES: "TreatmentsHealthAspect",
    SectionKind.LIVING_WITH: "LivingWithHealthAspect",
    SectionKind.OUTLOOK: "PrognosisHealthAspect",
}
"""Of the enumeration of schema.org; it has nothing for the other kinds."""


@dataclass(frozen=True)
class Signer:
    """Who signed: as printed; `registration` like “GMC 0000001”, `url` the path of their page or nothing."""

    name: str
    suffix: str
    role: str
    registration: str
    url: str


@dataclass(frozen=True)
class Described:
    """A page that readers get: its path, its content, the facts of the record; `anchors` are paths of its sections.

    `corrections` are what was wrong, each with the day it was put right.
    """

    url: str
    region: Region
    content: Mapping[str, Any]
    version: int
    signers: Iterable[Signer]
    published_on: date | None
    changed_on: date | None
    reviewed_on: date | None
    anchors: Iterable[str]
    corrections: Iterable[tuple[str, date]]


def script_of(described: Described) -> SafeString:
    """The JSON-LD as the text of a script element."""
    return as_script(document(described))


def document(described: Described) -> JsonObject:
    """The page as a MedicalWebPage; what is not known is left out."""
    content, url = described.content, address(described.url)
    return known(
        {
            "@type": "MedicalWebPage",
            "@id": url,
            "url": url,
            "name": content["title"],
            "description": content["summary"],
            "inLanguage": described.region.lang,
            "version": str(described.version),
            "datePublished": _day(described.published_on),
            "dateModified": _day(described.changed_on),
            "lastReviewed": _day(described.reviewed_on),
            "reviewedBy": [_person(signer) for signer in described.signers],
            "publisher": publisher(),
            "publishingPrinciples": address(f"/{described.region.slug}/editorial-process/"),
            "audience": {"@type": "PeopleAudience", "geographicArea": _area(described.region)},
            "about": _condition(content, described.region),
            "hasPart": [
                _part(section, address(anchor))
                for section, anchor in zip(content["sections"], described.anchors, strict=True)
            ],
            "citation": _works(content),
            "image": [_image(picture) for picture in pictures.in_order(content)],
            "correction": [
                {"@type": "CorrectionComment", "text": text, "datePublished": _day(day)}
                for text, day in described.corrections
            ],
        }
    )


def _condition(content: Mapping[str, Any], region: Region) -> JsonObject:
    medicines = [_drug(shown, region) for shown in in_order(content)]
    names = {"name": content["title"], "alternateName": list(content["names"]), "possibleTreatment": medicines}
    return known({"@type": "MedicalCondition", **names})


def _drug(shown: Mapping[str, Any], region: Region) -> JsonObject:
    """A medicine; its legal status in the region where the text states one, and nothing of who pays for it."""
    licence = licence_words(shown, region.value)
    status = {"@type": "DrugLegalStatus", "name": licence, "applicableLocation": _area(region)}
    return known(
        {
            "@type": "Drug",
            "name": shown["name"],
            "nonProprietaryName": shown["name"],
            "proprietaryName": list(shown["brands"]),
            "drugClass": {"@type": "DrugClass", "name": shown["class"]} if shown["class"] else None,
            "legalStatus": status if licence else None,
        }
    )


def _person(signer: Signer) -> JsonObject:
    register, _, number = signer.registration.partition(" ")
    identifier = {"@type": "PropertyValue", "propertyID": register, "value": number} if number else None
    return known(
        {
            "@type": "Person",
            "name": signer.name,
            "honorificSuffix": signer.suffix,
            "jobTitle": signer.role,
            "identifier": identifier,
            "url": address(signer.url) if signer.url else "",
        }
    )


def _part(section: Mapping[str, str], url: str) -> JsonObject:
    aspect = ASPECTS.get(SectionKind(section["kind"]))
    found = {"name": section["heading"], "url": url}
    return known({"@type": "HealthTopicContent", **found, "hasHealthAspect": aspect and f"https://schema.org/{aspect}"})


def _image(picture: Mapping[str, Any]) -> JsonObject:
    """A picture in its widest size."""
    file = picture["files"][-1]
    return known(
        {
            "@type": "ImageObject",
            "contentUrl": address(pictures.public_address(file)),
            "encodingFormat": file["type"],
            "caption": picture["caption"],
            "creditText": picture["credit"],
            "license": pictures.LICENCES.get(picture["licence"], ("", ""))[1],
        }
    )


def _works(content: Mapping[str, Any]) -> list[JsonObject]:
    """The references in the order of their numbers."""
    described = {citation["key"]: citation["description"] for citation in content["citations"]}
    works = (described[key] for key in citations.numbering(content))
    return [known({"@type": "CreativeWork", "name": str(work.get("title", "")), "url": link(work)}) for work in works]


def _area(region: Region) -> JsonObject:
    return {"@type": "AdministrativeArea", "name": region.country.removeprefix("the "), "identifier": region.value}


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
