"""Attempts on medicines, their names, and what was decided about them."""

from typing import Any

from alsinfo.concurrency import clock_now
from conditions.models import BrandName, FundingDecision, LicenceStatus, Medicine
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change
from tests.refusals.scene import Scene


def medicine(s: Scene, **but: Any) -> Medicine:
    """Another medicine, not saved."""
    return Medicine(**{"name": "edaravone", "medicine_class": "A scavenger", "purpose": "ALS", **but})


def _fact(s: Scene) -> dict[str, Any]:
    return {
        "medicine": s.medicine,
        "source": s.world.reference,
        "recorded_by": s.world.editor,
        "recorded_at": clock_now(),
    }


def licence(s: Scene, **but: Any) -> LicenceStatus:
    """What may be sold in the UK from now on, not saved."""
    return LicenceStatus(**{**_fact(s), "region": "GB", "status": "withdrawn", **but})


def funding(s: Scene, **but: Any) -> FundingDecision:
    """What is paid for in Wales from now on, not saved."""
    return FundingDecision(**{**_fact(s), "place": "GB-WLS", "payer": "AWMSG", "decision": "funded", **but})


@attempt("conditions_medicine.name")
def a_medicine_under_the_name_of_another(s: Scene) -> Act:
    return lambda: medicine(s, name=s.medicine.name).save()


@attempt("conditions_medicine.uuid")
def a_medicine_with_the_identity_of_another(s: Scene) -> Act:
    return lambda: medicine(s, uuid=s.medicine.uuid).save()


@attempt("a_medicine_keeps_its_identity")
def giving_a_medicine_another_identity(s: Scene) -> Act:
    return lambda: change(s.medicine, uuid=medicine(s).uuid)


@attempt("one_row_per_brand_name_and_region")
def a_brand_name_twice(s: Scene) -> Act:
    return lambda: BrandName.objects.create(medicine=s.medicine, region="GB", name="Rilutek")


@attempt("a_brand_name_is_not_empty")
def an_empty_brand_name(s: Scene) -> Act:
    return lambda: BrandName.objects.create(medicine=s.medicine, region="GB", name="")


@attempt("licence_is_known")
def a_licence_of_an_unknown_kind(s: Scene) -> Act:
    return lambda: licence(s, status="sold out").save()


@attempt("licence_is_of_a_known_region")
def a_licence_for_france(s: Scene) -> Act:
    return lambda: licence(s, region="FR").save()


@attempt("funding_decision_is_known")
def a_funding_decision_of_an_unknown_kind(s: Scene) -> Act:
    return lambda: funding(s, decision="licensed").save()


@attempt("funding_is_of_a_known_place")
def a_funding_decision_for_france(s: Scene) -> Act:
    return lambda: funding(s, place="FR").save()


@attempt("a_funding_decision_names_its_payer")
def a_funding_decision_of_nobody(s: Scene) -> Act:
    return lambda: funding(s, payer="").save()
