"""Medicines, the names they are sold under, and what was decided about them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Role
from alsinfo.admin.forms import RecordForm
from alsinfo.admin.inlines import RecordInline
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, Rows
from alsinfo.admin.versions import VersionedAdmin
from alsinfo.concurrency import clock_now
from conditions.actions import prescribing
from conditions.admin.fields import TEXT_OVERRIDES, VersionedTextForm
from conditions.admin.medicine_places import places
from conditions.content.identifiers import normal_doi
from conditions.content.medicine_words import facts
from conditions.models import BrandName, FundingDecision, LicenceStatus, Medicine, Reference
from conditions.policies import prescribing as policies
from organisations.regions import Region


class WorkField(forms.CharField):
    """A work of the library, by what people know of it: a list of all would be too long for any page."""

    def clean(self, value: Any) -> Any:
        """The work. Raises ValidationError if the library has none, or several, by that name."""
        typed = super().clean(value)
        if not typed:
            return None
        known, doi = Reference.objects.standing(), normal_doi(typed).lower()
        works = list(known.filter(doi=doi)[:1]) if doi else []
        if not works and typed.isascii() and typed.isdecimal() and len(typed) < 19:
            works = list(known.filter(pk=typed))
        works = works or list(known.filter(title__iexact=typed)[:2])
        if len(works) != 1:
            raise ValidationError(
                "Several works have this title: type the DOI or the number in the library."
                if works
                else "The library has no such work. Add it there first."
            )
        return works[0]


def work_field() -> WorkField:
    """The source of a status."""
    return WorkField(
        label="Source", max_length=500, help_text="A work of the library: its DOI, its title, or its number there."
    )


class DecisionForm(RecordForm):
    """A status with its source and its day."""

    source = work_field()

    class Meta:
        widgets = {"decided_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def region(self) -> str:
        """The region chosen, or nothing."""
        return str(self.cleaned_data.get("region", ""))

    def clean(self) -> dict[str, Any]:
        """The day has come in the region that is chosen."""
        cleaned = super().clean()
        if region := self.region():
            today = Region(region).day(clock_now())
            if objection := policies.objection_to_day(cleaned.get("decided_on"), today=today):
                self.add_error("decided_on", ValidationError(str(objection)))
        return cleaned


class FundingForm(DecisionForm):
    """A decision of a payer."""

    payer = forms.CharField(
        max_length=100, required=False, help_text="In the US, such as Medicare. A nation has one: leave it empty."
    )

    def region(self) -> str:
        """The region of the place chosen."""
        return str(self.cleaned_data.get("place", ""))[:2]

    def clean(self) -> dict[str, Any]:
        """A nation has one body that decides; in the US a payer is named."""
        cleaned = super().clean()
        if place := cleaned.get("place"):
            cleaned["payer"] = policies.payer_of(place, cleaned.get("payer", ""))
            if objection := policies.objection_to_payer(place, cleaned["payer"]):
                self.add_error("payer", ValidationError(str(objection)))
        return cleaned


class BrandInline(RecordInline, admin.StackedInline):
    """The names a medicine is sold under."""

    model = BrandName
    formfield_overrides = TEXT_OVERRIDES
    verbose_name = "brand name"
    verbose_name_plural = "brand names"


@admin.register(Medicine)
class MedicineAdmin(VersionedAdmin):
    """Medicines, written by editors and publishers."""

    group = "Articles"
    place = 5
    readers = (Role.LEAD,)
    adders = changers = (Role.EDITOR, Role.PUBLISHER)
    form = VersionedTextForm
    formfield_overrides = TEXT_OVERRIDES
    fields = ("name", "medicine_class", "purpose")
    inlines = (BrandInline,)
    change_form_template = "admin/conditions/medicine.html"
    list_display = ("name", "brand_names", "in_the_uk", "in_the_us")
    search_fields = ("name", "brands__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Medicine]:
        """With what is known of them."""
        return (
            super()
            .get_queryset(request)
            .prefetch_related("brands", "licences__source__merged_into", "fundings__source__merged_into")
        )

    @admin.display(description="brand names")
    def brand_names(self, medicine: Medicine) -> str:
        """Every name it is sold under."""
        return ", ".join(medicine.names[1:])

    @admin.display(description="licence in the UK")
    def in_the_uk(self, medicine: Medicine) -> str:
        """What is known of its licence there."""
        return _licence(medicine, Region.GB)

    @admin.display(description="licence in the US")
    def in_the_us(self, medicine: Medicine) -> str:
        """What is known of its licence there."""
        return _licence(medicine, Region.US)

    def write(self, request: HttpRequest, form: VersionedTextForm, rows: Rows) -> Model:
        """Add or change the medicine; articles keep what they copied."""
        by, fields = person(request), form.own_values()
        if form.instance.pk is None:
            return prescribing.add_medicine(fields, by=by, brands=rows.put)
        medicine = form.as_opened()
        return prescribing.change_medicine(medicine, by=by, fields=fields, put=rows.put, remove=rows.remove)

    def panel(self, request: HttpRequest, thing: Medicine) -> dict[str, Any]:
        """What readers would be shown, what was recorded when, and where the medicine is named."""
        newest = thing.description()
        own = {"class": newest["class"], "purpose": newest["purpose"]}
        return {
            "cards": [(region, facts({**own, **newest["regions"][region]}, region)) for region in Region],
            "recorded": [
                *thing.licences.select_related("source", "recorded_by"),
                *thing.fundings.select_related("source", "recorded_by"),
            ],
            "places": places(thing),
            "may_record": self.has_change_permission(request, thing),
        }


def _licence(medicine: Medicine, region: Region) -> str:
    status = medicine.licence_in(region)
    return status.get_status_display() if status else "not recorded"


@admin.register(LicenceStatus)
class LicenceStatusAdmin(RecordAdmin):
    """What may be sold where, entered by editors and publishers and kept."""

    group = "Articles"
    place = 6
    readers = (Role.LEAD,)
    adders = (Role.EDITOR, Role.PUBLISHER)
    form = DecisionForm
    formfield_overrides = TEXT_OVERRIDES
    fields = ("medicine", "region", "status", "decided_on", "source", "note")
    list_display = ("medicine", "region", "status", "decided_on", "source", "recorded_by", "recorded_at")
    list_filter = ("region", "status")
    list_select_related = ("medicine", "source", "recorded_by")

    def write(self, request: HttpRequest, form: DecisionForm, rows: Rows) -> Model:
        """Record the status; pages that show the medicine are due for review."""
        said = dict(form.cleaned_data)
        medicine, region, status = (said.pop(name) for name in ("medicine", "region", "status"))
        return prescribing.record_licence(medicine, Region(region), status, by=person(request), **said)


@admin.register(FundingDecision)
class FundingDecisionAdmin(RecordAdmin):
    """Who pays for what, entered by editors and publishers and kept."""

    group = "Articles"
    place = 7
    readers = (Role.LEAD,)
    adders = (Role.EDITOR, Role.PUBLISHER)
    form = FundingForm
    formfield_overrides = TEXT_OVERRIDES
    fields = ("medicine", "place", "payer", "decision", "decided_on", "source", "note")
    list_display = ("medicine", "place", "payer", "decision", "decided_on", "source", "recorded_by", "recorded_at")
    list_filter = ("place", "decision")
    list_select_related = ("medicine", "source", "recorded_by")

    def write(self, request: HttpRequest, form: FundingForm, rows: Rows) -> Model:
        """Record the decision; pages that show the medicine are due for review."""
        said = dict(form.cleaned_data)
        medicine, place, decision = (said.pop(name) for name in ("medicine", "place", "decision"))
        return prescribing.record_funding(medicine, place, decision, by=person(request), **said)
