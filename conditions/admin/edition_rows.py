"""The rows of an edition's text on its page: in which order they stand, what they choose from, how they are shown."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.admin.forms import Carried
from alsinfo.admin.inlines import OwnRows, RecordInline
from conditions.admin.edition_forms import (
    CitationForm,
    DeskRowForm,
    KnownChoiceField,
    ListingForm,
    SectionForm,
)
from conditions.admin.fields import TEXT_OVERRIDES
from conditions.content.citations import uses, with_new_keys
from conditions.models import Citation, Listing, Opening, Reference, Section
from conditions.policies.texts import MARKUP_FIELDS
from organisations.models import Organisation

MOVE = "_move"
STEPS = {"up": -1, "down": 1}
LONGEST_KEY = 18  # digits of a number that every database takes


@dataclass
class _Place:
    """Where a section's row stands, counted from 1, and the place that was typed for it."""

    form: Any
    now: int | None
    typed: int | None

    @property
    def is_moved(self) -> bool:
        return self.now is None or (self.typed is not None and self.typed != self.now)


class SectionRows(OwnRows):
    """Sections in their order: what was given another place takes it, the others close up around it."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Show each section's place in the order rather than the number that is stored."""
        super().add_fields(form, index)
        if form.instance.pk in self.places and "position" in form.fields:
            form.initial["position"] = self.places[form.instance.pk]

    @property
    def places(self) -> dict[int, int]:
        """The place of each saved section, from 1."""
        return {pk: place for place, pk in enumerate(self.positions, start=1)}

    @property
    def positions(self) -> dict[int, int]:
        """The position of each saved section as it is stored, in order."""
        if not hasattr(self, "_positions"):
            self._positions = {row.pk: row.position for row in self.get_queryset()}
        return self._positions

    def save(self, commit: bool = True) -> list[Any]:
        """The rows to write: those that changed, and those whose position the order changes."""
        put = super().save(commit)
        order = self._order()
        if order is None:
            for row in put:
                row.position = self.positions.get(row.pk, row.position)
            return put
        for position, row in enumerate(order, start=1):
            row.position = position
        return [*put, *(row for row in order if row not in put and self.positions.get(row.pk) != row.position)]

    def _order(self) -> list[Section] | None:
        """The sections as they are to stand; None if each stays where it is."""
        move, _, prefix = str(self.data.get(MOVE, "")).partition(" ")
        places = [
            _Place(form, self.places.get(form.instance.pk), form.cleaned_data.get("position"))
            for form in self.forms
            if form.instance.pk or form.has_changed()
        ]
        asked = next((place.form for place in places if place.form.prefix == prefix), None) if move in STEPS else None
        if asked is None and not any(place.is_moved for place in places):
            return None
        ordered = in_order(places)
        if asked is not None:
            at = ordered.index(asked)
            ordered.insert(max(0, at + STEPS[move]), ordered.pop(at))
        return [form.instance for form in ordered if form not in self.deleted_forms]


def in_order(places: Sequence[_Place]) -> list[Any]:
    """The forms as they are to stand: those not moved in their order, each of the others at the place typed."""
    staying = sorted((place for place in places if not place.is_moved), key=lambda place: place.now or 0)
    ordered = [place.form for place in staying]
    moved = [place for place in places if place.is_moved]
    for place in sorted(moved, key=lambda place: len(places) if place.typed is None else place.typed):
        ordered.insert(len(ordered) if place.typed is None else place.typed - 1, place.form)
    return ordered


class CitationRows(OwnRows):
    """Citations: the works that were posted are read once, and each row knows how often it is cited."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give each row the works and the count."""
        super().add_fields(form, index)
        form.times_cited = self._counts().get(form.instance.key, 0)
        if "reference" in form.fields:
            form.fields["reference"].known = self._known()

    def _counts(self) -> Counter[str]:
        if not hasattr(self, "_counted"):
            bodies = [section.body for section in self.instance.sections.all()] if self.instance.pk else []
            self._counted = Counter(use.key for body in bodies for use in uses(body))
        return self._counted

    def _known(self) -> dict[str, Reference]:
        if not hasattr(self, "_read"):
            pattern = re.compile(rf"{re.escape(str(self.prefix))}-\d{{1,4}}-reference")
            posted = {value for name, value in self.data.items() if pattern.fullmatch(name)} if self.is_bound else set()
            keys = [key for key in posted if key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY]
            self._read = {str(work.pk): work for work in Reference.objects.filter(pk__in=keys)} if keys else {}
        return self._read


