"""Publish what an overruled reviewer wrote: one person proposes it, its author agrees."""

from django.conf import settings

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock
from conditions import notices
from conditions.actions.purging import page_rendered
from conditions.content import seals
from conditions.models import DissentNote, Overruling
from conditions.policies import overruling as policies


@action
def propose_note(overruling: Overruling, *, by: User) -> Overruling:
    """Ask the author of a dissent whether readers may read it."""
    overruling = _locked(overruling)
    insist(policies.objection_to_propose_note(overruling, by=by))
    overruling.note_proposed_by, overruling.note_proposed_at = by, clock_now()
    overruling.save(update_fields=["note_proposed_by", "note_proposed_at"])
    notices.note_proposed(overruling)
    record("propose_note", overruling, by=by)
    return overruling


@action
def agree_to_note(overruling: Overruling, *, by: User) -> DissentNote:
    """The author agrees: their words, unchanged and under their name, are shown in the history of the version."""
    overruling = _locked(overruling)
    insist(policies.objection_to_agree(overruling, by=by))
    assignment, now = overruling.assignment, clock_now()
    reviewer, today = assignment.reviewer, assignment.regional_article.day(now)
    credential = reviewer.credential(assignment.region, today)
    note = DissentNote(
        overruling=overruling,
        text=assignment.reason,
        printed_name=reviewer.printed_name,
        post_nominals=reviewer.post_nominals,
        role_title=reviewer.role_title,
        registration=str(credential.registration) if credential else "",
        agreed_at=now,
        agreed_on=today,
    )
    note.seal = seals.make(settings.SEAL_KEYS, *note.sealed_values())
    note.save(force_insert=True)
    notices.note_agreed(overruling)
    page_rendered(assignment.regional_article)
    record("agree_to_note", note, by=by)
    return note


def _locked(overruling: Overruling) -> Overruling:
    lock(overruling.assignment.regional_article)
    return Overruling.objects.select_related(
        "assignment__regional_article__article__condition",
        "assignment__regional_edition",
        "assignment__reviewer__user",
        "note_proposed_by",
    ).get(pk=overruling.pk)
