"""What can be done with a reference: merge another one into it, take it out of one again."""

from typing import Any

from django import forms

from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Cleaned, Deed, Nothing, plain
from conditions.actions import merging
from conditions.models import Reference


class MergeForm(forms.Form):
    """Which work is merged into this one."""

    other = forms.ModelChoiceField(Reference.objects.standing(), widget=forms.HiddenInput)


def _merge(kept: Reference, cleaned: Cleaned, by: User) -> str:
    merged: Any = cleaned["other"]
    merging.merge_references(kept, merged, by=by)
    return f"“{merged.title}” is merged into this work. What cites it cites this work; no text was changed."


def _part(merged: Reference, cleaned: Cleaned, by: User) -> str:
    merging.part_references(merged, by=by)
    return "This work stands for itself again."


DEEDS = {"merge": Deed(plain(MergeForm), _merge), "part": Deed(plain(Nothing), _part)}
