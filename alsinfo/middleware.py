"""What happens to every request before and after its view.

Public pages pass only the first three; the Staff classes are Django's own, silent outside `STAFF_PREFIXES`,
so that a reader gets no session, no cookie and no query for an account.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from redis.exceptions import RedisError

from alsinfo.accounts.keeping import is_own, keep
from alsinfo.accounts.models import User
from alsinfo.accounts.proving import has_second_factor

logger = logging.getLogger(__name__)

NO_ANSWER = (OperationalError, InterfaceError, RedisError)
STAFF_PREFIXES: tuple[str, ...] = tuple(settings.STAFF_PREFIXES)
WORK_PREFIXES = ("/admin/", "/desk/")
OPEN_PREFIXES = ("/desk/invitations/", "/desk/previews/")  # whoever has the link may look: no session, no cookie
RETRY_AFTER = "30"  # seconds

_SAME = "style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
_NONE = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
PUBLIC_CSP = f"{_NONE}{_SAME}require-trusted-types-for 'script'"
STAFF_CSP = f"{_NONE}{_SAME}script-src 'self'"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
PUBLIC_HEADERS = {**HEADERS, "Content-Security-Policy": PUBLIC_CSP}
STAFF_HEADERS = {**HEADERS, "Content-Security-Policy": STAFF_CSP, "Cache-Control": "no-store"}


def is_staff_path(request: HttpRequest) -> bool:
    """Whether the address is one where people sign in and work."""
    path = request.path_info
    return path.startswith(STAFF_PREFIXES) and not path.startswith(OPEN_PREFIXES)


class SecurityHeaders(SecurityMiddleware):
    """Sends visitors to https where settings say so; adds the security headers that the view did not set itself."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Add the headers; a public page gets a policy under which no script runs at all."""
        headers = response.headers
        for name, value in (STAFF_HEADERS if is_staff_path(request) else PUBLIC_HEADERS).items():
            if name not in headers:
                headers[name] = value
        if self.sts_seconds and request.is_secure():
            headers["Strict-Transport-Security"] = self._strict_transport_security()
        return response

    def _strict_transport_security(self) -> str:
        domains = "; includeSubDomains" if self.sts_include_subdomains else ""
        preload = "; preload" if self.sts_preload else ""
        return f"max-age={self.sts_seconds}{domains}{preload}"


class DatabaseDown(MiddlewareMixin):
    """A database or cache that does not answer, or answers too late, is 503 with Retry-After, never 500."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the view when the database failed it."""
        return unavailable(exception) if isinstance(exception, NO_ANSWER) else None


class BadInput(MiddlewareMixin):
    """An address or query with a NUL byte, or that is not UTF-8, is 400: no database could look it up."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Answer 400, or let the request pass; costs well below a microsecond for plain addresses."""
        path, query = request.path_info, request.META.get("QUERY_STRING", "")
        if "\0" not in path and "%" not in path and _is_text(query):  # Django writes bytes that are not UTF-8 as %FF
            return None
        return _page("400.html", 400, "This address contains characters that no page has.")


class StaffOnly(MiddlewareMixin):
    """Makes one of Django's middlewares do nothing on public addresses."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Pass a public request straight on."""
        return super().__call__(request) if is_staff_path(request) else self.get_response(request)


class StaffSession(StaffOnly, SessionMiddleware):
    """Sessions; one that cannot be saved since the database is down is 503, too."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session and set its cookie."""
        try:
            return super().process_response(request, response)
        except (OperationalError, InterfaceError) as error:
            return unavailable(error)


class StaffCommon(StaffOnly, CommonMiddleware):
    """Trailing slashes and Content-Length."""


class StaffCsrf(StaffOnly, CsrfViewMiddleware):
    """Cross-site request forgery protection."""

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        """Check the token of a POST to a staff page."""
        if is_staff_path(request):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        return None


class StaffAuthentication(StaffOnly, AuthenticationMiddleware):
    """`request.user`."""


class StaffMessages(StaffOnly, MessageMiddleware):
    """One-time messages after a POST."""


class StaffSecondFactor(StaffOnly):
    """Nobody works with a password alone where settings ask for a second factor; they are sent to add one."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Send on who has none; a place of work costs one query for it."""
        if not settings.REQUIRE_SECOND_FACTOR or not request.path_info.startswith(WORK_PREFIXES):
            return None
        if not isinstance(request.user, User) or has_second_factor(request.user):
            return None
        if request.method == "POST" and is_own(request):
            keep(request)
            messages.warning(request, "What you typed is kept: it is in the form when you open it again.")
        return HttpResponseRedirect(reverse("mfa_index"))


def unavailable(error: Exception) -> HttpResponse:
    """The 503 page, made without the database; the log gets the error's kind, never its text."""
    logger.error("The database did not answer: %s.", type(error).__name__)
    response = _page("503.html", 503, "The site is being looked after. Please try again in a minute.")
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _is_text(query: str) -> bool:
    if "%" not in query and query.isascii():
        return "\0" not in query
    try:
        return "\0" not in unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeDecodeError:
        return False


def _page(template: str, status: int, fallback: str) -> HttpResponse:
    """The template rendered without a request, or one plain sentence where that fails."""
    try:
        text = str(render_to_string(template))
    except (TemplateDoesNotExist, TemplateSyntaxError, DatabaseError):
        text = f'<!doctype html><html lang="en-GB"><title>alsinfo</title><p>{fallback}</p></html>'
    response = HttpResponse(text, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
