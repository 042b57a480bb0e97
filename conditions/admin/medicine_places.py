"""Where a medicine is named: the parts of live texts and of open editions, across articles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from conditions.content.medicines import mentions
from conditions.models import Edition, Medicine, Publication
from conditions.models.desk import contents_of
from conditions.vocabulary import EditionState
from organisations.regions import Region

TABLE = "Medicines, fact by fact"
OPENING = ("title", "summary", "disclaimer")


@dataclass(frozen=True)
class Place:
    """A text that names a medicine, under which parts, and where it is found in the admin; `state` in words."""

    article: str
    state: str
    region: Region
    parts: Sequence[str]
    url: str


def places(medicine: Medicine) -> list[Place]:
    """Every live text and every text of an open edition that names it, by generic name or brand, or shows its table."""
    return sorted([*_live(medicine), *_open(medicine)], key=lambda each: (each.article, each.region, each.state))


def parts_naming(content: Mapping[str, Any], medicine: Medicine) -> list[str]:
    """The headings of the parts of a text that name a medicine."""
    names = medicine.names
    opening = [content[name] for name in OPENING] + content["key_points"] + [*content["urgent_care"].values()]
    found = ["Around the sections"] if mentions("\n".join(opening), names) else []
    found += [each["heading"] for each in content["sections"] if mentions(f"{each['heading']}\n{each['body']}", names)]
    is_shown = any(item["medicine"] == str(medicine.uuid) for item in content["medicines"])
    return [*found, TABLE] if is_shown else found


def _live(medicine: Medicine) -> Iterator[Place]:
    named = Q(revision__text__contains=str(medicine.uuid))
    for name in medicine.names:
        named |= Q(revision__text__icontains=name)
    live = Publication.objects.filter(named, ended_at__isnull=True)
    for publication in live.select_related("revision", "regional_article__article__condition"):
        page = publication.regional_article
        if parts := parts_naming(publication.revision.content, medicine):
            url = reverse("admin:conditions_article_change", args=[page.article_id])
            state = f"{page.get_state_display().lower()}, version {publication.sequence}"
            yield Place(str(page.article), state, Region(page.region), parts, url)


def _open(medicine: Medicine) -> Iterator[Place]:
    named = Q(medicineuses__medicine=medicine)
    for name in medicine.names:
        for field in ("sections__body", "sections__heading", "openings__title", "openings__summary"):
            named |= Q(**{f"{field}__icontains": name})
        for field in ("key_points", "emergency", "urgent", "soon", "disclaimer"):
            named |= Q(**{f"openings__{field}__icontains": name})
    editions = Edition.objects.exclude(state=EditionState.CLOSED).filter(pk__in=Edition.objects.filter(named))
    for edition in editions.select_related("article__condition"):
        for region, content in contents_of(edition).items():
            if parts := parts_naming(content, medicine):
                url = reverse("admin:conditions_edition_change", args=[edition.pk])
                state = f"edition {edition.number}, {edition.get_state_display().lower()}"
                yield Place(str(edition.article), state, region, parts, url)
