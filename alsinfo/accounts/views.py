"""Signing in, passwords, second factors, sessions: allauth's views, in our look and with our status codes."""

import json
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alsinfo.accounts import attempts, forms, passkeys
from alsinfo.accounts.adapter import BACK_OFFICE
from alsinfo.accounts.keeping import is_own
from alsinfo.accounts.models import User
from alsinfo.accounts.proving import factors_of
from alsinfo.accounts.sessions import end_sessions
from alsinfo.admin.turned_away import keep_for_later

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


class ChangedFactors(RefusedForms):
    """Adding or removing a second factor signs out everywhere else: those sessions were opened without it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it."""
        person = self.request.user
        assert isinstance(person, User)  # noqa: S101
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            end_sessions(person, but=self.request.session.session_key)
        return response


class AsksForPasskey:
    """A page whose script asks for a passkey, with what allauth wants it to be asked."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also the options, for the button of `accounts/_passkey.html`, and the refused form, which allauth drops."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        (options,) = context["js_data"].values()
        return context | kwargs | {"options": json.dumps(options)}


class RemovesFactor(ChangedFactors):
    """A page on which a second factor is removed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also whether it is the last, and whether the site asks for one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        others = Authenticator.objects.filter(user=self.request.user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return context | {"is_last": others.count() == 1, "is_required": settings.REQUIRE_SECOND_FACTOR}


class SignIn(RefusedForms, account.LoginView):
    """Sign in, and go on to where one was going."""

    form_class = forms.SignInForm


class SignInCode(AsksForPasskey, mfa.AuthenticateView):
    """The second factor, after the password: a passkey, a code of the app, or a recovery code."""

    form_class = forms.CodeForm
    webauthn_form_class = forms.PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The forms, sent to this address, and which of them was refused."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        code, passkey = context["form"], context["webauthn_form"]
        for form in (code, passkey):
            forms.send_to(form.helper, self.request.get_full_path())
        refused = passkey if passkey.errors else code
        return context | {"factors": factors_of(self.stage.login.user), "refused": refused}

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


class PasskeyAgain(AsksForPasskey, RefusedForms, webauthn.ReauthenticateWebAuthnView):
    """A passkey, before something is changed that guards the account."""

    form_class = forms.PasskeyAgainForm

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form with its messages; allauth would send people who are signed in to sign in."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=400)
        return response


@require_POST
@login_required
def passkey_challenge(request: HttpRequest) -> HttpResponse:
    """What a passkey is asked at signing, as JSON; good for one answer, from this session, within five minutes."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101
    if not factors_of(person).has_passkey:
        raise Http404
    return JsonResponse(passkeys.ask(request, person))


class Factors(mfa.IndexView):
    """The second factors of one's account, and why one is needed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also whether the site asks for one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        factors = factors_of(self.request.user)
        return context | {"factors": factors, "is_required": settings.REQUIRE_SECOND_FACTOR}


class AddApp(ChangedFactors, totp.ActivateTOTPView):
    """Set up an authenticator app."""

    form_class = forms.AddAppForm


class RemoveApp(RemovesFactor, totp.DeactivateTOTPView):
    """Remove the authenticator app, to set up another."""

    form_class = forms.RemoveAppForm


class Passkeys(webauthn.ListWebAuthnView):
    """The passkeys of one's account."""

    def get_queryset(self) -> QuerySet[Authenticator]:
        """Oldest first."""
        found: QuerySet[Authenticator] = super().get_queryset().order_by("pk")
        return found


class AddPasskey(AsksForPasskey, ChangedFactors, webauthn.AddWebAuthnView):
    """Make a passkey."""

    form_class = forms.AddPasskeyForm


class RenamePasskey(RefusedForms, webauthn.EditWebAuthnView):
    """Give a passkey another name."""

    form_class = forms.RenamePasskeyForm


class RemovePasskey(RemovesFactor, webauthn.RemoveWebAuthnView):
    """Remove a passkey, such as that of a lost device."""

    form_class = forms.RemovePasskeyForm


class RecoveryCodes(recovery_codes.ViewRecoveryCodesView):
    """The recovery codes not used yet."""


class NewRecoveryCodes(RefusedForms, recovery_codes.GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones no longer work."""

    form_class = forms.RecoveryCodesForm


class Sessions(RefusedForms, usersessions.ListUserSessionsView):
    """Where one is signed in; a POST signs out everywhere else."""

    form_class = forms.OtherSessionsForm


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What becomes of a form whose security token is no longer valid.

    One that says whose it is goes back to that person, signed in again if need be, with everything typed and nothing
    saved. Of any other: 403, and what was typed is shown, to be copied.
    """
    if request.path.startswith(BACK_OFFICE) and is_own(request):
        page = keep_for_later(request)
        return redirect(page) if request.user.is_authenticated else redirect_to_login(page)
    return render(request, "accounts/stale_form.html", {"note": request.POST.get("note", "")}, status=403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many attempts from one address."""
    response = render(request, "429.html", status=TOO_MANY)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
