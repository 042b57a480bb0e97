"""Medicines: what the library knows of each, fact by fact, and what editions copied of it."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.content.canonical import canonical_text, digest
from conditions.models.editions import Edition, RegionalText
from conditions.models.references import Reference
from conditions.vocabulary import Funding, Licence
from organisations.areas import NATIONS
from organisations.regions import Region

PAYERS = {
    "GB-ENG": "NICE",
    "GB-NIR": "Department of Health",
    "GB-SCT": "Scottish Medicines Consortium",
    "GB-WLS": "All Wales Medicines Strategy Group",
}
"""Who decides for each nation; in the US many pay, each of whom is named."""
PAYING_AREAS = [*NATIONS.items(), (Region.US.value, Region.US.label)]


class Medicine(models.Model):
    """A treatment under its generic name; its statuses are rows of their own."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("generic name", max_length=150, unique=True)
    medicine_class = models.CharField("class", max_length=200, help_text="What sort of medicine it is, in plain words.")
    purpose = models.CharField("what it is for", max_length=300)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        """Every name it goes by."""
        return [self.name, *dict.fromkeys(brand.name for brand in self.brands.all())]

    def licence_in(self, region: str) -> "LicenceStatus | None":
        """What is known of its licence now."""
        rows = [row for row in self.licences.all() if row.region == region]
        return max(rows, key=lambda row: row.pk, default=None)

    def funding_in(self, region: str) -> list["FundingDecision"]:
        """The last decision of each payer in a region, by area and payer."""
        rows = sorted(self.fundings.all(), key=lambda row: row.pk)
        last = {(row.place, row.payer.casefold()): row for row in rows if row.region == region}
        return [last[key] for key in sorted(last)]

    def description(self, region: str = "") -> dict[str, Any]:
        """What an edition copies for one region or, without one, for all; see `conditions.content.medicines`."""
        regions = [region] if region else Region.values
        own = {"name": self.name, "class": self.medicine_class, "purpose": self.purpose}
        return {**own, "regions": {each: self._facts(each) for each in regions}}

    def _facts(self, region: str) -> dict[str, Any]:
        licence = self.licence_in(region)
        return {
            "brands": sorted((brand.name for brand in self.brands.all() if brand.region == region), key=str.casefold),
            "licence": licence.description if licence else None,
            "funding": [decision.description for decision in self.funding_in(region)],
        }


class BrandName(models.Model):
    """A name a medicine is sold under in a region."""

    medicine = models.ForeignKey(Medicine, on_delete=models.CASCADE, related_name="brands")
    region = models.CharField(max_length=2, choices=Region)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ("region", "name")
        constraints = (
            models.UniqueConstraint(fields=["medicine", "region", "name"], name="one_row_per_brand_name_and_region"),
            models.CheckConstraint(condition=~Q(name=""), name="a_brand_name_is_not_empty"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({Region(self.region).label})"


class MedicineFact(models.Model):
    """Something decided about a medicine, where that is said, who entered it and when; a change is another row."""

    decided_on = models.DateField(null=True, blank=True, help_text="Empty if the source does not say.")
    source = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True, help_text="Readers see it.")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def recorded_on(self) -> date:
        """The day in its region on which it was entered."""
        return Region(self.region).day(self.recorded_at)  # type: ignore[attr-defined]

    @property
    def common(self) -> dict[str, Any]:
        """What a copy says of every kind of fact."""
        return {
            "decided_on": self.decided_on.isoformat() if self.decided_on else "",
            "recorded_on": self.recorded_on.isoformat(),
            "note": self.note,
            "source": self.source.current.pk,
        }


class LicenceStatus(MedicineFact):
    """Whether a medicine may be sold in a region; says nothing of who pays for it."""

    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, related_name="licences")
    region = models.CharField(max_length=2, choices=Region)
    status = models.CharField(max_length=15, choices=Licence)

    class Meta:
        ordering = ("medicine", "region", "-pk")
        verbose_name_plural = "licence statuses"
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Licence.values), name="licence_is_known"),
            models.CheckConstraint(condition=Q(region__in=Region.values), name="licence_is_of_a_known_region"),
        )

    def __str__(self) -> str:
        return f"{self.medicine}, {Region(self.region).label}: {Licence(self.status).label}"

    @property
    def description(self) -> dict[str, Any]:
        """What is copied of it."""
        return {"status": self.status, **self.common}


class FundingDecision(MedicineFact):
    """What somebody who pays decided for a nation of the UK or as a payer in the US; says nothing of the licence."""

    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, related_name="fundings")
    place = models.CharField(max_length=6, choices=PAYING_AREAS)
    payer = models.CharField(max_length=100, help_text="In the US, such as Medicare. A nation has one: leave it empty.")
    decision = models.CharField(max_length=15, choices=Funding)

    class Meta:
        ordering = ("medicine", "place", "payer", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(decision__in=Funding.values), name="funding_decision_is_known"),
            models.CheckConstraint(
                condition=Q(place__in=[code for code, _ in PAYING_AREAS]), name="funding_is_of_a_known_place"
            ),
            models.CheckConstraint(condition=~Q(payer=""), name="a_funding_decision_names_its_payer"),
        )

    def __str__(self) -> str:
        return f"{self.medicine}, {self.get_place_display()} ({self.payer}): {Funding(self.decision).label}"

    @property
    def region(self) -> str:
        """The region its place lies in."""
        return self.place[:2]

    @property
    def description(self) -> dict[str, Any]:
        """What is copied of it."""
        return {"place": self.place, "payer": self.payer, "decision": self.decision, **self.common}


class MedicineUse(RegionalText):
    """A medicine that an edition shows, as the library described it when it was copied.

    `answer` says why a copy stays although the library has a newer description; `answered` is the fingerprint of the
    description that this was said of.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="medicineuses")
    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, related_name="uses")
    description = models.JSONField(editable=False)
    answer = models.CharField(
        "why the copy stays as it is",
        max_length=300,
        blank=True,
        help_text="Only where the library has a newer description that you do not take.",
    )
    answered = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ("edition", "medicine", "region")
        verbose_name = "medicine"
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "medicine", "region"], name="one_use_per_edition_medicine_and_region"
            ),
        )

    def __str__(self) -> str:
        return str(self.medicine)

    @property
    def newest(self) -> dict[str, Any]:
        """What the library says now."""
        return self.medicine.description(self.region)

    @property
    def is_outdated(self) -> bool:
        """Whether the library says something else by now."""
        return bool(self.description != self.newest)

    @property
    def is_unanswered(self) -> bool:
        """Whether the library says something else, and nobody said why that is not taken."""
        return self.is_outdated and self.answered != fingerprint(self.newest)

    def settle(self) -> None:
        """Copy what was not copied yet; keep of what description an answer was given."""
        self.description = self.description or self.newest
        if not self.answer:
            self.answered = ""
        elif not self.answered:
            self.answered = fingerprint(self.newest)


def fingerprint(description: dict[str, Any]) -> str:
    """What tells one description from another."""
    return digest(canonical_text(description))


def with_facts(uses: "models.QuerySet[MedicineUse]") -> "models.QuerySet[MedicineUse]":
    """The uses with all that the library knows of their medicines, in a constant number of queries."""
    facts = ("brands", "licences__source__merged_into", "fundings__source__merged_into")
    return uses.select_related("medicine").prefetch_related(*(f"medicine__{name}" for name in facts))