class ChosenOnce(OwnRows):
    """Rows that each stand for one thing: the things are read once; a saved row stays with its own."""

    chosen = ""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give each row its choices."""
        super().add_fields(form, index)
        field = form.fields.get(self.chosen)
        if field is None:
            return
        field.known = self._known()
        own = [getattr(form.instance, self.chosen)] if form.instance.pk else field.known.values()
        field.choices = [*([] if form.instance.pk else [("", "---------")]), *((body.pk, str(body)) for body in own)]

    def _known(self) -> dict[str, Any]:
        if not hasattr(self, "_read"):
            model: Any = self.model
            things = model._meta.get_field(self.chosen).related_model
            self._read = {str(thing.pk): thing for thing in things._default_manager.all()}
        return self._read


class ListingRows(ChosenOnce):
    """Listings, each of one organisation."""

    chosen = "organisation"


class DeskInline(RecordInline):
    """Rows of an edition's text, each to be opened and closed; `add` is the button that makes another,
    `elsewhere` one that saves and goes to a page where one is made."""

    form = DeskRowForm
    template = "admin/conditions/_rows.html"
    formfield_overrides = TEXT_OVERRIDES
    add = ""
    elsewhere, elsewhere_label = "_cite", "Add a work …"
    is_open = False

    @property
    def media(self) -> forms.Media:
        """None of Django's scripts: rows are added by our own."""
        return forms.Media()


class OpeningInline(DeskInline, admin.StackedInline):
    """What stands above and below the sections."""

    model = Opening
    extra = 0
    max_num = 3
    add = "Add an opening for one region"
    is_open = True
    fieldsets = (
        (None, {"fields": ("region", "title", "names", "summary", "key_points")}),
        ("Urgent help", {"fields": ("emergency", "urgent", "soon")}),
        ("At the end", {"fields": ("disclaimer",)}),
    )


class SectionInline(DeskInline, admin.StackedInline):
    """The sections."""

    model = Section
    form = SectionForm
    formset = SectionRows
    add = "Add a section"
    fieldsets = ((None, {"fields": ("heading", ("kind", "region"), "body", ("position", "key"))}),)


class CitationInline(DeskInline, admin.StackedInline):
    """The works that the text cites; new ones are chosen from the library, in `citing`."""

    model = Citation
    form = CitationForm
    formset = CitationRows
    extra = 0
    fields = ("key", "reference", "take_newest")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What can be chosen only where something can be."""
        fields = list(super().get_fields(request, obj))
        return fields if self.has_change_permission(request, obj) else ["key"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """With the library's works."""
        return super().get_queryset(request).select_related("reference")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """The work by its key: a list of the whole library would be too long for any page."""
        chosen = {"queryset": Reference.objects.all(), "form_class": KnownChoiceField, "widget": Carried()}
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, **chosen})


class ListingInline(DeskInline, admin.StackedInline):
    """The organisations shown to the readers of a region."""

    model = Listing
    form = ListingForm
    formset = ListingRows
    add = "Add an organisation"
    fieldsets = ((None, {"fields": (("organisation", "region"), "why")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Listing]:
        """With the organisations."""
        return super().get_queryset(request).select_related("organisation")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Every organisation."""
        chosen = {"queryset": Organisation.objects.all(), "form_class": KnownChoiceField}
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, **chosen})


INLINES = (OpeningInline, SectionInline, CitationInline, ListingInline)


def renamed(formsets: Sequence[Any]) -> list[Opening | Section]:
    """The rows whose text cites a work by a key that this form changes, with the new key in it."""
    by_model = {formset.model: formset for formset in formsets}
    new_keys = {
        form.initial["key"]: form.instance.key
        for form in by_model[Citation].initial_forms
        if "key" in form.changed_data and form not in by_model[Citation].deleted_forms
    }
    found = []
    for model in (Opening, Section):
        kept = [form for form in by_model[model].forms if form not in by_model[model].deleted_forms]
        for row in (form.instance for form in kept if form.instance.pk or form.has_changed()):
            texts = {name: with_new_keys(getattr(row, name), new_keys) for name in MARKUP_FIELDS[model]}
            if any(getattr(row, name) != text for name, text in texts.items()):
                vars(row).update(texts)
                found.append(row)
    return found
