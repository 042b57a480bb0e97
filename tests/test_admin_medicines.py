"""Medicines in the back office: described, recorded, chosen for a text, taken anew, found again."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from conditions.actions import drafting
from conditions.models import FundingDecision, LicenceStatus, Medicine, MedicineUse
from tests import medicines as m
from tests import pages
from tests import world as w
from tests.pages import new_rows, signed_in
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

MEDICINES = "/admin/conditions/medicine/"
LICENCES = "/admin/conditions/licencestatus/"
FUNDINGS = "/admin/conditions/fundingdecision/"


def page(client: Client, address: str) -> str:
    return unescape(client.get(address).text)


def recorded(world: w.World, **changes: Any) -> str:
    """What an editor is answered who records a licence."""
    fields = {"region": "GB", "status": "licensed", "decided_on": "2026-01-05", "note": "", **changes}
    medicine = Medicine.objects.get()
    sent = {"medicine": str(medicine.pk), "source": world.reference.doi, **fields}
    return unescape(pages.send(signed_in(world.editor), f"{LICENCES}add/", **sent).text)


def test_a_medicine_is_described_and_its_licence_and_funding_recorded(world: w.World) -> None:
    editor = signed_in(world.editor)
    brands = new_rows("brands", 0, [{"region": "GB", "name": "Rilutek"}])
    pages.send(editor, f"{MEDICINES}add/", **m.FIELDS, **brands)
    medicine = Medicine.objects.get()
    assert medicine.names == ["riluzole", "Rilutek"]
    recorded(world)
    funded = {"medicine": str(medicine.pk), "place": "GB-ENG", "payer": "", "decision": "funded"}
    pages.send(editor, f"{FUNDINGS}add/", **funded, source=world.reference.title, note="", decided_on="")
    assert str(LicenceStatus.objects.get()) == "riluzole, UK: Licensed"
    assert str(FundingDecision.objects.get()) == "riluzole, England (NICE): Funded"
    shown = page(editor, f"{MEDICINES}{medicine.pk}/change/")
    assert "Licensed since 5 January 2026." in shown and "Funding, England (NICE)" in shown
    assert "No live text and no open edition names it." in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"source": "A work nobody wrote"}, "The library has no such work. Add it there first."),
        ({"source": "9" * 30}, "The library has no such work. Add it there first."),
        ({"source": ""}, "This field is required."),
        ({"decided_on": "2999-01-01"}, "The day of the decision has not come yet."),
        ({"status": "sold out"}, "is not one of the available choices"),
        ({"note": "a\u202eb"}, "cannot be shown"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_its_field_and_kept(
    world: w.World, fields: dict[str, str], sentence: str
) -> None:
    m.riluzole(world)
    count = LicenceStatus.objects.count()
    answer = recorded(world, **{"note": "Kept as typed.", **fields})
    assert sentence in answer
    assert "note" in fields or "Kept as typed." in answer
    assert LicenceStatus.objects.count() == count


def test_a_payer_in_the_us_has_a_name(world: w.World) -> None:
    medicine = m.riluzole(world)
    sent = {"medicine": str(medicine.pk), "place": "US", "payer": "", "decision": "funded", "source": "1"}
    answer = pages.send(signed_in(world.editor), f"{FUNDINGS}add/", **sent, note="", decided_on="")
    assert "Name the payer, such as Medicare." in answer.text


def test_the_second_save_of_a_medicine_overwrites_nothing(world: w.World) -> None:
    medicine = m.riluzole(world)
    editor = signed_in(world.editor)
    address = f"{MEDICINES}{medicine.pk}/change/"
    old = medicine.lock_version
    pages.send(editor, address, purpose="To slow ALS.")
    answer = pages.send(editor, address, purpose="To halt ALS.", opened_version=str(old))
    assert "To halt ALS." in answer.text and "To slow ALS." in answer.text
    assert m.anew(medicine).purpose == "To slow ALS."


def test_a_newer_description_is_taken_or_answered_on_the_page_of_the_edition(world: w.World) -> None:
    medicine = m.riluzole(world)
    edition = m.draft(world, medicine)
    m.withdrawn(world, medicine)
    editor, address = signed_in(world.editor), f"/admin/conditions/edition/{edition.pk}/change/"
    behind = page(editor, address)
    assert "(The library’s description differs.)" in behind and "newer in the library" in behind
    assert "The library has a newer description of riluzole" in behind
    pages.send(editor, address, **{"medicineuses-0-answer": "We wait for the notice."})
    assert "The library has a newer description of riluzole" not in page(editor, address)
    pages.send(editor, address, **{"medicineuses-0-take_newest": "on"})
    taken = MedicineUse.objects.get()
    assert (taken.is_outdated, taken.answer) == (False, "")
    assert taken.description["regions"]["GB"]["licence"]["status"] == "withdrawn"


def test_a_save_without_an_edit_changes_nothing_and_another_region_copies_anew(world: w.World) -> None:
    edition = m.draft(world, m.riluzole(world))
    editor, address = signed_in(world.editor), f"/admin/conditions/edition/{edition.pk}/change/"
    before = MedicineUse.objects.values().get()
    pages.send(editor, address)
    assert MedicineUse.objects.values().get() == before
    pages.send(editor, address, **{"medicineuses-0-region": "GB"})
    assert list(MedicineUse.objects.get().description["regions"]) == ["GB"]


def test_an_editor_adds_a_medicine_to_a_text(world: w.World) -> None:
    medicine = m.riluzole(world)
    edition = w.draft(world)
    rows = new_rows("medicineuses", 0, [{"medicine": str(medicine.pk), "region": ""}])
    pages.send(signed_in(world.editor), f"/admin/conditions/edition/{edition.pk}/change/", **rows)
    assert MedicineUse.objects.get().description == m.anew(medicine).description()


def test_where_a_medicine_is_named_is_found_across_articles(world: w.World) -> None:
    medicine = m.riluzole(world)
    article = m.live(world, medicine)
    over = drafting.start(article, by=world.editor)
    w.edit(over, world.editor, "symptoms", "Rilutek does not help with cramp [@brown2017].")
    other = w.draft(world, w.article(world, "pls", "PLS"), regions="GB")
    opening = other.openings.get()
    opening.summary = "RILUZOLE is not for PLS."
    w.write(other, world.editor, put=[opening])
    w.draft(world, w.article(world, "pma", "PMA"))
    shown = " ".join(page(signed_in(world.lead), f"{MEDICINES}{medicine.pk}/change/").split())
    assert "Amyotrophic lateral sclerosis</a>, UK, live, version 1: Medicines; Medicines, fact by fact" in shown
    assert "UK, edition 2, draft: Symptoms; Medicines; Medicines, fact by fact" in shown
    assert "PLS</a>, UK, edition 1, draft: Around the sections" in shown
    assert "PMA</a>" not in shown


def test_the_page_of_a_medicine_takes_as_many_queries_however_much_was_recorded(
    world: w.World, django_assert_max_num_queries: Any
) -> None:
    medicine = m.riluzole(world)
    for number in range(8):
        status = "withdrawn" if number % 2 else "conditional"
        m.prescribing.record_licence(m.anew(medicine), GB, status, by=world.editor, source=world.reference)
    editor = signed_in(world.editor)
    with django_assert_max_num_queries(30):
        editor.get(f"{MEDICINES}{medicine.pk}/change/")
