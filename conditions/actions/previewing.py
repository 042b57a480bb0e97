"""Show a draft to others by a link, and end that."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now
from alsinfo.tokens import hash_of
from conditions.errors.previewing import PreviewOver
from conditions.models import Edition, PreviewLink
from conditions.policies import previewing as policies
from organisations.regions import Region


@dataclass(frozen=True)
class SharedPreview:
    """A link and its token, which is told once and kept nowhere."""

    link: PreviewLink
    token: str


@action
def share_preview(edition: Edition, region: Region, *, by: User, days: int = policies.DAYS) -> SharedPreview:
    """A link that shows a region's page of the edition, as it is when looked at, for some days."""
    insist(policies.objection_to_share_preview(edition, region, by=by, days=days))
    token, now = secrets.token_urlsafe(), clock_now()
    link = PreviewLink.objects.create(
        edition=edition,
        region=region,
        token_hash=hash_of(token),
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    record("share_preview", link, by=by, after=f"{region.label}, {days} days")
    return SharedPreview(link, token)


@action
def revoke_preview(link: PreviewLink, *, by: User) -> PreviewLink:
    """The link works no longer. Raises `PreviewOver` for one that does not work."""
    insist(policies.objection_to_revoke_preview(link, by=by))
    standing = PreviewLink.objects.filter(pk=link.pk, revoked_at__isnull=True)
    if not standing.update(revoked_by=by, revoked_at=clock_now()):
        raise PreviewOver
    record("revoke_preview", link, by=by)
    return link
