"""Sign in, sign out, change the password: Django's own views in our look."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alsinfo.accounts.forms import ChangePasswordForm, SignInForm, send_to
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds

BACK_OFFICE = "/admin/"


def place_of_work(person: User) -> str:
    """Where a person begins: the desk for reviewers, else the admin for those who may enter it."""
    if person.is_staff and not holds(person, Role.REVIEWER):
        return BACK_OFFICE
    return str(settings.LOGIN_REDIRECT_URL)


class RefusedForms:
    """A form that was refused is shown again with status 400."""

    request: HttpRequest

    def get_form(self, form_class: Any = None) -> Any:
        """The form, sent to this address."""
        form = super().get_form(form_class)  # type: ignore[misc]
        send_to(form.helper, self.request.get_full_path())
        return form

    def form_invalid(self, form: Form) -> HttpResponse:
        """The form with its messages."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 400
        return response


class SignIn(RefusedForms, LoginView):
    """Sign in, and go on to where one was going."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm

    def get_default_redirect_url(self) -> str:
        """The place of work, when one was not going anywhere."""
        return place_of_work(self.request.user)  # type: ignore[arg-type]


class SignOut(LogoutView):
    """Sign out; POST only."""


class ChangePassword(RefusedForms, PasswordChangeView):
    """Change one's own password; other devices are signed out."""

    template_name = "accounts/change_password.html"
    form_class = ChangePasswordForm

    def get_success_url(self) -> str:
        """Back to work."""
        return place_of_work(self.request.user)  # type: ignore[arg-type]

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it and say so."""
        messages.success(self.request, "Your password was changed. Other devices were signed out.")
        return super().form_valid(form)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose security token is no longer valid; what was typed is shown, to be copied."""
    return render(request, "accounts/stale_form.html", {"note": request.POST.get("note", "")}, status=403)
