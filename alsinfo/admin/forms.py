"""The base of the admin's forms: a refusal on top, everything typed kept."""

from typing import Any

from django import forms

from alsinfo.admin.conflicts import VERSION
from alsinfo.refusals import Refusal


class Carried(forms.HiddenInput):
    """A hidden field of the admin, whose templates print a label for every field: this one leads nowhere."""

    def id_for_label(self, id_: str | None) -> str:
        """None: a label may only name a control that is shown."""
        return ""


class RecordForm(forms.ModelForm):
    """A form whose save is an action; when the action refused, `refusal` is shown and nothing is saved."""

    refusal: Refusal | None = None

    def clean(self) -> dict[str, Any]:
        """Put the refusal on top of the form."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.refusal is not None:
            self.add_error(None, str(self.refusal))
        return cleaned


class VersionedForm(RecordForm):
    """A form that knows which version of its thing it was opened with, and marks of what that said."""

    opened_version = forms.IntegerField(widget=Carried, required=False)
    opened_marks = forms.CharField(widget=Carried, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if VERSION in self.fields:
            self.fields[VERSION].initial = self.instance.lock_version
