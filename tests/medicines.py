"""A medicine with its facts, and texts that show it."""

from collections.abc import Mapping
from datetime import date

from conditions.actions import prescribing
from conditions.models import Article, BrandName, Edition, Medicine, MedicineUse
from tests import world as w
from tests.world import GB, US, World

FIELDS = {"name": "riluzole", "medicine_class": "A glutamate blocker", "purpose": "To slow ALS a little."}


def riluzole(world: World) -> Medicine:
    """Licensed in both regions and funded in England, on the world's one work."""
    brands = [BrandName(region=GB, name="Rilutek"), BrandName(region=US, name="Exservan")]
    medicine = prescribing.add_medicine(FIELDS, by=world.editor, brands=brands)
    source = world.reference
    prescribing.record_licence(medicine, GB, "licensed", by=world.editor, source=source, decided_on=date(1996, 6, 10))
    prescribing.record_licence(medicine, US, "licensed", by=world.editor, source=source, note="Tablets.")
    prescribing.record_funding(medicine, "GB-ENG", "funded", by=world.editor, source=source)
    return anew(medicine)


def anew(medicine: Medicine) -> Medicine:
    """The medicine as it is now, with nothing remembered."""
    return Medicine.objects.get(pk=medicine.pk)


def draft(world: World, medicine: Medicine, of: Article | None = None) -> Edition:
    """A complete edition that shows the medicine in both regions."""
    return show(world, w.draft(world, of), medicine)


def show(world: World, edition: Edition, medicine: Medicine) -> Edition:
    """The edition with a section on medicines and the medicine in it."""
    text = w.section("medicines", "Medicines", "Riluzole is one [@brown2017].", position=4)
    return w.write(edition, world.editor, put=[text, MedicineUse(medicine=medicine)])


def live(world: World, medicine: Medicine, of: Article | None = None) -> Article:
    """An article that readers get, with the medicine's table."""
    edition = draft(world, medicine, of)
    for row in w.submit(world, edition).values():
        w.publish(world, row)
    return edition.article


def withdrawn(world: World, medicine: Medicine) -> None:
    """The UK licence is gone."""
    prescribing.record_licence(
        medicine, GB, "withdrawn", by=world.editor, source=world.reference, decided_on=date(2026, 1, 5)
    )


def plant(world: World, words: Mapping[str, str]) -> None:
    """Words that no reader may see: of a medicine that only a draft shows, on its statuses, for an old copy."""
    medicine = prescribing.add_medicine(dict.fromkeys(FIELDS, words["medicine no page shows"]), by=world.editor)
    source, note = world.reference, words["note on a licence"]
    prescribing.record_licence(medicine, GB, "licensed", by=world.editor, source=source, note=note)
    prescribing.record_funding(medicine, "GB-ENG", "funded", by=world.editor, source=source, note=note)
    edition = w.draft(world, w.article(world, "shows", "Shows a medicine"))
    w.write(edition, world.editor, put=[MedicineUse(medicine=medicine, answer=words["answer for an old copy"])])
