"""What readers learn of reviewers: published signatures, checked registrations, and what they say of themselves.

Nothing here shows a text that was not published, or a title whose page was taken down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from conditions.models import (
    CredentialCheck,
    Description,
    Path,
    Photograph,
    Publication,
    Registration,
    Reviewer,
    SignOff,
)
from conditions.page_facts import register_page
from conditions.policies.deferring import readable
from conditions.readers.serving import signature_is_whole, text_is_whole
from conditions.rendering import article_path, reviewer_path
from conditions.vocabulary import CheckResult, Register, Scope
from organisations.facts import safe_address
from organisations.regions import Region


class AlteredSignature(Exception):
    """What the database holds is not what was signed and published."""


@dataclass(frozen=True)
class Credential:
    """A registration as a lead last saw it in the register; `url` is where it can be seen."""

    register: str
    registration: str
    url: str
    result: str
    checked_on: date
    valid_until: date
    is_valid: bool


@dataclass(frozen=True)
class Signed:
    """A published signature; `title` and `url` are empty while its page is taken down."""

    title: str
    url: str
    version: int
    published_on: date
    signed_on: date
    scope: str
    is_withdrawn: bool


@dataclass(frozen=True)
class Member:
    """A reviewer as readers of a region see them; `may_sign` names the regions they may sign for today."""

    slug: str
    url: str
    printed_name: str
    post_nominals: str
    role: str
    description: Description | None
    photograph: Photograph | None
    credentials: tuple[Credential, ...]
    may_sign: tuple[Region, ...]
    is_former: bool


def published_signatures(region: Region) -> QuerySet[SignOff]:
    """The signatures that published versions of the region were made with, newest first."""
    published = Q(regional_edition__publication__isnull=False) | Q(assignment__publication__isnull=False)
    found = SignOff.objects.filter(published, regional_article__region=region)
    beside = ("regional_edition__publication", "assignment__publication", "regional_article", "revocation")
    return found.select_related(*beside).order_by("-signed_at", "-pk")


def insist_on_whole(signatures: Iterable[SignOff]) -> None:
    """Raise `AlteredSignature` unless each is as it was sealed and on the text that was published with it."""
    for signature in signatures:
        is_on_the_text = signature.revision_id == publication_of(signature).revision_id
        if not is_on_the_text or not signature_is_whole(signature.seal, signature.sealed_values()):
            raise AlteredSignature


def publication_of(signature: SignOff) -> Publication:
    """The publication a published signature was made for."""
    publication: Publication = (signature.regional_edition or signature.assignment).publication
    return publication


def signed_by(reviewer: Member, region: Region, today: date) -> tuple[Signed, ...]:
    """All that a reviewer signed and the region's readers got, newest first. Raises `AlteredSignature`."""
    address = Path.objects.filter(regional_article=OuterRef("regional_article"), is_canonical=True).values("slug")[:1]
    own = published_signatures(region).filter(reviewer__slug=reviewer.slug)
    signatures = list(own.select_related("revision").annotate(address=Subquery(address)))
    insist_on_whole(signatures)
    if not all(text_is_whole(signature.revision_id, signature.revision.text) for signature in signatures):
        raise AlteredSignature
    pages = readable(region, today).filter(pk__in={signature.regional_article_id for signature in signatures})
    shown = set(pages.values_list("pk", flat=True))
    return tuple(
        _signed(signature, region, signature.address, is_shown=signature.regional_article_id in shown)
        for signature in signatures
    )


def members(region: Region, signers: Iterable[int], today: date, slug: str = "") -> list[Member]:
    """The reviewers who signed or may sign for the region, by name; only the one of the slug, if one is given."""
    signers = set(signers)
    reviewing = set(roles.holders(Role.REVIEWER).values_list("pk", flat=True))
    checks = Prefetch("checks", CredentialCheck.objects.order_by("-pk"))
    registrations = Prefetch("registrations", Registration.objects.prefetch_related(checks))
    rows = Reviewer.objects.select_related("profile__entry__photograph").prefetch_related(registrations)
    found = []
    for row in rows.filter(slug=slug) if slug else rows:
        member = _member(row, region, today, is_former=not (row.is_active and row.user_id in reviewing))
        if row.pk in signers or region in member.may_sign:
            found.append(member)
    return found


def _member(row: Reviewer, region: Region, today: date, *, is_former: bool) -> Member:
    seen = [(entry, check) for entry in row.registrations.all() for check in entry.checks.all()[:1]]
    valid = {Region(entry.region) for entry, check in seen if _is_valid(check, today)}
    profile = getattr(row, "profile", None)
    return Member(
        slug=row.slug,
        url=reviewer_path(region, row.slug),
        printed_name=row.printed_name,
        post_nominals=row.post_nominals,
        role=row.role_title,
        description=profile.entry.description if profile and profile.entry else None,
        photograph=profile.entry.photograph if profile and profile.entry else None,
        credentials=tuple(_credential(entry, check, today) for entry, check in seen if entry.region == region),
        may_sign=() if is_former else tuple(region for region in Region if region in valid),
        is_former=is_former,
    )


def _is_valid(check: CredentialCheck, today: date) -> bool:
    return check.result == CheckResult.LICENSED and check.checked_on <= today <= check.valid_until


def _credential(entry: Registration, check: CredentialCheck, today: date) -> Credential:
    return Credential(
        register=Register(entry.register).label,
        registration=str(entry),
        url=safe_address(register_page(entry.register, entry.number)),
        result=CheckResult(check.result).label,
        checked_on=check.checked_on,
        valid_until=check.valid_until,
        is_valid=_is_valid(check, today),
    )


def _signed(signature: SignOff, region: Region, address: str, *, is_shown: bool) -> Signed:
    publication = publication_of(signature)
    history = f"{article_path(region, address)}history/#v{publication.sequence}"
    return Signed(
        title=signature.revision.content["title"] if is_shown else "",
        url=history if is_shown else "",
        version=publication.sequence,
        published_on=publication.published_on,
        signed_on=signature.signed_on,
        scope=Scope(signature.scope).label,
        is_withdrawn=hasattr(signature, "revocation"),
    )
