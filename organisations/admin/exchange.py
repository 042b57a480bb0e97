"""The pages beside the list of organisations: import with a preview, and export."""

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from organisations import importing, sheet

LARGEST = 1_000_000  # bytes; larger files are brought in by command
STATES = {
    "added": importing.ADDED,
    "changed": importing.CHANGED,
    "known": importing.KNOWN,
    "refused": importing.REFUSED,
}


class ImportForm(forms.Form):
    """A file, or its text when it is sent a second time."""

    file = forms.FileField(label="File", required=False, help_text="CSV in UTF-8, as “Export” writes it.")
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The bytes, whichever way they came."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        raw = file.read(LARGEST + 1) if file else cleaned.get("text", "").encode("utf-8", "surrogatepass")
        if not self.errors and not raw.strip():
            raise ValidationError({"file": "Choose a file."})
        if len(raw) > LARGEST:
            sentence = "This is larger than 1 MB. Part it, or have it imported by `manage.py import_organisations`."
            raise ValidationError({"file": sentence})
        cleaned["raw"] = raw
        return cleaned


def import_view(admin: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """First say what would be added, changed and refused, and why; propose it when that is confirmed."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    context: dict[str, Any] = {"form": form, "columns": sheet.COLUMNS}
    if request.method == "POST" and form.is_valid():
        raw, is_confirmed = form.cleaned_data["raw"], "_confirm" in request.POST
        run = importing.bring_in if is_confirmed else importing.preview
        try:
            outcomes = list(run(raw, by=person(request)))
        except sheet.UnreadableSheet as problem:
            form.add_error("file", str(problem))
        else:
            counts = Counter(outcome.state for outcome in outcomes)
            context |= {
                "outcomes": outcomes,
                "counts": {name: counts[state] for name, state in STATES.items()},
                "is_done": is_confirmed,
                "text": raw.decode("utf-8-sig"),
            }
    shared = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": "Import organisations"}
    return TemplateResponse(request, "admin/organisations/import.html", {**shared, **context})


def export_view(admin: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """Every organisation, as its editors have it."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    response = HttpResponse(importing.export(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="organisations.csv"'
    return response
