"""The form of an organisation and the rows that belong to it."""

from typing import Any

from django import forms
from django.contrib import admin

from alsinfo.admin.forms import RecordForm, VersionedForm
from alsinfo.admin.inlines import RecordInline
from organisations.areas import AREAS
from organisations.forms import ContactRules, RegistrationRules
from organisations.models import CharityRegistration, Contact, Coverage, Organisation
from organisations.vocabulary import ServiceKind


class OrganisationForm(VersionedForm):
    """An organisation with the kinds of help it gives as boxes to tick."""

    help_given = forms.MultipleChoiceField(
        choices=ServiceKind, required=False, widget=forms.CheckboxSelectMultiple, label="What help it gives"
    )

    class Meta:
        model = Organisation
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "help_given" in self.fields:
            self.initial["help_given"] = [row.kind for row in self.instance.services.all()]
        if "successor" in self.fields:
            others = Organisation.objects.exclude(pk=self.instance.pk)
            self.fields["successor"].queryset = others.filter(entry__isnull=False)  # type: ignore[attr-defined]


class CoverageForm(RecordForm):
    """A region, nation or state by its name."""

    code = forms.ChoiceField(label="Area", choices=[("", "---------"), *AREAS.items()])


class CoverageInline(RecordInline, admin.StackedInline):
    """The areas an organisation covers."""

    model = Coverage
    form = CoverageForm


class ContactForm(ContactRules, RecordForm):
    """A contact."""


class ContactInline(RecordInline, admin.StackedInline):
    """The ways to reach an organisation."""

    model = Contact
    form = ContactForm
    classes = ("collapse",)
    fields = (
        ("kind", "value", "label"),
        ("hours", "time_zone"),
        ("languages", "cost", "youngest", "oldest"),
        ("note", "position"),
    )


class RegistrationForm(RegistrationRules, RecordForm):
    """A number in a public register."""


class RegistrationInline(RecordInline, admin.StackedInline):
    """An organisation's numbers in public registers."""

    model = CharityRegistration
    form = RegistrationForm
    fields = (("register", "number"),)
