"""Signing in, passwords, second factors, sessions: allauth's views, in our look and with our status codes."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as usersessions
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alsinfo.accounts import attempts, forms
from alsinfo.accounts.proving import has_second_factor

TOO_MANY = 429
RETRY_AFTER = "300"  # seconds


class RefusedForms:
    """A form that was refused is shown again with status 400."""

    request: HttpRequest

    def get_form(self, form_class: Any = None) -> Any:
        """The form, sent to this address."""
        form = super().get_form(form_class)  # type: ignore[misc]
        forms.send_to(form.helper, self.request.get_full_path())
        return form

    def form_invalid(self, form: Form) -> HttpResponse:
        """The form with its messages."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 400
        return response


class SignIn(RefusedForms, account.LoginView):
    """Sign in, and go on to where one was going."""

    form_class = forms.SignInForm


class SignInCode(mfa.AuthenticateView):
    """The second factor, after the password."""

    form_class = forms.CodeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, sent to this address."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        forms.send_to(context["form"].helper, self.request.get_full_path())
        return context

    def form_invalid(self, form: Form) -> HttpResponse:
        """The form with its messages."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 400
        return response


class SignOut(account.LogoutView):
    """Sign out; POST only."""

    http_method_names = ["post"]


class ChangePassword(LoginRequiredMixin, RefusedForms, account.PasswordChangeView):
    """Change one's own password; other devices are signed out."""

    form_class = forms.ChangePasswordForm


class ForgottenPassword(RefusedForms, account.PasswordResetView):
    """Ask for a link to set a new password; the answer is the same for every address."""

    form_class = forms.ForgottenPasswordForm


class LinkSent(account.PasswordResetDoneView):
    """What happens next, whether or not somebody has this address."""


class NewPassword(RefusedForms, account.PasswordResetFromKeyView):
    """Set a new password by the link that was mailed; unlocks the account."""

    form_class = forms.NewPasswordForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Set it."""
        response: HttpResponse = super().form_valid(form)
        attempts.forget(self.reset_user)
        return response


class PasswordIsSet(account.PasswordResetFromKeyDoneView):
    """The new password is set."""


class PasswordAgain(RefusedForms, account.ReauthenticateView):
    """The password, before something is changed that guards the account."""

    form_class = forms.PasswordAgainForm


class CodeAgain(RefusedForms, mfa.ReauthenticateView):
    """A code, before something is changed that guards the account."""

    form_class = forms.CodeAgainForm


class Factors(mfa.IndexView):
    """The second factors of one's account, and why one is needed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also whether the site asks for one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        has_one = has_second_factor(self.request.user)
        return context | {"has_one": has_one, "is_required": settings.REQUIRE_SECOND_FACTOR}


class AddApp(RefusedForms, totp.ActivateTOTPView):
    """Set up an authenticator app."""

    form_class = forms.AddAppForm


class RemoveApp(RefusedForms, totp.DeactivateTOTPView):
    """Remove the authenticator app, to set up another."""

    form_class = forms.RemoveAppForm


class RecoveryCodes(recovery_codes.ViewRecoveryCodesView):
    """The recovery codes not used yet."""


class NewRecoveryCodes(RefusedForms, recovery_codes.GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones no longer work."""

    form_class = forms.RecoveryCodesForm


class Sessions(RefusedForms, usersessions.ListUserSessionsView):
    """Where one is signed in; a POST signs out everywhere else."""

    form_class = forms.OtherSessionsForm


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose security token is no longer valid; what was typed is shown, to be copied."""
    return render(request, "accounts/stale_form.html", {"note": request.POST.get("note", "")}, status=403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many attempts from one address."""
    response = render(request, "429.html", status=TOO_MANY)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
