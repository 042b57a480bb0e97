"""The pages of somebody who was invited: the link opens a form, the form sets the first password.

The key is taken out of the address at once, so that a form that is refused leaves it in no log; the session
keeps the invitation's number, from which no key can be made.
"""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from alsinfo.accounts import inviting
from alsinfo.accounts.adapter import place_of_work
from alsinfo.accounts.forms import FirstPasswordForm, send_to
from alsinfo.accounts.models import RoleGrant, User

SESSION_KEY = "invitation"
WELCOME = "Welcome. Your password is set."
WAITING = " What you may do waits for a second administrator; you get a message once it is confirmed."


@require_safe
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Remember which invitation this browser was opened with and show its form; nothing else changes."""
    invitation = inviting.find(key)
    if invitation is None:
        return over(request)
    request.session[SESSION_KEY] = invitation.pk
    return redirect("account_invitation")


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """The first password, twice; then the person is signed in and goes on to a second factor."""
    invitation = inviting.found_before(request.session.get(SESSION_KEY))
    if invitation is None:
        return over(request)
    form = FirstPasswordForm(request.POST if request.method == "POST" else None, user=invitation.user)
    send_to(form.helper, request.path)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "invitation": invitation}
        return render(request, "accounts/invitation.html", context, status=400 if form.is_bound else 200)
    try:
        person = inviting.join(invitation, form.cleaned_data["password1"], by=invitation.user)
    except inviting.InvitationOver:
        return over(request)
    return welcome(request, person)


def welcome(request: HttpRequest, person: User) -> HttpResponse:
    """Sign the person in, whoever used this browser before, and lead on."""
    logout(request)
    is_waiting = RoleGrant.objects.filter(user=person, confirmed_at__isnull=True).exists()
    messages.success(request, WELCOME + (WAITING if is_waiting else ""))
    onwards = reverse("mfa_index") if settings.REQUIRE_SECOND_FACTOR else place_of_work(person)
    response: HttpResponse = perform_password_login(request, {}, Login(user=person, redirect_url=onwards))
    return response


def over(request: HttpRequest) -> HttpResponse:
    """One calm page for a link that is used, expired, revoked or unknown."""
    return render(request, "accounts/invitation_over.html", {"days": inviting.VALID.days})
