"""The forms of signing in, of passwords and of second factors: allauth's, in our words and our layout."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.usersessions.forms import ManageUserSessionsForm
from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, LayoutObject
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest

# Lets a password manager know whose password is asked for.
WHOSE_PASSWORD = HTML('<input type="text" value="{{ user.username }}" autocomplete="username" hidden readonly>')
LENGTH = "Twelve characters or more; a few words that nobody would guess are best."


def settle_fields(form: Form) -> None:
    """Let every message name its field, and leave the focus to the list of errors."""
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
        field.widget.attrs.pop("placeholder", None)
        label = str(field.label)
        field.error_messages["required"] = f"Type your {label[:1].lower()}{label[1:]}."


def form_helper(submit: str, *parts: LayoutObject | str) -> FormHelper:
    """How our forms are laid out: their parts, one button, and messages by us rather than by the browser."""
    helper = FormHelper()
    helper.attrs = {"novalidate": ""}
    button = StrictButton(submit, type="submit", css_class="btn-primary", css_id="page-submit")
    helper.layout = Layout(*parts, button)
    return helper


def send_to(helper: FormHelper, address: str) -> None:
    """Name the address a form is sent to: by itself it keeps the page's #part, and then errors get no focus."""
    helper.attrs["action"] = address


class Ours:
    """A form of allauth with our labels, help texts and button."""

    button: str
    labels: dict[str, str] = {}
    helps: dict[str, str] = {}
    before: tuple[LayoutObject, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self, Form)  # noqa: S101
        for name, field in self.fields.items():
            field.label, field.help_text = self.labels.get(name, field.label), self.helps.get(name, "")
        settle_fields(self)
        self.helper = form_helper(self.button, *self.before, *self.fields)


class SignInForm(Ours, account.LoginForm):
    """User name and password; one answer for an unknown name, a wrong password and a closed account."""

    button = "Sign in"
    labels = {"login": "User name or e-mail address", "password": "Password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}

    def clean(self) -> dict[str, Any]:
        """Say what is wrong beside the password, where it is typed again."""
        try:
            super().clean()
        except ValidationError as error:
            self.add_error("password", error)
        cleaned: dict[str, Any] = self.cleaned_data
        return cleaned


class ChangePasswordForm(Ours, account.ChangePasswordForm):
    """The old password once, the new one twice."""

    button = "Change my password"
    labels = {"oldpassword": "Present password", "password1": "New password", "password2": "New password again"}
    helps = {"password1": LENGTH}
    before = (WHOSE_PASSWORD,)


class ForgottenPasswordForm(Ours, account.ResetPasswordForm):
    """Where to send the link."""

    button = "Send me a link"
    labels = {"email": "E-mail address"}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Mail a link; to an address that nobody has, mail a sentence, so that both take the same time."""
        if self.users:
            return str(super().save(request, **kwargs))
        email = str(self.cleaned_data["email"])
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class NewPasswordForm(Ours, account.ResetPasswordKeyForm):
    """The new password, twice."""

    button = "Set my password"
    labels = {"password1": "New password", "password2": "New password again"}
    helps = {"password1": LENGTH}


class PasswordAgainForm(Ours, account.ReauthenticateForm):
    """The password, before something is changed that guards the account."""

    button = "Go on"
    labels = {"password": "Password"}
    before = (WHOSE_PASSWORD,)


CODE = {"code": "Code"}
EITHER = {"code": "The six digits your authenticator app shows now, or one of your recovery codes."}


class CodeForm(Ours, mfa.AuthenticateForm):
    """The code, after the password."""

    button, labels, helps = "Sign in", CODE, EITHER


class CodeAgainForm(Ours, mfa.ReauthenticateForm):
    """The code, before something is changed that guards the account."""

    button, labels, helps = "Go on", CODE, EITHER


class AddAppForm(Ours, ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it was set up."""

    button, labels = "Add this app", CODE
    helps = {"code": "The six digits your app shows now."}


class RemoveAppForm(Ours, DeactivateTOTPForm):
    """Only a button."""

    button = "Remove the app"


class RecoveryCodesForm(Ours, GenerateRecoveryCodesForm):
    """Only a button."""

    button = "Make new recovery codes"


class OtherSessionsForm(Ours, ManageUserSessionsForm):
    """Only a button."""

    button = "Sign out everywhere else"
