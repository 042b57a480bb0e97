"""When a signed text may be made live, and by whom."""

from django.db.models import Q

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.errors.drafting import WrongState
from conditions.errors.publishing import (
    BaseMoved,
    NoAddress,
    NotSigned,
    OwnEdition,
    SignatureRevoked,
    SignedBeforeSuspension,
)
from conditions.models import Edition, RegionalArticle, RegionalEdition, Revocation, SignOff
from conditions.policies.retiring import objection_to_bring_back
from conditions.policies.roles import objection_without
from conditions.vocabulary import ReviewState, Scope

PUBLISHED_FROM = (ReviewState.CLEARED, ReviewState.SCHEDULED, ReviewState.PUBLISH_FAILED)


def objection_to_publish(row: RegionalEdition, *, by: User) -> Refusal | None:
    """A publisher who wrote none of it, for a text signed on this very way through review."""
    page = row.edition.article.regional_articles.get(region=row.region)
    return (
        objection_without(by, Role.PUBLISHER)
        or _objection_to_state(row, page)
        or objection_to_signatures(signatures := list(row.sign_offs.filter(revision=row.revision_id)), page)
        or objection_to_bring_back(page, signatures, by=by)
        or _objection_to_person(row.edition, by=by)
    )


def objection_to_signatures(signatures: list[SignOff], page: RegionalArticle) -> Refusal | None:
    """There is one at least, none is withdrawn, their base is live, and one was made since a suspension."""
    if not signatures:
        return NotSigned()
    if rests_on_a_revoked(signatures):
        return SignatureRevoked()
    live = page.live_publication()
    bases = {signature.base_id for signature in signatures if signature.scope == Scope.CHANGES_ONLY}
    if bases and (live is None or bases != {live.revision_id}):
        return BaseMoved()
    open_suspension = page.suspensions.filter(lift=None).first()
    if open_suspension and all(signature.signed_at <= open_suspension.suspended_at for signature in signatures):
        return SignedBeforeSuspension()
    return None


def rests_on_a_revoked(signatures: list[SignOff]) -> bool:
    """Whether one of the signatures, or a whole-page signature beneath one, was withdrawn."""
    ids = [signature.pk for signature in signatures]
    return Revocation.objects.filter(Q(sign_off__in=ids) | Q(sign_off__carries__in=ids)).exists()


def _objection_to_state(row: RegionalEdition, page: RegionalArticle) -> Refusal | None:
    if row.state == ReviewState.IN_REVIEW:
        return NotSigned("The review of this text has not ended. It cannot be published.")
    if row.state not in PUBLISHED_FROM:
        return WrongState("Only a text whose review has ended well can be published.")
    return None if page.paths.filter(is_canonical=True).exists() else NoAddress()


def _objection_to_person(edition: Edition, *, by: User) -> Refusal | None:
    return OwnEdition() if edition.contributions.filter(user=by).exists() else None
