"""An edition's rows as content, and content as an edition's rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from conditions.content import library, medicines
from conditions.content.canonical import Content, canonical_text, lines
from conditions.content.medicines import MedicineText
from conditions.content.merge import CitationText, ListingText, Merged, OpeningText, SectionText, split
from conditions.content.pictures import PictureText
from conditions.models.articles import Article
from conditions.models.editions import Citation, Edition, Listing, Opening, Section
from conditions.models.medicines import Medicine, MedicineUse
from conditions.models.pictures import Picture
from conditions.models.references import Reference
from organisations.models import Organisation
from organisations.regions import Region

DeskRow = Opening | Section | Citation | Listing | MedicineUse | Picture


def rows_of(edition: Edition) -> Merged:
    """The desk rows as plain data."""
    return Merged(
        openings=tuple(_opening_text(row) for row in edition.openings.all()),
        sections=tuple(
            SectionText(row.region, row.key, row.kind, row.heading, row.body, row.position)
            for row in edition.sections.all()
        ),
        citations=tuple(CitationText(row.key, row.description) for row in edition.citations.all()),
        listings=tuple(
            ListingText(row.region, str(row.organisation.uuid), row.why)
            for row in edition.listings.select_related("organisation")
        ),
        new_keys={},
        medicines=_medicine_texts(edition),
        pictures=tuple(_picture_text(row) for row in edition.pictures.all()),
    )


def contents_of(edition: Edition) -> dict[Region, Content]:
    """What each covered region's readers would get of the rows as they are now."""
    rows = rows_of(edition)
    article = str(edition.article.uuid)
    return {region: split(rows, region.value, article) for region in edition.covered}


def texts_of(edition: Edition) -> dict[Region, str]:
    """The canonical text of each covered region, whose digest will be signed."""
    return {region: canonical_text(content) for region, content in contents_of(edition).items()}


def write_rows(edition: Edition, merged: Merged, *, source: Article) -> None:
    """Fill an empty edition with rows; `source` is the article whose text they are."""
    Opening.objects.bulk_create(Opening(edition=edition, **_opening_fields(text)) for text in merged.openings)
    Section.objects.bulk_create(
        Section(
            edition=edition,
            region=text.region,
            key=text.key,
            kind=text.kind,
            heading=text.heading,
            body=text.body,
            position=text.position,
        )
        for text in merged.sections
    )
    known, cited = _known_references(source), {}
    for text in merged.citations:
        reference = known.get(text.key) or _reference_for(text.description)
        cited[text.key] = reference.current.pk
        Citation.objects.create(edition=edition, key=text.key, reference=reference, description=text.description)
    organisations = {str(body.uuid): body for body in Organisation.objects.all()}
    for listing in merged.listings:
        Listing.objects.create(
            edition=edition,
            organisation=organisations[listing.organisation],
            region=listing.region,
            why=listing.why,
        )
    _write_medicines(edition, merged.medicines, cited)
    Picture.objects.bulk_create(
        Picture(edition=edition, **{**vars(text), "files": list(text.files)}) for text in merged.pictures
    )


def _medicine_texts(edition: Edition) -> tuple[MedicineText, ...]:
    """The copies, with the works they rest on under the keys by which the edition cites them."""
    uses = edition.medicineuses.select_related("medicine")
    rows = edition.citations.select_related("reference") if uses else ()
    keys = {row.reference.merged_into_id or row.reference_id: row.key for row in rows}
    return tuple(
        MedicineText(
            row.region,
            str(row.medicine.uuid),
            {name: row.description[name] for name in medicines.COMMON},
            {region: medicines.with_sources(facts, keys) for region, facts in row.description["regions"].items()},
        )
        for row in uses
    )


def _write_medicines(edition: Edition, texts: Iterable[MedicineText], cited: Mapping[str, int]) -> None:
    """The rows of an empty edition; `cited` are the works by the keys under which they are cited."""
    known = {str(medicine.uuid): medicine for medicine in Medicine.objects.all()} if texts else {}
    for text in texts:
        regions = {region: medicines.with_sources(facts, cited) for region, facts in text.regions.items()}
        MedicineUse.objects.create(
            edition=edition,
            medicine=known[text.medicine],
            region=text.region,
            description={**text.common, "regions": regions},
        )


def _picture_text(row: Picture) -> PictureText:
    return PictureText(row.region, row.key, row.alt, row.caption, row.credit, row.licence, row.files)


def _opening_text(row: Opening) -> OpeningText:
    return OpeningText(
        region=row.region,
        title=row.title,
        names=lines(row.names),
        summary=row.summary,
        key_points=lines(row.key_points),
        emergency=row.emergency,
        urgent=row.urgent,
        soon=row.soon,
        disclaimer=row.disclaimer,
    )


def _opening_fields(text: OpeningText) -> dict[str, str]:
    return {
        "region": text.region,
        "title": text.title,
        "names": "\n".join(text.names),
        "summary": text.summary,
        "key_points": "\n".join(text.key_points),
        "emergency": text.emergency,
        "urgent": text.urgent,
        "soon": text.soon,
        "disclaimer": text.disclaimer,
    }


def _known_references(source: Article) -> dict[str, Reference]:
    """Which work each key meant in the article's editions; the latest wins."""
    rows = Citation.objects.filter(edition__article=source).order_by("edition__number").select_related("reference")
    return {row.key: row.reference for row in rows}


def _reference_for(description: Mapping[str, Any]) -> Reference:
    """The library's work with one of the description's identifiers, else with its title."""
    for name, number in library.numbers(description).items():
        if number and (found := Reference.objects.filter(**{name: number}).first()):
            return found.current
    return Reference.objects.filter(title=description["title"].strip()).earliest("pk").current
