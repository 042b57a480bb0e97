"""What is known of a published text by its digest: signatures as they were made, where readers got it, what shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from conditions.content.canonical import digest
from conditions.content.library import shareable
from conditions.content.shown import missing, parts
from conditions.models import Publication, Revision, SignOff
from conditions.page_facts import signature_fact
from conditions.rendering import SignatureFact, version_path
from conditions.vocabulary import CheckResult, Register
from organisations.regions import Region

CODE_LENGTH = 12  # hexadecimal digits; fewer would name too many texts
DIGEST_LENGTH = 64
HEXADECIMAL = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Signed:
    """A signature as it was made, the look at the register that it rested on, and its withdrawal."""

    signature: SignatureFact
    signed_at: datetime
    meaning: str
    register: str
    result: str
    checked_on: date
    valid_until: date
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Place:
    """A version that had the text; `until` is None while readers get it; `url` is empty where it is taken down."""

    number: int
    url: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Shown:
    """What was found in the bytes that readers get now: their SHA-256, and how many signed parts stand in them."""

    etag: str
    parts: int
    missing: tuple[str, ...]


def code_of(typed: str) -> str:
    """What was typed as a code or digest: hexadecimal digits, small, without blanks; "" if it is neither."""
    code = "".join(sign for sign in typed.lower() if not sign.isspace() and sign != "-")
    return code if CODE_LENGTH <= len(code) <= DIGEST_LENGTH and HEXADECIMAL.issuperset(code) else ""


def published_with(code: str) -> list[str]:
    """The digests of published texts that begin so."""
    begin_so = Revision.objects.filter(pk__gte=code, pk__lt=f"{code}g", publications__isnull=False)
    return list(begin_so.order_by("pk").values_list("pk", flat=True).distinct())


def publications_of(asked: str) -> list[Publication]:
    """Every version that was published with a digest, the newest first."""
    if len(asked) != DIGEST_LENGTH or not HEXADECIMAL.issuperset(asked):
        return []
    beside = ("revision", "regional_article__article", "regional_edition", "change_note")
    return list(Publication.objects.filter(revision_id=asked).select_related(*beside).order_by("-sequence"))


def signed(publications: Sequence[Publication]) -> list[Signed]:
    """The signatures that the versions rest on, each once, the newest first."""
    found = {each.pk: each for publication in publications for each in publication.rests_on()}
    beside = ("credential_check__registration", "reviewer", "regional_article", "revocation")
    return [_signed(each) for each in SignOff.objects.filter(pk__in=found).select_related(*beside).order_by("-pk")]


def place(publication: Publication, slug: str, *, withdrawn_on: date | None) -> Place:
    """Where and when readers got a version."""
    page = publication.regional_article
    url = "" if withdrawn_on else version_path(Region(page.region), slug, publication.sequence)
    return Place(publication.sequence, url, publication.published_at, publication.ended_at)


def shown_now(publication: Publication, etag: str, body: bytes) -> Shown:
    """What the bytes of a live page, whose seal holds, show of the text it was published with."""
    content = publication.revision.content
    return Shown(etag, len(list(parts(content))), tuple(missing(content, body.decode())))


def recomputed(publication: Publication) -> str:
    """The digest of the text as it lies in the record now."""
    return digest(publication.revision.text)


def may_leave(content: dict[str, Any]) -> bool:
    """Whether all of a content may be given away: nothing of its works but what describes them."""
    return all(shareable(citation["description"]) == citation["description"] for citation in content["citations"])


def _signed(signature: SignOff) -> Signed:
    check = signature.credential_check
    revocation = getattr(signature, "revocation", None)
    return Signed(
        signature=signature_fact(signature),
        signed_at=signature.signed_at,
        meaning=signature.meaning,
        register=Register(check.registration.register).label,
        result=CheckResult(check.result).label,
        checked_on=check.checked_on,
        valid_until=check.valid_until,
        withdrawn_at=revocation.revoked_at if revocation else None,
    )
