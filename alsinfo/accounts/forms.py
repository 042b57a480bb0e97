"""The forms of signing in, of passwords and of second factors: allauth's, in our words and our layout."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from allauth.usersessions.forms import ManageUserSessionsForm
from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest

from alsinfo.accounts import passkeys

# Lets a password manager know whose password is asked for.
WHOSE_PASSWORD = HTML('<input type="text" value="{{ user.username }}" autocomplete="username" hidden readonly>')
NO_PASSKEY = "No passkey was used: that needs JavaScript and a browser that knows passkeys."
LONGEST_NAME = 60  # characters
WHOSE_FIRST_PASSWORD = HTML(
    '<input type="text" value="{{ invitation.user.username }}" autocomplete="username" hidden readonly>'
)
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


class FirstPasswordForm(NewPasswordForm):
    """The first password, twice."""

    button = "Set my password and go on"
    labels = {"password1": "Password", "password2": "Password again"}
    before = (WHOSE_FIRST_PASSWORD,)


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


class PasskeyField(forms.CharField):
    """What a passkey said when it was asked for by `views.passkey_challenge`: a `passkeys.Answer`, or None.

    Reading it closes the challenge that is open in the session of the request.
    """

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, strip=False)

    def clean(self, value: Any) -> passkeys.Answer | None:
        """The answer, right or wrong; None where no passkey was used."""
        return passkeys.take(context.request, str(value)) if value else None


class CredentialField(forms.CharField):
    """What a passkey said in a form of allauth, which keeps the challenge itself."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        """The JSON that was sent. Raises `ValidationError` where it is none."""
        sent = passkeys.read(super().clean(value))
        if not isinstance(sent, dict):
            raise ValidationError(passkeys.WRONG)
        return sent


class WithPasskey(Ours):
    """A form that a passkey answers; its button asks for one, so it does nothing without the script."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self, Form)  # noqa: S101
        self.fields["credential"].error_messages["required"] = NO_PASSKEY
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        shown = [name for name in self.fields if name != "credential"]
        self.helper.layout = Layout(*shown, HTML('{% include "accounts/_passkey_form.html" %}'))


class PasskeyForm(WithPasskey, webauthn.AuthenticateWebAuthnForm):
    """A passkey, after the password."""

    credential = CredentialField()
    button = "Use a passkey"

    def clean_credential(self) -> Any:
        """The passkey that answered; a wrong answer counts like a wrong code."""
        with passkeys.plainly():
            return super().clean_credential()


class PasskeyAgainForm(PasskeyForm):
    """A passkey, before something is changed that guards the account."""

    reauthenticated = True


class AddPasskeyForm(WithPasskey, webauthn.AddWebAuthnForm):
    """A name for a new passkey; the button makes it."""

    name = forms.CharField(required=False, max_length=LONGEST_NAME)
    credential = CredentialField()
    button, labels = "Make a passkey", {"name": "Name"}
    helps = {"name": "Such as “my phone”, so that you can tell your passkeys apart."}

    def clean(self) -> dict[str, Any]:
        """Keep only what is needed of the passkey; what is wrong with it stands beside its button."""
        cleaned: dict[str, Any] = self.cleaned_data
        if self.errors:
            return cleaned
        try:
            with passkeys.plainly():
                super().clean()
                cleaned["credential"] = passkeys.essence(cleaned["credential"])
        except ValidationError as problem:
            self.add_error("credential", problem)
        return cleaned


class RenamePasskeyForm(Ours, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(max_length=LONGEST_NAME)
    button, labels = "Save the name", {"name": "Name"}


class RemovePasskeyForm(Ours, Form):
    """Only a button."""

    button = "Remove this passkey"
