"""Describe reviewers: they propose what their page says, a clinical lead approves it, and readers see it."""

from dataclasses import replace

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from alsinfo.imaging import Rendition
from conditions.actions.purging import reviewer_changed
from conditions.models import Description, Photograph, Profile, ProfileEntry, Reviewer
from conditions.policies import profiling as policies
from conditions.policies.profiling import Away
from organisations.errors import AlreadyApproved, NothingNew


@action
def save_profile(
    reviewer: Reviewer,
    description: Description,
    away: Away = Away(),  # noqa: B008
    photograph: Rendition | None = None,
    *,
    by: User,
) -> Profile:
    """Keep when the reviewer is away, and freeze new words as a proposal; readers go on seeing the approved entry.

    `photograph` is a new one, in place of that of the description.

    Raises `UnusableProfile`, and `NothingNew` when both the words and the days are those saved last.
    """
    insist(policies.objection_to_describe(reviewer, by=by))
    insist(policies.objection_to_description(description) or policies.objection_to_away(away))
    if photograph is not None:
        description = replace(description, photograph=_keep(photograph))
    profile = lock(Profile.objects.get_or_create(reviewer=reviewer)[0])
    last = profile.entries.first()
    is_new = last is None or last.description != description
    if not is_new and (profile.away_from, profile.away_until) == (away.first, away.last):
        raise NothingNew
    if is_new:
        ProfileEntry.objects.create(
            profile=profile,
            number=last.number + 1 if last else 1,
            body=description.text,
            photograph_id=description.photograph or None,
            proposed_by=by,
            proposed_at=clock_now(),
        )
    swap(profile, away_from=away.first, away_until=away.last)
    record("save_profile", profile, by=by, after="a new proposal" if is_new else "")
    return profile


@action
def approve_profile(entry: ProfileEntry, *, by: User) -> ProfileEntry:
    """A clinical lead stands behind the entry: readers see it; later signatures print its role and post-nominals."""
    insist(policies.objection_to_approve(entry, by=by))
    now = clock_now()
    if not ProfileEntry.objects.filter(pk=entry.pk, approved_by=None).update(approved_by=by, approved_at=now):
        raise AlreadyApproved
    entry.refresh_from_db()
    profile = lock(entry.profile)
    swap(profile, entry=entry)
    role, before = entry.description.role, profile.reviewer.role_title
    printed = {"role_title": role, "post_nominals": entry.description.post_nominals}
    Reviewer.objects.filter(pk=profile.reviewer_id).update(**printed)
    reviewer_changed(profile.reviewer.slug)
    record("approve_profile", entry, by=by, before=before, after=role)
    return entry


def _keep(photograph: Rendition) -> str:
    """Store a photograph once; its digest."""
    values = {"body": photograph.body, "width": photograph.width, "height": photograph.height}
    Photograph.objects.get_or_create(digest=photograph.digest, defaults=values)
    return photograph.digest
