"""Form fields that take a text as the record keeps it, and say at the field what stands in its way."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from alsinfo.admin.forms import RecordForm, VersionedForm
from conditions.content.canonical import UnusableText, normalise_text, refuse_unusable
from organisations.regions import Region

ALL_OR_ONE = [("", "All regions"), *Region.choices]


class TextField(forms.CharField):
    """A text of several lines in normal form, so that a form sent back as it was changes nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "strip": False})

    def to_python(self, value: Any) -> str:
        """The text in normal form; what cannot be kept is a fault of this field."""
        try:
            return normalise_text(super().to_python(value) or "")
        except UnusableText as problem:
            raise ValidationError(str(problem)) from problem


class LineField(forms.CharField):
    """A text of one line."""

    def to_python(self, value: Any) -> str:
        """The text; what cannot be kept is a fault of this field."""
        line = super().to_python(value) or ""
        try:
            refuse_unusable(line)
        except UnusableText as problem:
            raise ValidationError(str(problem)) from problem
        return line


TEXT_OVERRIDES: dict[type[models.Field], dict[str, Any]] = {
    models.TextField: {"form_class": TextField},
    models.SlugField: {"form_class": forms.SlugField},
    models.CharField: {"form_class": LineField},
}


def offer_regions(form: forms.BaseForm) -> None:
    """Name the empty choice of a region that may be left open."""
    if "region" in form.fields and not form.fields["region"].required:
        form.fields["region"].choices = ALL_OR_ONE  # type: ignore[attr-defined]


class FreeTextInlineForm(RecordForm):
    """A row in all regions or one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self)


class VersionedTextForm(VersionedForm):
    """A form whose thing is written by an action that takes its fields by name."""

    def own_values(self) -> dict[str, Any]:
        """The values of the model's own fields."""
        names = {field.name for field in self.instance._meta.concrete_fields}
        return {name: value for name, value in self.cleaned_data.items() if name in names}

    def as_opened(self) -> Any:
        """The thing as saved, at the version this form was opened with."""
        thing = type(self.instance)._default_manager.get(pk=self.instance.pk)
        thing.lock_version = self.cleaned_data["opened_version"]
        return thing
