"""The forms of signing in and of changing a password."""

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, LayoutObject
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.forms import Form

WRONG = "The user name and the password do not fit together. Capitals matter in both."


# Lets a password manager know whose password is asked for.
WHOSE_PASSWORD = HTML('<input type="text" value="{{ user.username }}" autocomplete="username" hidden readonly>')


def settle_fields(form: Form) -> None:
    """Let every message name its field, and leave the focus to the list of errors."""
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
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


class SignInForm(AuthenticationForm):
    """User name and password; one answer for an unknown name, a wrong password and a closed account."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        settle_fields(self)
        self.helper = form_helper("Sign in", *self.fields)

    def clean(self) -> dict[str, Any]:
        """Say what is wrong beside the password, where it is typed again."""
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", error)
        return self.cleaned_data


class ChangePasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password2"].label = "New password again"
        settle_fields(self)
        self.helper = form_helper("Change my password", WHOSE_PASSWORD, *self.fields)
