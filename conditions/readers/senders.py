"""Who sends a form that needs no account: from this site, not too often, not the same twice; without knowing who.

A sender's address is never kept. It goes into a keyed hash that changes each hour and is forgotten with it; where
the cache does not answer, everything is let through.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address, ip_network
from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from alsinfo.concurrency import clock_now

Answer = TypeVar("Answer")

MOST_AN_HOUR = 10
HOUR = 60 * 60  # seconds
SALT = "conditions.readers.senders"
OWN = ("same-origin", "none")


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form, as far as the browser says; one that says nothing is believed."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in OWN
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def comes_too_often(request: HttpRequest) -> bool:
    """Count one more from this sender; whether that is too many for this hour."""
    key = _key("count", request)
    cache_or(lambda: cache.add(key, 0, HOUR), False)
    return cache_or(lambda: cache.incr(key), 0) > MOST_AN_HOUR


@contextmanager
def once(request: HttpRequest, words: str) -> Iterator[bool]:
    """Whether this sender sends just this for the first time within the hour; a button pressed twice does not.

    What fails inside was not sent.
    """
    key = _key("sent", request, words)
    is_new = cache_or(lambda: cache.add(key, 1, HOUR), True) or cache_or(lambda: cache.get(key), None) is None
    try:
        yield is_new
    except Exception:
        cache_or(lambda: cache.delete(key), False)
        raise


def cache_or(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    """What the cache answers, or the other answer where it does not."""
    try:
        return ask()
    except (DatabaseError, RedisError, OSError, ValueError):
        return otherwise


def _key(what: str, request: HttpRequest, more: str = "") -> str:
    hour = f"{clock_now():%Y-%m-%dT%H}"
    value = "\n".join((what, hour, _network(request), more))
    return f"sender:{salted_hmac(SALT, value, algorithm='sha256').hexdigest()}"


def _network(request: HttpRequest) -> str:
    """The address, of IPv6 the half that a household shares."""
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    return str(ip_network((address, 64 if address.version == 6 else 32), strict=False))
