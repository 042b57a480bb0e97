"""The forms of signing in and of changing a password."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

WRONG = "The user name and the password do not fit together. Capitals matter in both."


def form_helper(submit: str) -> FormHelper:
    """How our forms are laid out: one button, and messages by us rather than by the browser."""
    helper = FormHelper()
    helper.attrs = {"novalidate": ""}
    helper.add_input(Submit("", submit, css_id="page-submit"))
    return helper


class SignInForm(AuthenticationForm):
    """User name and password; one answer for an unknown name, a wrong password and a closed account."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("Sign in")

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
        self.helper = form_helper("Change my password")
