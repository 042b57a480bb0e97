"""One short answer of another machine, in bounded time and memory; every failure is a refusal with its sentence."""

import time
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from conditions.errors.looking_up import LookupBusy, LookupTooLarge, LookupTooSlow, LookupUnreachable, WorkNotFound

LARGEST = 2_000_000  # bytes: Crossref's works with thousands of references stay below
PIECE = 64 * 1024
SECONDS = 8.0  # for the whole answer


class SameHost(HTTPRedirectHandler):
    """Follows the service to another address of its own and to nobody else's."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request for the new address. Raises `LookupUnreachable` when it is on another host."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            fp.close()
            raise LookupUnreachable
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str) -> bytes:
    """What is at an address of a service that the settings name."""
    request = Request(url, headers={"User-Agent": f"alsinfo ({settings.SITE_URL}; mailto:{settings.LOOKUP_CONTACT})"})  # noqa: S310
    end = time.monotonic() + SECONDS
    try:
        with build_opener(SameHost).open(request, timeout=SECONDS) as answer:
            return _read(answer, end)
    except HTTPError as error:
        with error:
            raise _refusal(error.code) from error
    except (OSError, HTTPException, ValueError) as error:
        is_late = isinstance(getattr(error, "reason", error), TimeoutError)
        raise (LookupTooSlow if is_late else LookupUnreachable) from error


def _read(answer: HTTPResponse, end: float) -> bytes:
    """The answer piece by piece, so that neither its length nor its slowness is without end."""
    read = b""
    while piece := answer.read1(PIECE):
        read += piece
        if len(read) > LARGEST:
            raise LookupTooLarge
        if time.monotonic() > end:
            raise LookupTooSlow
    if answer.length:  # it broke off before the length it announced
        raise LookupUnreachable
    return read


def _refusal(status: int) -> LookupUnreachable | LookupBusy | WorkNotFound:
    if status in (400, 404, 410):
        return WorkNotFound()
    return LookupBusy() if status == 429 else LookupUnreachable()
