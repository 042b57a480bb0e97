"""What may be recorded of medicines, and by whom."""

from datetime import date

from alsinfo.accounts.models import User
from alsinfo.refusals import Refusal
from conditions.errors.prescribing import BadStatus, SameStatus
from conditions.models import FundingDecision, LicenceStatus, MedicineUse, Publication
from conditions.models.medicines import PAYERS, with_facts
from conditions.policies.cataloguing import objection_to_catalogue

FACTS = ("decided_on", "source_id", "note")


def objection_to_describe(*, by: User) -> Refusal | None:
    """Who describes references describes medicines."""
    return objection_to_catalogue(by=by)


def objection_to_licence(status: LicenceStatus, *, by: User, today: date) -> Refusal | None:
    """Something else than what is recorded, decided on a day that has come."""
    if objection := objection_to_describe(by=by) or objection_to_day(status.decided_on, today=today):
        return objection
    before = status.medicine.licence_in(status.region)
    is_same = before is not None and _same(before, status, "status")
    return SameStatus() if is_same else None


def objection_to_funding(decision: FundingDecision, *, by: User, today: date) -> Refusal | None:
    """Something else than what is recorded, by a payer with a name, decided on a day that has come."""
    if objection := objection_to_describe(by=by) or objection_to_day(decision.decided_on, today=today):
        return objection
    if objection := objection_to_payer(decision.place, decision.payer):
        return objection
    before = last_decision(decision)
    return SameStatus() if before is not None and _same(before, decision, "decision") else None


def last_decision(decision: FundingDecision) -> FundingDecision | None:
    """What the same payer decided before."""
    rows = decision.medicine.funding_in(decision.region)
    same = (row for row in rows if (row.place, row.payer.casefold()) == (decision.place, decision.payer.casefold()))
    return next(same, None)


def is_behind(publication: Publication) -> bool:
    """Whether a text shows of a medicine what the library no longer says, and nobody said why that is not taken."""
    revision = publication.revision
    row = revision.regional_editions.order_by("-pk").first() if revision.content["medicines"] else None
    uses = row.edition.medicineuses.filter(region__in=["", revision.region]) if row else MedicineUse.objects.none()
    return any(use.is_unanswered for use in with_facts(uses))


def objection_to_day(decided_on: date | None, *, today: date) -> Refusal | None:
    """A decision is not of a day to come."""
    return BadStatus("The day of the decision has not come yet.") if decided_on and decided_on > today else None


def objection_to_payer(place: str, payer: str) -> Refusal | None:
    """A nation has one body that decides; elsewhere a payer is named."""
    if place in PAYERS and payer != PAYERS[place]:
        return BadStatus(f"For this nation {PAYERS[place]} decides: leave the payer empty.")
    return None if payer.strip() else BadStatus("Name the payer, such as Medicare.")


def payer_of(place: str, payer: str) -> str:
    """The payer as typed, or who decides for a nation."""
    return payer.strip() or PAYERS.get(place, "")


def _same(before: LicenceStatus | FundingDecision, after: LicenceStatus | FundingDecision, what: str) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in (*FACTS, what))
