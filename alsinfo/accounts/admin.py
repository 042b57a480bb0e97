"""People: administrators invite them, give them roles, close accounts. No password is shown, no flag of power set."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.query import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from alsinfo.accounts import inviting, people, resetting
from alsinfo.accounts.models import Role, RoleGrant, User
from alsinfo.admin.buttons import Button, Cleaned, Deed, Nothing, plain
from alsinfo.admin.forms import RecordForm
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, Rows, page_of
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal


class InvitationForm(RecordForm):
    """Who is invited, to do what; the person sets the first password."""

    roles = forms.MultipleChoiceField(
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="A second administrator confirms each role.",
        error_messages={"required": inviting.NoRole.sentence},
    )

    class Meta:
        model = User
        fields = ("full_name", "email", "username")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("full_name", "email"):
            self.fields[name].required = True
        self.fields["email"].label = "E-mail address"
        self.fields["full_name"].help_text = "As it is shown to the people they work with."
        self.fields["email"].help_text = f"A link goes there; it works once, for {inviting.VALID.days} days."

    def clean_email(self) -> str:
        """An address of one's own."""
        address = str(self.cleaned_data["email"])
        if objection := inviting.objection_to_address(address):
            raise ValidationError(str(objection))
        return address


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
    list_display = ("username", "full_name", "email", "held", "standing")
    list_filter = ("is_active", "is_staff")
    search_fields = ("username", "full_name", "email")
    deeds = {
        "invite-again": Deed(plain(Nothing), _act(inviting.send_again, "Another invitation is on its way.")),
        "revoke-invitation": Deed(plain(Nothing), _act(inviting.revoke, "The invitation no longer works.")),
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
        """With their roles and invitations."""
        return super().get_queryset(request).prefetch_related("role_grants", "invitations")

    @admin.display(description="roles")
    def held(self, user: User) -> str:
        """The roles in words."""
        return ", ".join(
            grant.get_role_display() if grant.confirmed_at else f"{grant.get_role_display()} (not confirmed)"
            for grant in user.role_grants.all()
        )

    @admin.display(description="account")
    def standing(self, user: User) -> str:
        """Open, invited, closed."""
        return inviting.standing(user, clock_now())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not for accounts with the superuser flag."""
        return super().has_change_permission(request, obj) and not (obj is not None and obj.is_superuser)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Who is invited is asked what for; the user name is no longer changed later."""
        if obj is None:
            return ["full_name", "email", "username", "roles"]
        return ["username", "full_name", "email", "is_staff", "standing", "held", "joined_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Who somebody is, and whether the account is open, is not typed over."""
        return [] if obj is None else ["username", "standing", "held", "joined_at"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Another form for a new person."""
        if obj is None:
            kwargs["form"] = InvitationForm
        return super().get_form(request, obj, change, **kwargs)

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Invite or change the person."""
        fields = dict(form.cleaned_data)
        if form.instance.pk is not None:
            return people.change(form.instance, by=person(request), fields=fields)
        roles = [Role(role) for role in fields.pop("roles")]
        return inviting.invite(fields.pop("username"), by=person(request), fields=fields, roles=roles)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A page that says what it does, with one button."""
        once = {"title": "Invite a person", "show_save_and_add_another": False, "show_save_and_continue": False}
        return super().add_view(request, form_url, {**(extra_context or {}), **once})

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """To the page of the person, where the invitation can be sent again."""
        messages.success(request, f"An invitation is on its way to {obj.email}.")
        return HttpResponseRedirect(page_of(obj))

    def panel(self, request: HttpRequest, thing: User) -> dict[str, Any]:
        """The buttons for roles, for an invitation, and for the account."""
        objection = people.objection_to_empower(thing, by=person(request))
        grants = thing.role_grants.select_related("user", "granted_by")
        buttons = [self.confirm_button(grant, person(request)) for grant in grants if grant.confirmed_at is None]
        buttons.append(self.button("give-role", "Give a role", thing, objection))
        if grants:
            buttons.append(self.button("take-role", "Take a role away", thing, objection))
        of_account = self.invitation_buttons if people.is_awaited(thing) else self.account_buttons
        return {"buttons": [*buttons, *of_account(thing, objection)]}

    def invitation_buttons(self, thing: User, objection: Refusal | None) -> list[Button]:
        """For somebody who has not come."""
        buttons = [self.button("invite-again", "Send the invitation again", thing, objection)]
        if thing.invitations.waiting().exists():
            buttons.append(self.button("revoke-invitation", "Revoke the invitation", thing, objection, is_grave=True))
        return [*buttons, self.button("erase", "Erase personal data", thing, objection, is_grave=True)]

    def account_buttons(self, thing: User, objection: Refusal | None) -> list[Button]:
        """For somebody who has come."""
        if thing.is_active:
            opening = [self.button("deactivate", "Close the account", thing, objection, is_grave=True)]
        else:
            opening = [
                self.button("activate", "Open the account again", thing, objection),
                self.button("erase", "Erase personal data", thing, objection, is_grave=True),
            ]
        return [
            *opening,
            self.button("reset-password", "Send a link for a new password", thing, objection, is_grave=True),
            self.button("reset-second-factor", "Remove the second factor", thing, objection, is_grave=True),
            self.button("unlock", "Unlock after wrong passwords", thing, objection),
        ]

    def confirm_button(self, grant: RoleGrant, by: User) -> Button:
        """The button for a role that waits for a second administrator."""
        label = f"Confirm: {grant.get_role_display()}, given by {grant.granted_by}"
        objection = people.objection_to_confirm(grant, by=by)
        return self.button("confirm-role", label, grant.user, objection, initial={"role": grant.role})
