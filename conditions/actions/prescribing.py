"""Describe medicines, and record what was decided about them; pages that show one are due for review at once."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, swap
from conditions import notices
from conditions.actions.pages import bring_to_review, live_publications
from conditions.content import canonical
from conditions.content.canonical import normal_value
from conditions.errors.cataloguing import Duplicate
from conditions.errors.drafting import UnusableText
from conditions.models import (
    BrandName,
    FundingDecision,
    LicenceStatus,
    Medicine,
    Publication,
    Reference,
    RegionalArticle,
)
from conditions.policies import prescribing as policies
from organisations.regions import Region


@action
def add_medicine(fields: Mapping[str, Any], *, by: User, brands: Iterable[BrandName] = ()) -> Medicine:
    """A medicine with the names it is sold under; `fields` are name, medicine_class and purpose."""
    insist(policies.objection_to_describe(by=by))
    medicine = Medicine(**_normal(fields))
    _refuse_second(medicine)
    medicine.save()
    _write_brands(medicine, brands)
    record("add_medicine", medicine, by=by, after=medicine.name)
    return medicine


@action
def change_medicine(
    medicine: Medicine,
    *,
    by: User,
    fields: Mapping[str, Any],
    put: Iterable[BrandName] = (),
    remove: Iterable[BrandName] = (),
) -> Medicine:
    """Better words or other brand names; articles keep what they copied until an editor takes the new description."""
    insist(policies.objection_to_describe(by=by))
    changed = _normal(fields)
    _refuse_second(Medicine(pk=medicine.pk, **{"name": medicine.name, **changed}))
    swap(medicine, **changed)
    for brand in remove:
        brand.delete()
    _write_brands(medicine, put)
    record("change_medicine", medicine, by=by, after=medicine.name)
    return medicine


@action
def record_licence(
    medicine: Medicine,
    region: Region,
    status: str,
    *,
    by: User,
    source: Reference,
    decided_on: date | None = None,
    note: str = "",
) -> LicenceStatus:
    """Whether the medicine may be sold in a region from now on; live pages there that show it are due for review today.

    Raises `SameStatus` when that is recorded already, `BadStatus` for a day to come.
    """
    now = clock_now()
    entered = _entered(source, decided_on, note, by=by, now=now)
    made = LicenceStatus(medicine=medicine, region=region, status=status, **entered)
    insist(policies.objection_to_licence(made, by=by, today=region.day(now)))
    before = medicine.licence_in(region)
    made.save()
    pages = _bring_to_review(medicine, region, made)
    was = before.status if before else ""
    record("record_licence", made, by=by, reason=_named(pages), before=was, after=made.status)
    return made


@action
def record_funding(
    medicine: Medicine,
    place: str,
    decision: str,
    *,
    by: User,
    source: Reference,
    payer: str = "",
    decided_on: date | None = None,
    note: str = "",
) -> FundingDecision:
    """What a payer decided, for a nation (GB-ENG …) or in the US; live pages there that show it are due today.

    For a nation `payer` may be empty. Raises `SameStatus` when that is recorded already, `BadStatus` for a day to come
    or a payer without a name.
    """
    now = clock_now()
    entered = _entered(source, decided_on, note, by=by, now=now)
    payer = _normal({"payer": policies.payer_of(place, payer)})["payer"]
    made = FundingDecision(medicine=medicine, place=place, payer=payer, decision=decision, **entered)
    region = Region(made.region)
    insist(policies.objection_to_funding(made, by=by, today=region.day(now)))
    before = policies.last_decision(made)
    made.save()
    pages = _bring_to_review(medicine, region, made)
    was = before.decision if before else ""
    record("record_funding", made, by=by, reason=_named(pages), before=was, after=made.decision)
    return made


def shows(publication: Publication, medicine: Medicine, region: Region) -> bool:
    """Whether the readers of a publication in a region are shown what is known of a medicine."""
    content = publication.revision.content
    own = str(medicine.uuid)
    return content["region"] == region and any(item["medicine"] == own for item in content["medicines"])


def _entered(source: Reference, decided_on: date | None, note: str, *, by: User, now: datetime) -> dict[str, Any]:
    """What every status says of where it is from, and of who entered it when."""
    words = _normal({"note": note})
    return {"source": source, "decided_on": decided_on, "recorded_by": by, "recorded_at": now, **words}


def _bring_to_review(
    medicine: Medicine, region: Region, made: LicenceStatus | FundingDecision
) -> list[RegionalArticle]:
    showing = [live for live in live_publications() if shows(live, medicine, region)]
    pages = bring_to_review(showing, now=made.recorded_at)
    if pages:
        notices.medicine_changed(made, pages)
    return pages


def _named(pages: Iterable[RegionalArticle]) -> str:
    names = ", ".join(map(str, pages))
    return f"To review again: {names}" if names else ""


def _refuse_second(medicine: Medicine) -> None:
    if Medicine.objects.filter(name__iexact=medicine.name).exclude(pk=medicine.pk).exists():
        raise Duplicate(f"There is a medicine “{medicine.name}” already.")


def _write_brands(medicine: Medicine, brands: Iterable[BrandName]) -> None:
    for brand in brands:
        brand.medicine = medicine
        brand.name = _normal({"name": brand.name})["name"]
        brand.save()


def _normal(fields: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {name: normal_value(value.strip()) for name, value in fields.items()}
    except canonical.UnusableText as problem:
        raise UnusableText(str(problem)) from problem
