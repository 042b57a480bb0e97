"""How public pages answer: cacheable, compressed, with one 404 for all, never with a cookie."""

import math
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_http_methods, require_safe

from alsinfo import surrogates
from alsinfo.codings import coding_for, gains, packed

View = Callable[..., HttpResponse]

NOT_MODIFIED = 304
KEY_HEADERS = {"Surrogate-Key", "Cache-Tag"}
SCRIPTED_CSP = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; script-src 'self'; require-trusted-types-for 'script'"
)
CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=30"
"""In seconds; a suspension reaches every reader within the sum. Never stale-if-error: a 503 has to be seen."""


def public(view: View) -> View:
    """A public view: GET and HEAD only, and one 404 for all."""
    return require_safe(_with_one_404(view))


def public_form(view: View) -> View:
    """A public view that also takes what its form sends, without a cookie; and one 404 for all."""
    return require_http_methods(["GET", "HEAD", "POST"])(_with_one_404(view))


def _with_one_404(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = not_found()
        return finished(request, response)

    return answer


def finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer as it travels: compressed where the reader takes it so, and of a known length."""
    if response.status_code != NOT_MODIFIED:
        _pack(request, response)
        response.headers["Content-Length"] = str(len(response.content))
    return response


def not_found() -> HttpResponse:
    """404: the same words and headers whatever was asked for, so that nobody learns that a draft exists."""
    response = HttpResponse(render_to_string("404.html"), status=404, headers=keyed(surrogates.NOT_FOUND))
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def cacheable(
    request: HttpRequest, body: bytes | str, etag: str = "", *, changed_at: datetime | None = None, **options: Any
) -> HttpResponse:
    """The page for caches to keep a minute; 304 to a reader who has it. `options` go to the response.

    Its ETag comes before Last-Modified, which only a page has whose bytes change at known moments: `changed_at`.
    """
    response = HttpResponse(body, **options)
    coding = _coding(request, response)
    tag = quote_etag("-".join(filter(None, (etag or sha256(response.content).hexdigest(), coding))))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    moment = _settled(changed_at) if changed_at else None
    if moment:
        response.headers["Last-Modified"] = http_date(moment)
    answer = get_conditional_response(request, tag, moment, response) or response
    for name in KEY_HEADERS & response.headers.keys():
        answer.headers[name] = response.headers[name]
    return answer


def keyed(*keys: str) -> dict[str, str]:
    """Headers by which caches before the site know what a page is about, so that they can drop it by its key."""
    return {"Surrogate-Key": " ".join(keys), "Cache-Tag": ",".join(keys)}


def scripted(response: HttpResponse) -> HttpResponse:
    """The page with a policy under which our own scripts run, and nobody else’s; also where it is 304."""
    response.headers["Content-Security-Policy"] = SCRIPTED_CSP
    return response


def _settled(changed_at: datetime) -> int | None:
    """The full second after a change; None while it lasts, since the page may change again within it."""
    second = math.ceil(changed_at.timestamp())
    return second if second <= timezone.now().timestamp() else None


def _coding(request: HttpRequest, response: HttpResponse) -> str:
    """The coding for this reader, "" for none; what is worth one depends on what the reader accepts."""
    if not gains(response.headers["Content-Type"], len(response.content)):
        return ""
    response.headers["Vary"] = "Accept-Encoding"
    return coding_for(request.headers.get("Accept-Encoding", ""))


def _pack(request: HttpRequest, response: HttpResponse) -> None:
    """Put the body in the coding that the reader accepts."""
    coding = _coding(request, response)
    if coding:
        digest = response.headers.get("ETag") or sha256(response.content).hexdigest()
        response.content = packed(response.content, coding, digest)
        response.headers["Content-Encoding"] = coding
