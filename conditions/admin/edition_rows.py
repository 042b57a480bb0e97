"""The form of an edition and of the rows of its text; each fault stands at the very field."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.db.models.query import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from alsinfo.admin.forms import RecordForm
from alsinfo.admin.inlines import OwnRows, RecordInline
from conditions.admin.fields import TEXT_OVERRIDES, VersionedTextForm, offer_regions
from conditions.content.references import format_vancouver
from conditions.models import Citation, Listing, Opening, Reference, Section
from conditions.policies.texts import objections_to_row
from organisations.models import Organisation

LARGEST_POSITION = 9_999


def add_objections(form: forms.ModelForm) -> None:
    """Put what readers would not see as written at the field it is in."""
    if not form.is_bound:
        return
    for name, sentences in objections_to_row(form.instance).items():
        if name in form.cleaned_data:
            form.add_error(name, [ValidationError(sentence) for sentence in sentences])


class EditionForm(VersionedTextForm):
    """What an edition says of itself."""

    def full_clean(self) -> None:
        """Also check what readers would see of it."""
        super().full_clean()
        add_objections(self)


class DeskRowForm(RecordForm):
    """A row of an edition's text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self)

    def clean_region(self) -> str:
        """A region that the edition is not written for is taken only where it stood before."""
        region = str(self.cleaned_data["region"])
        covered = self.instance.edition.regions.split(",")
        if region and region not in covered and "region" in self.changed_data:
            raise ValidationError("This edition is not written for that region.")
        return region

    def full_clean(self) -> None:
        """Also check what readers would see of it."""
        super().full_clean()
        add_objections(self)


class SectionForm(DeskRowForm):
    """A section."""

    position = forms.IntegerField(min_value=0, max_value=LARGEST_POSITION, help_text="Sections stand in this order.")


class CitationForm(DeskRowForm):
    """A citation; its description is copied again on demand, or when it is of another work."""

    take_newest = forms.BooleanField(required=False, label="Take the library’s description")

    def save(self, commit: bool = True) -> Any:
        """The citation, without its description where the action is to copy it anew."""
        if self.cleaned_data.get("take_newest") or "reference" in self.changed_data:
            self.instance.description = {}
        return super().save(commit)


class SharedChoices(OwnRows):
    """Rows that choose from the same list: it is read once, however many rows there are."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give each row the same list of choices."""
        super().add_fields(form, index)
        for name, choices in self._choices().items():
            if name in form.fields:
                form.fields[name].choices = choices

    def _choices(self) -> dict[str, list[Any]]:
        if not hasattr(self, "_read"):
            fields = self.form.base_fields.items()
            self._read: dict[str, list[Any]] = {
                name: list(field.iterator(field)) for name, field in fields if isinstance(field, ModelChoiceField)
            }
        return self._read


class DeskInline(RecordInline):
    """Rows of an edition's text."""

    form = DeskRowForm
    formfield_overrides = TEXT_OVERRIDES


class OpeningInline(DeskInline, admin.StackedInline):
    """What stands above and below the sections."""

    model = Opening
    extra = 0
    max_num = 3
    fieldsets = (
        (None, {"fields": ("region", "title", "names", "summary", "key_points")}),
        ("Urgent help", {"fields": ("emergency", "urgent", "soon")}),
        ("At the end", {"fields": ("disclaimer",)}),
    )


class SectionInline(DeskInline, admin.StackedInline):
    """The sections."""

    model = Section
    form = SectionForm
    fieldsets = ((None, {"fields": (("heading", "region"), ("kind", "key", "position"), "body")}),)


class CitationInline(DeskInline, admin.TabularInline):
    """The works that the text cites."""

    model = Citation
    form = CitationForm
    formset = SharedChoices
    fields = ("key", "reference", "copied", "take_newest")
    readonly_fields = ("copied",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The choice of the newest description only where something can be chosen."""
        fields = list(super().get_fields(request, obj))
        return fields if self.has_change_permission(request, obj) else fields[:-1]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """With the library's works."""
        return super().get_queryset(request).select_related("reference")

    @admin.display(description="as readers see it")
    def copied(self, citation: Citation) -> str:
        """The description as it was copied, and whether the library has another by now."""
        if not citation.pk:
            return ""
        newer = citation.description != citation.reference.description
        return format_vancouver(citation.description) + (" (The library’s description differs.)" if newer else "")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Every work of the library."""
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, "queryset": Reference.objects.all()})


class ListingInline(DeskInline, admin.TabularInline):
    """The organisations shown to the readers of a region."""

    model = Listing
    formset = SharedChoices
    fields = ("organisation", "region", "why")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Listing]:
        """With the organisations."""
        return super().get_queryset(request).select_related("organisation")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Every organisation."""
        bodies = Organisation.objects.all()
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, "queryset": bodies})


INLINES = (OpeningInline, SectionInline, CitationInline, ListingInline)
