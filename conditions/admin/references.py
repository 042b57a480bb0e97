"""The library of published works."""

import json
import re
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
from conditions.content.canonical import UnusableText, canonical_text
from conditions.content.references import doi_of, format_vancouver
from conditions.models import Reference

LONGEST_DESCRIPTION = 20_000
NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
EXAMPLE = (
    'For example {"type": "article-journal", "title": "…", "author": [{"family": "Brown", "given": "R. H."}], '
    '"issued": {"date-parts": [[2017]]}, "container-title": "N Engl J Med", "DOI": "10.1056/…"}'
)


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


def objection_to_description(described: Any) -> str:
    """Why this is no CSL-JSON that a page could show, or nothing."""
    if not isinstance(described, dict):
        return f"A reference is one JSON object in braces. {EXAMPLE}"
    if not isinstance(described.get("title"), str) or not described["title"].strip():
        return "The title is missing."
    if len(described["title"]) > 500:
        return "The title is longer than 500 characters."
    if not isinstance(described.get("type"), str):
        return "The type is missing, such as “article-journal”, “report” or “webpage”."
    for name in ("author", "editor"):
        people = described.get(name, [])
        if not isinstance(people, list) or not all(isinstance(each, dict) for each in people):
            return f"“{name}” is a list of objects with “family” and “given”, or “literal”."
    for name in ("issued", "accessed"):
        if name in described and not _is_date(described[name]):
            return f'“{name}” is written {{"date-parts": [[2017, 7, 13]]}}.'
    return _objection_to_text(described)


def _is_date(value: Any) -> bool:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    rows = parts if isinstance(parts, list) and parts else [None]
    return all(isinstance(row, list) and row and all(isinstance(part, int | str) for part in row) for row in rows)


def _strange_names(value: Any) -> list[str]:
    """The names in a JSON value that no variable of CSL has."""
    if isinstance(value, list):
        return [name for item in value for name in _strange_names(item)]
    if not isinstance(value, dict):
        return []
    found = [name for name in value if not NAME.fullmatch(name)]
    return found + [name for item in value.values() for name in _strange_names(item)]


def _objection_to_text(described: dict[str, Any]) -> str:
    try:
        if strange := _strange_names(described):
            return f"{strange[0][:40]!r} is not a name that CSL-JSON has: letters, digits and hyphens only."
        canonical_text(described)
        if not format_vancouver(described):
            return "Nothing of this could be shown in a list of references."
    except (UnusableText, RecursionError) as problem:
        return str(problem) or "The description is nested too deeply."
    if len(doi_of(described)) > 200:
        return "The DOI is longer than 200 characters."
    return ""


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
