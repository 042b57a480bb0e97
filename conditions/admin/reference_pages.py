"""The pages beside the list of references: import, "where else did we say this", export."""

from collections import Counter
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from conditions.content.library import shareable
from conditions.exporting import FORMATS, exported
from conditions.importing import references
from conditions.uses import saying

LARGEST = 1_000_000  # bytes; larger files are brought in by command
SHORTEST_SEARCH = 3
STATES = {
    "added": references.ADDED,
    "completed": references.COMPLETED,
    "known": references.KNOWN,
    "refused": references.REFUSED,
}


class ImportForm(forms.Form):
    """A file, or its text."""

    file = forms.FileField(
        label="File", required=False, help_text="Its name ends with .ris, .bib, .nbib or .json (CSL-JSON). UTF-8."
    )
    text = forms.CharField(
        label="Or its text", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12, "class": "code"})
    )
    suffix = forms.ChoiceField(
        label="Format of the text",
        choices=[(".ris", "RIS"), (".bib", "BibTeX"), (".nbib", "PubMed (nbib)"), (".json", "CSL-JSON")],
    )

    def clean(self) -> dict[str, Any]:
        """The text and its format, whichever way it came."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if file := cleaned.get("file"):
            cleaned["suffix"] = PurePath(file.name).suffix.lower()
            if cleaned["suffix"] not in references.READERS:
                raise ValidationError({"file": f"Its name ends with {', '.join(references.READERS)}."})
            raw = file.read(LARGEST + 1)
        else:
            raw = cleaned["text"].encode("utf-8", "surrogatepass")
        if not raw.strip():
            raise ValidationError("Choose a file, or paste its text.")
        if len(raw) > LARGEST:
            raise ValidationError(
                "This is larger than 1 MB. Part it, or have it imported by `manage.py import_references`."
            )
        cleaned["raw"] = raw
        return cleaned


def import_view(admin: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """First say what would be added, completed and refused, and why; add it when that is confirmed."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        raw, suffix = form.cleaned_data["raw"], form.cleaned_data["suffix"]
        is_confirmed = "_confirm" in request.POST
        run = references.bring_in_text if is_confirmed else references.preview_text
        outcomes = list(run(raw, suffix, by=person(request)))
        counts = Counter(outcome.state for outcome in outcomes)
        text = raw.decode("utf-8", "replace")
        context |= {
            "outcomes": outcomes,
            "counts": {name: counts[state] for name, state in STATES.items()},
            "is_done": is_confirmed,
            "again": ImportForm(initial={"text": text, "suffix": suffix}),
            "is_whole": text.encode("utf-8", "surrogatepass") == raw,
        }
    return _page(admin, request, "admin/conditions/reference_import.html", "Import references", context)


def said_view(admin: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """The sections, live and being written, in which a text stands."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    words = " ".join(request.GET.get("q", "")[:200].split())
    is_short = 0 < len(words) < SHORTEST_SEARCH
    passages = saying(words) if words and not is_short else []
    context = {"words": words, "is_short": is_short, "passages": passages}
    return _page(admin, request, "admin/conditions/said.html", "Where else did we say this?", context)


def export_view(admin: RecordAdmin, request: HttpRequest, object_id: str, suffix: str) -> HttpResponse:
    """One work as a file."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    reference: Any = admin.get_object(request, object_id)
    if reference is None or suffix not in FORMATS:
        raise Http404
    response = HttpResponse(exported([shareable(reference.csl)], suffix), content_type=FORMATS[suffix].media_type)
    response["Content-Disposition"] = f'attachment; filename="reference-{reference.pk}.{suffix}"'
    return response


def _page(
    admin: RecordAdmin, request: HttpRequest, template: str, title: str, context: dict[str, Any]
) -> TemplateResponse:
    shared = {**admin.admin_site.each_context(request), "opts": admin.opts, "title": title}
    return TemplateResponse(request, template, {**shared, **context})
