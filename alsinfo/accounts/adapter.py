"""What allauth leaves to the site: who signs in, what they are told, and mail that goes through the outbox."""

import base64
import hashlib
import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from alsinfo.accounts import attempts
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.outbox import post

BACK_OFFICE = "/admin/"
FRESH = 300  # seconds after signing in during which the password is not asked for again
WRONG = "The user name and the password do not fit together. Capitals matter in both."
WAIT = "There were too many wrong attempts. Wait five minutes, or ask for a new password by e-mail."
WRONG_CODE = "The code is not right, or was used already. Type the next one your app shows, or a recovery code."

AGAIN_BY = {"mfa_reauthenticate": "Type a code instead", "mfa_reauthenticate:webauthn": "Use a passkey instead"}

security = logging.getLogger("alsinfo.security")


def place_of_work(person: User) -> str:
    """Where a person begins: the desk for reviewers, else the admin for those who may enter it."""
    if person.is_staff and not holds(person, Role.REVIEWER):
        return BACK_OFFICE
    return str(settings.LOGIN_REDIRECT_URL)


class Accounts(DefaultAccountAdapter):
    """Nobody signs up; every refusal of a sign-in reads the same; mail is written to the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
        "incorrect_password": "The password is not right.",
        "enter_current_password": "This is not your present password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators add people."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The place of work, when one was not going anywhere."""
        return place_of_work(request.user)  # type: ignore[arg-type]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to work."""
        return place_of_work(request.user)  # type: ignore[arg-type]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link that is mailed, at the site's own address whatever host was asked."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.SITE_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the message to the outbox."""
        shown = {"site": settings.PUBLISHER_NAME, "address": settings.SITE_URL, "email": email, **context}
        subject = render_to_string(f"{template_prefix}_subject.txt", shown)
        post.send(email, subject, render_to_string(f"{template_prefix}_message.txt", shown).strip())

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A line for the security log: the account's number, never what was typed."""
        person = attempts.account_named(_typed(credentials))
        security.warning("sign-in refused: wrong password, person %s", person.pk if person else None)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """An account closed between password and code begins anew."""
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for the password again, unless it was given just now."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > FRESH

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """Where a second factor is set up it is asked for, not the password: else the password could replace it."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        by_factor = [{**each, "description": AGAIN_BY[each["id"]]} for each in methods if each["id"] in AGAIN_BY]
        return by_factor[::-1] or methods

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Tell the person when they signed in from a browser that was not used before."""
        browser = request.META.get("HTTP_USER_AGENT", "")[:200]
        known = UserSession.objects.filter(user=user)
        if known.exists() and not known.filter(user_agent__startswith=browser).exists():
            facts = {"ip": self.get_client_ip(request), "user_agent": browser, "timestamp": timezone.now()}
            self.send_mail("account/email/new_sign_in", user.email, facts) if user.email else None
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        name = _typed(credentials)
        return attempts.key_of(attempts.account_named(name), name)


class SecondFactors(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are kept encrypted, with a key that is not in the database.

    Of a passkey only its public key is kept, which is no secret.
    """

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """With a key made from SECRET_KEY."""
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Also what was encrypted under one of SECRET_KEY_FALLBACKS."""
        return _ciphers().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """What the app shows above the code."""
        return str(settings.PUBLISHER_NAME)

    def get_totp_label(self, user: User) -> str:
        """Whose code it is."""
        return user.username

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a passkey is called until it gets a name."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def _get_site_name(self) -> str:
        return str(settings.PUBLISHER_NAME)


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")


def _ciphers() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factors:" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
