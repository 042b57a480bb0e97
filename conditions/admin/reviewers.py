"""Reviewers, their registrations, and what leads saw in the registers."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Invitation, Role, User
from alsinfo.admin.forms import RecordForm
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, Rows
from conditions.actions import cataloguing, credentials
from conditions.models import CredentialCheck, Registration, Reviewer
from conditions.policies import cataloguing as policies
from conditions.vocabulary import CheckResult, Register
from organisations.regions import Region

OWN_FIELDS = ("slug", "printed_name", "post_nominals", "role_title", "is_active")


@admin.register(Reviewer)
class ReviewerAdmin(RecordAdmin):
    """Reviewers, described by leads; who asks or publishes reads who they are."""

    group = "Review"
    place = 2
    readers = (Role.EDITOR, Role.PUBLISHER)
    adders = changers = (Role.LEAD,)
    list_display = ("printed_name", "post_nominals", "role_title", "may_sign_for", "last_checks", "is_active")
    list_filter = ("is_active",)
    search_fields = ("printed_name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reviewer]:
        """With their registrations."""
        return super().get_queryset(request).select_related("user").prefetch_related("registrations__checks")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Whose account it is, is said once."""
        return ["user", *OWN_FIELDS] if obj is None else ["user", *OWN_FIELDS, "may_sign_for", "last_checks"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The account stays."""
        return [] if obj is None else ["user", "may_sign_for", "last_checks"]

    @admin.display(description="registered in")
    def may_sign_for(self, reviewer: Reviewer) -> str:
        """The regions in whose registers the reviewer is entered."""
        return ", ".join(sorted({Region(row.region).label for row in reviewer.registrations.all()}))

    @admin.display(description="last checks")
    def last_checks(self, reviewer: Reviewer) -> str:
        """What a lead last saw of each registration."""
        rows = [(row, next(iter(row.checks.all()), None)) for row in reviewer.registrations.all()]
        return "; ".join(in_words(check) if check else f"{row}: not checked" for row, check in rows)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """People who are not reviewers yet: those who work here and those who are invited."""
        is_here_or_awaited = Q(is_active=True) | Q(pk__in=Invitation.objects.waiting().values("user"))
        people = User.objects.filter(is_here_or_awaited, reviewer=None)
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, "queryset": people})

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Add or change the reviewer."""
        fields = {name: form.cleaned_data[name] for name in OWN_FIELDS}
        if form.instance.pk is None:
            return cataloguing.add_reviewer(form.cleaned_data["user"], by=person(request), fields=fields)
        return cataloguing.change_reviewer(form.instance, by=person(request), fields=fields)


def in_words(check: CredentialCheck) -> str:
    """A check with the day it ends."""
    until = f", valid until {check.valid_until:%-d %B %Y}" if check.result == CheckResult.LICENSED else ""
    return f"{check}{until}"


class RegistrationForm(RecordForm):
    """An entry in a register."""

    def clean(self) -> dict[str, Any]:
        """The number has its register's shape; an NPI comes with a licence."""
        cleaned = super().clean()
        register, number = cleaned.get("register"), cleaned.get("number")
        if register and number:
            cleaned["number"] = policies.normal_number(register, number)
            if objection := policies.objection_to_number(register, cleaned["number"]):
                self.add_error("number", ValidationError(str(objection)))
        cleaned["licence_state"] = cleaned.get("licence_state", "").upper()
        if objection := policies.objection_to_licence_state(cleaned["licence_state"]):
            self.add_error("licence_state", ValidationError(str(objection)))
        if register == Register.NPI:
            for name in ("licence_state", "licence_number"):
                if not cleaned.get(name):
                    self.add_error(name, ValidationError("An NPI comes with a state licence."))
        return cleaned


@admin.register(Registration)
class RegistrationAdmin(RecordAdmin):
    """Registrations, entered by leads and kept."""

    group = "Review"
    place = 3
    adders = (Role.LEAD,)
    form = RegistrationForm
    fields = ("reviewer", "register", "number", "licence_state", "licence_number")
    list_display = ("__str__", "reviewer", "region")
    list_filter = ("region", "register")
    list_select_related = ("reviewer",)

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Add the registration."""
        fields = dict(form.cleaned_data)
        reviewer, register, number = (fields.pop(name) for name in ("reviewer", "register", "number"))
        return credentials.add_registration(reviewer, register, number, by=person(request), **fields)


class RegistrationChoice(forms.ModelChoiceField):
    """Registrations by reviewer."""

    def label_from_instance(self, obj: Any) -> str:
        """Whose it is, and what it says."""
        return f"{obj.reviewer}: {obj}"


class CheckForm(RecordForm):
    """What a lead saw in a register."""

    class Meta:
        widgets = {
            "checked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        """A check holds from the day it was made."""
        cleaned = super().clean()
        seen, until = cleaned.get("checked_on"), cleaned.get("valid_until")
        if seen and until and until < seen:
            self.add_error("valid_until", ValidationError("This is before the day of the check."))
        return cleaned


@admin.register(CredentialCheck)
class CredentialCheckAdmin(RecordAdmin):
    """Checks, entered by leads, never by oneself, and kept."""

    group = "Review"
    place = 4
    adders = (Role.LEAD,)
    form = CheckForm
    fields = ("registration", "checked_on", "result", "valid_until")
    list_display = ("registration", "reviewer", "result", "checked_on", "valid_until", "checked_by")
    list_filter = ("result",)
    list_select_related = ("registration__reviewer", "checked_by")

    @admin.display(description="reviewer")
    def reviewer(self, check: CredentialCheck) -> str:
        """Whose registration it is."""
        return str(check.registration.reviewer)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Registrations, named with their reviewers."""
        choices = {"queryset": Registration.objects.select_related("reviewer"), "form_class": RegistrationChoice}
        return super().formfield_for_foreignkey(db_field, request, **{**kwargs, **choices})

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Record the check."""
        fields = dict(form.cleaned_data)
        return credentials.record_check(fields.pop("registration"), by=person(request), **fields)
