"""What somebody typed when they could not be let in: kept in the session until the same person is back.

Nothing of it is in an address or a log. A form that names its writer (`sealed_writer`) gives what was typed back to
that person only; without a name it goes to whoever may open the page. ADR 32 has the reasons.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, QueryDict

from alsinfo.accounts.models import User

WRITER = "writer"
OPEN_AT_MOST = 30 * 24 * 60 * 60  # seconds a form may have been open
MOST_KEPT = 100_000  # characters of a form that names no writer, so that nobody fills the table of sessions
SECRET = ("csrfmiddlewaretoken", "password")

_seal = TimestampSigner(salt="alsinfo.writer")


@dataclass(frozen=True)
class Typed:
    """What was typed: each field's values; `deed` is the last part of the address of a button's form."""

    fields: Mapping[str, list[str]]
    deed: str = ""

    def as_post(self) -> QueryDict:
        """As if it was sent just now."""
        post = QueryDict(mutable=True)
        for name, values in self.fields.items():
            post.setlist(name, values)
        return post


def sealed_writer(person: User) -> str:
    """The name of a person for a hidden field of their form, which nobody else can write."""
    return _seal.sign(str(person.pk))


def writer_of(request: HttpRequest) -> int | None:
    """Who got the form that was sent, if it says so."""
    try:
        return int(_seal.unsign(request.POST.get(WRITER, ""), max_age=OPEN_AT_MOST))
    except (BadSignature, ValueError):
        return None


def is_own(request: HttpRequest) -> bool:
    """Whether whoever sent the form got it, as far as it is known who sent it."""
    writer = writer_of(request)
    return writer is not None and (not request.user.is_authenticated or request.user.pk == writer)


def keep(request: HttpRequest, path: str = "", *, deed: str = "", without: tuple[str, ...] = SECRET) -> None:
    """Remember what was posted for the page at `path` (by default this one), but for fields that begin as `without`."""
    writer = writer_of(request)
    typed = {name: values for name, values in request.POST.lists() if not name.startswith(without)}
    if writer is not None or sum(len(text) for values in typed.values() for text in values) <= MOST_KEPT:
        request.session[path or request.path] = {"writer": writer, "fields": typed, "deed": deed}


def kept(request: HttpRequest) -> Typed | None:
    """What was kept for this page and person."""
    found = request.session.get(request.path)
    if not found or found["writer"] not in (None, request.user.pk):
        return None
    return Typed(found["fields"], found["deed"])


def forget(request: HttpRequest) -> None:
    """Keep nothing any longer for this page."""
    if request.path in request.session:
        del request.session[request.path]
