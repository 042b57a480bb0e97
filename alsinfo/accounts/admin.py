"""People: administrators add them, give them roles, close accounts. No password is shown, no flag of power set."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.db.models import Model
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts import people, resetting
from alsinfo.accounts.models import Role, RoleGrant, User
from alsinfo.admin.buttons import Button, Cleaned, Deed, Nothing, plain
from alsinfo.admin.forms import RecordForm
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, Rows


class NewPersonForm(RecordForm):
    """A new person with a first password, which they change themselves."""

    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Twelve characters or more. Tell it to the person, who changes it after signing in.",
    )

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "is_staff")

    def clean_password(self) -> str:
        """Refuse a password that is easy to guess."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.instance)
        return password


class RoleForm(forms.Form):
    """Which role to give or to take."""

    role = forms.ChoiceField(choices=Role.choices)


class WaitingRoleForm(forms.Form):
    """The role that was read on this page."""

    role = forms.ChoiceField(choices=Role.choices, widget=forms.HiddenInput)


class EraseForm(forms.Form):
    """What stays is read before anything is erased."""

    is_understood = forms.BooleanField(label=people.KEPT)


def _act(function: Any, sentence: str) -> Any:
    def act(user: User, cleaned: Cleaned, by: User) -> str:
        function(user, *([Role(cleaned["role"])] if "role" in cleaned else []), by=by)
        return sentence

    return act


@admin.register(User)
class PersonAdmin(RecordAdmin):
    """People, read by administrators and changed through `people`."""

    group = "People"
    place = 1
    adders = changers = (Role.ADMINISTRATOR,)
    list_display = ("username", "full_name", "email", "held", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "full_name", "email")
    deeds = {
        "give-role": Deed(plain(RoleForm), _act(people.give_role, "The role waits for a second administrator.")),
        "confirm-role": Deed(plain(WaitingRoleForm), _act(people.confirm_role, "The role is held from now on.")),
        "take-role": Deed(plain(RoleForm), _act(people.take_role, "The role was taken away.")),
        "deactivate": Deed(plain(Nothing), _act(people.deactivate, "The account is closed.")),
        "activate": Deed(plain(Nothing), _act(people.activate, "The account is open again.")),
        "erase": Deed(plain(EraseForm), _act(people.erase, "The personal data of the account are gone.")),
        "reset-password": Deed(plain(Nothing), _act(resetting.reset_password, "A link went to the person's address.")),
        "reset-second-factor": Deed(plain(Nothing), _act(resetting.reset_second_factor, "The app was removed.")),
        "unlock": Deed(plain(Nothing), _act(resetting.unlock, "The person can try again.")),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With their roles."""
        return super().get_queryset(request).prefetch_related("role_grants")

    @admin.display(description="roles")
    def held(self, user: User) -> str:
        """The roles in words."""
        return ", ".join(
            grant.get_role_display() if grant.confirmed_at else f"{grant.get_role_display()} (not confirmed)"
            for grant in user.role_grants.all()
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not for accounts with the superuser flag."""
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_superuser)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """A new person has a user name and a password; both are no longer changed here."""
        if obj is None:
            return ["username", "password", "full_name", "email", "is_staff"]
        return ["username", "full_name", "email", "is_staff", "is_active", "held", "joined_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who somebody is, and whether the account is open, is not typed over."""
        return [] if obj is None else ["username", "is_active", "held", "joined_at"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Another form for a new person."""
        if obj is None:
            kwargs["form"] = NewPersonForm
        return super().get_form(request, obj, change, **kwargs)

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Add or change the person."""
        fields = dict(form.cleaned_data)
        if form.instance.pk is None:
            return people.add(fields.pop("username"), fields.pop("password"), by=person(request), fields=fields)
        return people.change(form.instance, by=person(request), fields=fields)

    def panel(self, request: HttpRequest, thing: User) -> dict[str, Any]:
        """The buttons for roles and for closing the account."""
        objection = people.objection_to_empower(thing, by=person(request))
        grants = thing.role_grants.select_related("user", "granted_by")
        buttons = [self.confirm_button(grant, person(request)) for grant in grants if grant.confirmed_at is None]
        buttons.append(self.button("give-role", "Give a role", thing, objection))
        if grants:
            buttons.append(self.button("take-role", "Take a role away", thing, objection))
        if thing.is_active:
            buttons.append(self.button("deactivate", "Close the account", thing, objection, is_grave=True))
        else:
            buttons.append(self.button("activate", "Open the account again", thing, objection))
            buttons.append(self.button("erase", "Erase personal data", thing, objection, is_grave=True))
        buttons.append(self.button("reset-password", "Send a link for a new password", thing, objection, is_grave=True))
        buttons.append(self.button("reset-second-factor", "Remove the second factor", thing, objection, is_grave=True))
        buttons.append(self.button("unlock", "Unlock after wrong passwords", thing, objection))
        return {"buttons": buttons}

    def confirm_button(self, grant: RoleGrant, by: User) -> Button:
        """The button for a role that waits for a second administrator."""
        label = f"Confirm: {grant.get_role_display()}, given by {grant.granted_by}"
        objection = people.objection_to_confirm(grant, by=by)
        return self.button("confirm-role", label, grant.user, objection, initial={"role": grant.role})
