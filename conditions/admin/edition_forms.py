"""The forms of an edition and of the rows of its text; each fault stands at the very field."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify

from alsinfo.admin.forms import RecordForm
from conditions.admin.fields import VersionedTextForm, offer_regions
from conditions.content.library import shareable
from conditions.content.readability import Measure, measured
from conditions.models import Citation
from conditions.policies.texts import objections_to_row
from conditions.rendering import reference_line
from organisations.regions import Region

LARGEST_POSITION = 9_999


def add_objections(form: forms.ModelForm) -> None:
    """Put what readers would not see as written at the field it is in."""
    if not form.is_bound:
        return
    for name, sentences in objections_to_row(form.instance).items():
        if name in form.cleaned_data:
            form.add_error(name, [ValidationError(sentence) for sentence in sentences])


class KnownChoiceField(forms.ModelChoiceField):
    """A choice among things that the rows together have read: no row asks the database for itself."""

    known: Mapping[str, Model] = {}

    def to_python(self, value: Any) -> Any:
        """The thing with this key. Raises ValidationError for any other."""
        if value in self.empty_values:
            return None
        if found := self.known.get(str(getattr(value, "pk", value))):
            return found
        raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})


class EditionForm(VersionedTextForm):
    """What an edition says of itself."""

    class Meta:
        widgets = {"wrong_since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def full_clean(self) -> None:
        """Also check what readers would see of it."""
        super().full_clean()
        add_objections(self)


class DeskRowForm(RecordForm):
    """A row of an edition's text, shown under a summary; a row that nobody touched is taken as it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self)

    new_name = "New"
    own_template = ""  # of its fields, for rows of which there are many
    can_cite = False

    @property
    def row_title(self) -> str:
        """What the row is called while it is closed."""
        return str(self.instance) if self.instance.pk else ""

    @property
    def facts(self) -> list[str]:
        """What is said of the row while it is closed."""
        region = getattr(self.instance, "region", "")
        return [f"{Region(region).label} only" if region in Region.values else "all regions"]

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

    def _post_clean(self) -> None:
        """Django's check of the row in the database, for rows that were touched: its queries are per row."""
        if not self.instance.pk or self.has_changed():
            super()._post_clean()  # type: ignore[misc]  # not in the stubs


class SectionForm(DeskRowForm):
    """A section; a new one stands last and gets its key from its heading unless both are said."""

    new_name = "A new section"
    can_cite = True
    key = forms.SlugField(
        max_length=60,
        required=False,
        help_text="The section’s address on the page; keep it when the heading changes. Empty: from the heading.",
    )
    position = forms.IntegerField(
        min_value=1,
        max_value=LARGEST_POSITION,
        required=False,
        label="Place",
        help_text="Move it: say which place it takes. Empty: last.",
    )

    @property
    def facts(self) -> list[str]:
        """How long, how hard to read, how well sourced, for whom."""
        return [*facts_of(measured(self.instance.body)), *super().facts]

    def clean_key(self) -> str:
        """The key as typed, or the heading as an address."""
        heading = str(self.cleaned_data.get("heading", ""))
        key = str(self.cleaned_data["key"] or slugify(heading)[:60].strip("-"))
        if not key and heading:
            raise ValidationError("The heading makes no address: type one, of letters, digits and hyphens.")
        return key


class CitationForm(DeskRowForm):
    """A citation; its description is copied again on demand, or when it is of another work."""

    new_name = "A work to cite"
    own_template = "admin/conditions/_citation.html"
    take_newest = forms.BooleanField(required=False, label="Take the library’s description")
    times_cited = 0

    @property
    def facts(self) -> list[str]:
        """How often the saved text cites it, and whether the library has a newer description."""
        times = "once" if self.times_cited == 1 else f"{self.times_cited} times"
        found = [f"cited {times}" if self.times_cited else "not cited"]
        return [*found, "newer in the library"] if self.newer else found

    @property
    def newer(self) -> str:
        """The work as the library describes it, if that is not what was copied."""
        citation = self.instance
        return str(reference_line(shareable(citation.reference.description))) if is_outdated(citation) else ""

    @property
    def row_title(self) -> str:
        """The key and the work."""
        citation = self.instance
        return f"[@{citation.key}] {reference_line(citation.description)}" if citation.pk else ""

    def save(self, commit: bool = True) -> Any:
        """The citation, without its description where the action is to copy it anew."""
        if self.cleaned_data.get("take_newest") or "reference" in self.changed_data:
            self.instance.description = {}
        return super().save(commit)


class ListingForm(DeskRowForm):
    """An organisation shown to the readers of a region."""

    new_name = "Another organisation"

    @property
    def row_title(self) -> str:
        """The organisation."""
        return str(self.instance.organisation) if self.instance.pk else ""


def facts_of(measure: Measure) -> list[str]:
    """A measure in words."""
    if not measure.words:
        return ["empty"]
    cited = "1 citation" if measure.citations == 1 else f"{measure.citations} citations"
    return [f"{measure.words:,} word{'' if measure.words == 1 else 's'}", f"grade {measure.grade}", cited]


def is_outdated(citation: Citation) -> bool:
    """Whether the library describes the work otherwise by now."""
    return bool(citation.pk) and citation.description != shareable(citation.reference.description)
