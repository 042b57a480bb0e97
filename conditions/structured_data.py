"""An article page as schema.org JSON-LD: the signed content and facts of the record in words for machines, no more."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from conditions.content import citations
from conditions.content.medicines import in_order
from conditions.content.works import link
from conditions.vocabulary import SectionKind
from organisations.regions import Region

UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
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

JsonObject = dict[str, Any]


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
    """The JSON-LD as the text of a script element; a browser runs none of it."""
    text = json.dumps(document(described), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(UNSAFE))  # noqa: S308  nothing in it can end the element


def document(described: Described) -> JsonObject:
    """The page as a MedicalWebPage; what is not known is left out."""
    content, url = described.content, f"{settings.SITE_URL}{described.url}"
    return _known(
        {
            "@context": "https://schema.org",
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
            "publisher": {"@type": "Organization", "name": settings.PUBLISHER_NAME, "url": f"{settings.SITE_URL}/"},
            "audience": {"@type": "PeopleAudience", "geographicArea": _area(described.region)},
            "about": _condition(content),
            "hasPart": [
                _part(section, f"{settings.SITE_URL}{anchor}")
                for section, anchor in zip(content["sections"], described.anchors, strict=True)
            ],
            "citation": _works(content),
            "correction": [
                {"@type": "CorrectionComment", "text": text, "datePublished": _day(day)}
                for text, day in described.corrections
            ],
        }
    )


def _condition(content: Mapping[str, Any]) -> JsonObject:
    medicines = [
        _known({"@type": "Drug", "name": shown["name"], "drugClass": _drug_class(shown)}) for shown in in_order(content)
    ]
    names = {"name": content["title"], "alternateName": list(content["names"]), "possibleTreatment": medicines}
    return _known({"@type": "MedicalCondition", **names})


def _drug_class(shown: Mapping[str, Any]) -> JsonObject | None:
    return {"@type": "DrugClass", "name": shown["class"]} if shown["class"] else None


def _person(signer: Signer) -> JsonObject:
    register, _, number = signer.registration.partition(" ")
    identifier = {"@type": "PropertyValue", "propertyID": register, "value": number} if number else None
    return _known(
        {
            "@type": "Person",
            "name": signer.name,
            "honorificSuffix": signer.suffix,
            "jobTitle": signer.role,
            "identifier": identifier,
            "url": f"{settings.SITE_URL}{signer.url}" if signer.url else "",
        }
    )


def _part(section: Mapping[str, str], url: str) -> JsonObject:
    aspect = ASPECTS.get(SectionKind(section["kind"]))
    found = {"name": section["heading"], "url": url}
    return _known(
        {"@type": "HealthTopicContent", **found, "hasHealthAspect": aspect and f"https://schema.org/{aspect}"}
    )


def _works(content: Mapping[str, Any]) -> list[JsonObject]:
    """The references in the order of their numbers."""
    described = {citation["key"]: citation["description"] for citation in content["citations"]}
    works = (described[key] for key in citations.numbering(content))
    return [_known({"@type": "CreativeWork", "name": str(work.get("title", "")), "url": link(work)}) for work in works]


def _area(region: Region) -> JsonObject:
    return {"@type": "AdministrativeArea", "name": region.country.removeprefix("the "), "identifier": region.value}


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _known(found: JsonObject) -> JsonObject:
    return {name: value for name, value in found.items() if value}
