"""The medicines of an edition: rows whose description is copied from the library."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey
from django.db.models.query import QuerySet
from django.http import HttpRequest

from conditions.admin.edition_forms import DeskRowForm, KnownChoiceField
from conditions.admin.edition_rows import ChosenOnce, DeskInline
from conditions.content.medicine_words import facts
from conditions.models import Medicine, MedicineUse
from conditions.models.medicines import with_facts
from organisations.regions import Region


class MedicineUseForm(DeskRowForm):
    """A medicine; its description is copied again on demand, or when it is for another region."""

    new_name = "Another medicine"
    take_newest = forms.BooleanField(required=False, label="Take the library’s description")

    @property
    def facts(self) -> list[str]:
        """For whom it is, and whether the library says something else by now."""
        is_newer = self.instance.pk and self.instance.is_outdated
        return [*super().facts, *(["newer in the library"] if is_newer else [])]

    def save(self, commit: bool = True) -> Any:
        """The medicine, without what the action is to copy or to note anew."""
        if "answer" in self.changed_data:
            self.instance.answered = ""
        if self.cleaned_data.get("take_newest") or "region" in self.changed_data:
            self.instance.description = {}
        if self.cleaned_data.get("take_newest"):
            self.instance.answer = self.instance.answered = ""
        return super().save(commit)


class MedicineRows(ChosenOnce):
    """The medicines of an edition, each once for all regions or for one."""

    chosen = "medicine"


class MedicineUseInline(DeskInline, admin.StackedInline):
    """The medicines whose facts readers are shown in a table."""

    model = MedicineUse
    form = MedicineUseForm
    formset = MedicineRows
    add = "Add a medicine"
    fields = ("medicine", "region", "copied", "take_newest", "answer")
    readonly_fields = ("copied",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What can be chosen only where something can be."""
        fields = list(super().get_fields(request, obj))
        return fields if self.has_change_permission(request, obj) else ["medicine", "region", "copied", "answer"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MedicineUse]:
        """With what the library knows of them."""
        return with_facts(super().get_queryset(request))

    @admin.display(description="as readers see it")
    def copied(self, use: MedicineUse) -> str:
        """The facts as they were copied, and whether the library says something else by now."""
        if not use.pk:
            return "What the library says of it is copied when you save."
        return in_words(use) + ("\n(The library’s description differs.)" if use.is_outdated else "")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Every medicine."""
        chosen = {"queryset": Medicine.objects.all(), "form_class": KnownChoiceField}
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, **chosen})


def in_words(use: MedicineUse) -> str:
    """Every fact of a copy on a line of its own."""
    own = {name: use.description[name] for name in ("class", "purpose")}
    return "\n".join(
        f"{Region(region).label}: {fact.label}: {fact.words}"
        for region, known in use.description["regions"].items()
        for fact in facts({**own, **known}, region)
    )
