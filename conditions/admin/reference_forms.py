"""The form of a reference: a field for each variable that people use, JSON for the rest."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from conditions.admin.fields import LineField, TextField, VersionedTextForm
from conditions.content import typed
from conditions.content.descriptions import objection_to_description
from conditions.models import Reference
from conditions.vocabulary import Access, EvidenceKind, WorkKind

LONGEST_REST = 20_000
NOT_SAID = ("", "Not said")
AUTHORS = "One on a line: “Brown, R. H.”, or “Brown, R. H., Jr”; without a comma it is an organisation."


class RestField(forms.CharField):
    """The rare variables as JSON text, a mapping when cleaned."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """The variables as people read them; nothing where there are none."""
        return rest_text(value) if isinstance(value, Mapping) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the variables say something else."""
        try:
            return bool(json.loads(data or "{}") != (initial or {}))
        except (ValueError, RecursionError, TypeError):
            return True

    def to_python(self, value: Any) -> Any:
        """The variables. Raises ValidationError with a sentence for whatever cannot be some."""
        text = super().to_python(value) or "{}"
        if len(text) > LONGEST_REST:
            raise ValidationError(f"This is longer than {LONGEST_REST:,} characters.")
        try:
            rest = json.loads(text)
        except (ValueError, RecursionError) as problem:
            raise ValidationError(f"This is not JSON: {problem}. For example {{“note”: “…”}}") from problem
        if not isinstance(rest, dict):
            raise ValidationError("This is one JSON object in braces, or nothing.")
        if known := sorted(typed.COVERED & rest.keys()):
            raise ValidationError(f"“{known[0]}” has a field of its own above, or is kept by itself.")
        return rest


def rest_text(rest: Mapping[str, Any]) -> str:
    """The rare variables as they are written in the form."""
    return json.dumps(rest, ensure_ascii=False, indent=2) if rest else ""


def line(label: str, help_text: str = "", longest: int = 300) -> LineField:
    """A field of one line that may stay empty."""
    return LineField(label=label, required=False, help_text=help_text, max_length=longest, widget=WIDE)


def people(label: str) -> TextField:
    """A field of names, one on a line."""
    return TextField(label=label, required=False, help_text=AUTHORS, widget=forms.Textarea(attrs={"rows": 3}))


WIDE = forms.TextInput(attrs={"class": "vTextField"})


class ReferenceForm(VersionedTextForm):
    """A work by its fields."""

    kind = forms.ChoiceField(label="What it is", choices=WorkKind.choices)
    title = line("Title", longest=500)
    author = people("Authors")
    container_title = line("Journal, book or site", "The name in full.")
    container_title_short = line("Journal, abbreviated", "As in PubMed: N Engl J Med.")
    issued = line("Published", "2017, 2017-07 or 2017-07-13.")
    volume = line("Volume")
    issue = line("Issue", "Suppl 2 for a supplement.")
    page = line("Pages", "162-172, or the number of the article.")
    status = forms.ChoiceField(
        label="Stage", required=False, choices=[("", "Published"), ("in press", "Accepted, not published yet")]
    )
    editor = people("Editors")
    edition = line("Edition", "4, for the fourth.")
    publisher = line("Publisher")
    publisher_place = line("Place")
    genre = line("Series", "NICE guideline, Technical report.")
    number = line("Number", "Of the guideline or report; of a trial, NCT02623699.")
    doi = line("DOI", "Bare or as an address.")
    pmid = line("PMID")
    pmcid = line("PMCID")
    isbn = line("ISBN")
    issn = line("ISSN")
    url = line("Web address", longest=2000)
    accessed = line("Seen there on", "2026-01-03. A page on the web may change.")
    language = line("Language", "en, de, fr.", longest=35)
    evidence = forms.ChoiceField(
        label="Kind of evidence", required=False, choices=[NOT_SAID, *EvidenceKind.choices], help_text="Readers see it."
    )
    access = forms.ChoiceField(label="Free to read", required=False, choices=[NOT_SAID, *Access.choices])
    rest = RestField(
        label="Other variables (CSL-JSON)",
        required=False,
        help_text="Whatever no field above is for, such as {“note”: “…”}.",
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField code", "spellcheck": "false"}),
    )

    class Meta:
        model = Reference
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(typed.fields_of(self.instance.csl), rest=typed.rest_of(self.instance.csl))

    def _get_validation_exclusions(self) -> set[str]:
        """Every column: they follow from the description, and the action says in words which number is taken."""
        return {field.name for field in self.instance._meta.fields}

    @property
    def before(self) -> dict[str, Any]:
        """The description as it was stored."""
        return dict(self.instance.csl) if self.instance.pk else {}

    def clean(self) -> dict[str, Any]:
        """Put each fault at its field; what nobody touched is not found fault with."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        shown = typed.fields_of(self.before)
        touched = {name: cleaned[name] for name in shown if name in ("kind", "number") or cleaned[name] != shown[name]}
        for name, sentence in typed.faults(touched).items():
            self.add_error(name, sentence)
        if not cleaned["title"]:
            self.add_error("title", "The title is missing.")
        if not self.errors and (sentence := objection_to_description(self.described())):
            self.add_error(None, sentence)
        return cleaned

    def described(self) -> dict[str, Any]:
        """The description that the fields say."""
        names = typed.fields_of(self.before)
        written = {name: self.cleaned_data[name] for name in names}
        return typed.description_of(written, self.cleaned_data["rest"], self.before)


WHAT = ("kind", "title", "author")
WHERE = {
    "article": ("container_title", "container_title_short", "issued", "volume", "issue", "page", "status"),
    "book": ("editor", "edition", "volume", "publisher", "publisher_place", "issued", "status"),
    "chapter": ("editor", "container_title", "edition", "volume", "page", "publisher", "publisher_place", "issued"),
    "guideline": ("genre", "number", "publisher", "publisher_place", "issued"),
    "report": ("genre", "number", "publisher", "publisher_place", "issued"),
    "webpage": ("container_title", "publisher", "issued"),
    "trial": ("number", "issued"),
}
FOUND = {
    "article": ("doi", "pmid", "pmcid", "issn", "url", "accessed"),
    "book": ("isbn", "doi", "url", "accessed"),
    "chapter": ("isbn", "doi", "pmid", "url", "accessed"),
}
EVIDENCE = ("evidence", "access", "language")
FIRST_FOUND = ("doi", "url", "accessed")


def fieldsets(kind: str, initial: Mapping[str, Any]) -> list[tuple[str | None, dict[str, Any]]]:
    """The fields that a kind of work has or that say something; the others are there, folded away."""
    where, found = WHERE.get(kind), FOUND.get(kind, FIRST_FOUND)
    every = [name for name in ReferenceForm.base_fields if name not in (*WHAT, *EVIDENCE, "rest", "opened_version")]
    numbers = [name for name in every if name in ("doi", "pmid", "pmcid", "isbn", "issn", "url", "accessed")]
    places = [name for name in every if name not in numbers]
    shown = {name for name in every if initial.get(name) or where is None or name in (*where, *found)}
    folded = [name for name in every if name not in shown]
    sets: list[tuple[str | None, dict[str, Any]]] = [
        (None, {"fields": WHAT}),
        ("Where and when it came out", {"fields": [name for name in places if name in shown]}),
        ("Where it is found", {"fields": [name for name in numbers if name in shown]}),
        ("For the editors", {"fields": EVIDENCE}),
        ("Fields of other kinds of work", {"fields": [*folded, "rest"], "classes": ["collapse"]}),
    ]
    return sets
