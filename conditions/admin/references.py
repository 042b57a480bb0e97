"""The library of published works."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from alsinfo.accounts.models import Role
from alsinfo.admin.permissions import person
from alsinfo.admin.records import Rows
from alsinfo.admin.versions import VersionedAdmin
from conditions.actions import cataloguing
from conditions.admin.fields import VersionedTextForm
from conditions.content.descriptions import EXAMPLE, objection_to_description
from conditions.content.references import format_vancouver
from conditions.models import Reference

LONGEST_DESCRIPTION = 20_000


class DescriptionField(forms.CharField):
    """CSL-JSON of one work as text, a mapping when cleaned."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """The description as people read it."""
        return json.dumps(value, ensure_ascii=False, indent=2) if isinstance(value, Mapping) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the description says something else."""
        try:
            return bool(json.loads(data) != initial)
        except (ValueError, RecursionError, TypeError):
            return True

    def to_python(self, value: Any) -> Any:
        """The description. Raises ValidationError with a sentence for whatever cannot be a reference."""
        text = super().to_python(value)
        if not text:
            return text
        if len(text) > LONGEST_DESCRIPTION:
            raise ValidationError(f"The description is longer than {LONGEST_DESCRIPTION:,} characters.")
        try:
            described = json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise ValidationError(f"This is not JSON: {problem}. {EXAMPLE}") from problem
        if sentence := objection_to_description(described):
            raise ValidationError(sentence)
        return described


class ReferenceForm(VersionedTextForm):
    """A work as CSL-JSON."""

    csl = DescriptionField(
        label="Description (CSL-JSON)",
        help_text=EXAMPLE,
        widget=forms.Textarea(attrs={"rows": 20, "class": "vLargeTextField code", "spellcheck": "false"}),
    )

    class Meta:
        model = Reference
        fields = ("csl",)


@admin.register(Reference)
class ReferenceAdmin(VersionedAdmin):
    """The library, written by editors and publishers."""

    group = "Articles"
    place = 4
    readers = (Role.LEAD,)
    adders = changers = (Role.EDITOR, Role.PUBLISHER)
    form = ReferenceForm
    fields = ("csl",)
    readonly_fields = ("as_listed",)
    list_display = ("title", "doi", "as_listed")
    search_fields = ("title", "doi")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The description, below what readers would see of it."""
        return [*([] if obj is None else ["as_listed"]), *super().get_fields(request, obj)]

    @admin.display(description="as readers see it")
    def as_listed(self, reference: Reference) -> str:
        """The line in a list of references."""
        return format_vancouver(reference.csl)

    def write(self, request: HttpRequest, form: ReferenceForm, rows: Rows) -> Model:
        """Add or change the work; articles keep the description they copied."""
        described = form.cleaned_data["csl"]
        if form.instance.pk is None:
            return cataloguing.add_reference(described, by=person(request))
        return cataloguing.change_reference(form.as_opened(), described, by=person(request))
