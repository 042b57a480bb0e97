"""Describing medicines, as rows of the table of actions."""

from typing import Any

from alsinfo.accounts.models import User
from conditions.actions import prescribing
from conditions.models import Medicine
from tests import medicines
from tests.action_case import Case
from tests.acts import Place
from tests.world import GB


def described(place: Place) -> None:
    medicines.riluzole(place.world)


def shown(place: Place) -> None:
    """A live article shows the medicine."""
    described(place)
    medicines.live(place.world, Medicine.objects.get(), place.article)


def add(place: Place, by: User) -> Any:
    return prescribing.add_medicine(medicines.FIELDS, by=by)


def change(place: Place, by: User) -> Any:
    return prescribing.change_medicine(Medicine.objects.get(), by=by, fields={"name": "riluzolum"})


def license_it(place: Place, by: User) -> Any:
    return prescribing.record_licence(Medicine.objects.get(), GB, "withdrawn", by=by, source=place.world.reference)


def fund(place: Place, by: User) -> Any:
    source = place.world.reference
    return prescribing.record_funding(Medicine.objects.get(), "GB-ENG", "not-funded", by=by, source=source)


MEDICINES = (
    Case("add_medicine", "editor", (), "Medicine", after="riluzole", act=add),
    Case("change_medicine", "publisher", (described,), "Medicine", after="riluzolum", act=change),
    Case("record_licence", "editor", (shown,), "LicenceStatus", "licensed", "withdrawn", act=license_it),
    Case("record_funding", "publisher", (shown,), "FundingDecision", "funded", "not-funded", act=fund),
)
