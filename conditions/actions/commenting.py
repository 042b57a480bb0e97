"""Remark on a text, answer a remark, find it settled, keep what is not sent yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions.actions.drafting import Change, locked_pages, put
from conditions.content.canonical import normalise_text
from conditions.models import (
    CommentReply,
    Edition,
    Reading,
    ReviewAssignment,
    ReviewComment,
    ReviewDraft,
    Reviewer,
    Revision,
    Section,
)
from conditions.policies import commenting as policies
from conditions.policies.assigning import objection_to_answer
from conditions.policies.commenting import Remark
from conditions.vocabulary import AssignmentState, CommentState


@action
def mark_done(comment: ReviewComment, *, by: User, reply: str = "") -> ReviewComment:
    """An editor changed the text to meet the remark; who made it looks at that in the next text they get."""
    return _work_on(comment, CommentState.DONE, "mark_done", by=by, reply=reply)


@action
def answer(comment: ReviewComment, *, by: User, reply: str) -> ReviewComment:
    """An editor says why the text stays as it is, or answers the question."""
    insist(policies.objection_to_reply(comment, reply, by=by))
    return _work_on(comment, CommentState.ANSWERED, "answer_remark", by=by, reply=reply)


@action
def take_suggestion(comment: ReviewComment, edition: Edition, *, by: User, opened_version: int) -> Edition:
    """Put the suggested wording in place of the quoted words; a contribution like any other save.

    Raises `QuoteGone` when the draft does not have these words exactly once, `SavedMeanwhile` as a save does.
    """
    locked_pages(comment.article)
    comment = lock(comment)
    insist(policies.objection_to_take(comment, edition, by=by))
    rows = policies.sections_quoted(comment, edition)
    changed = [_with_suggestion(row, comment) for row in rows]
    put(edition, Change(put=changed), by=by, opened_version=opened_version)
    before = comment.state
    swap(comment, state=CommentState.DONE)
    record("take_suggestion", comment, by=by, before=before, after=comment.state)
    return edition


@action
def settle(comment: ReviewComment, revision: Revision, *, by: User) -> ReviewComment:
    """Who made the remark finds it settled in a text."""
    comment = lock(comment)
    insist(policies.objection_to_settle(comment, by=by))
    before = comment.state
    settle_in(comment, revision, by=by)
    record("settle_remark", comment, by=by, before=before, after=comment.state)
    return comment


@action
def take_up(comment: ReviewComment, *, by: User, reply: str) -> ReviewComment:
    """Who made the remark is not content, and says why; it is open again."""
    comment = lock(comment)
    insist(policies.objection_to_settle(comment, by=by) or policies.objection_to_reply(comment, reply, by=by))
    before = comment.state
    take_up_again(comment, reply, by=by, now=clock_now())
    record("take_up_remark", comment, by=by, before=before, after=comment.state)
    return comment


@action
def save_draft(assignment: ReviewAssignment, fields: Mapping[str, Any], *, by: User) -> ReviewDraft:
    """Keep what a reviewer typed, to go on later or on another device; it outlives the assignment."""
    states = (AssignmentState.ACCEPTED, AssignmentState.CANCELLED)
    insist(objection_to_answer(assignment, by=by, states=states))
    draft = keep_draft(assignment.reviewer, assignment, fields, now=clock_now())
    record("save_review", assignment, by=by)
    return draft


def write_remarks(
    remarks: Sequence[Remark], revision: Revision, asked: ReviewAssignment | Reading, *, by: User, now: datetime
) -> list[ReviewComment]:
    """Write what a reviewer or reader remarks on the text they were asked for; part of an action, audited by it."""
    written, origin = [], "reading" if isinstance(asked, Reading) else "assignment"
    for remark in remarks:
        insist(policies.objection_to_remark(remark))
        normal = remark.normal
        written.append(
            ReviewComment.objects.create(
                article=revision.article,
                regions=",".join(sorted(region.value for region in normal.regions)),
                revision=revision,
                **{origin: asked},
                author=by,
                part=normal.part,
                weight=normal.weight,
                quote=normal.quote,
                body=normal.body,
                suggestion=normal.suggestion,
                made_at=now,
            )
        )
    return written


def settle_in(comment: ReviewComment, revision: Revision, *, by: User) -> None:
    """Its author finds it settled; part of an action, audited by it."""
    if not comment.is_settled:
        swap(comment, state=CommentState.RESOLVED, settled_by_id=by.pk, settled_in_id=revision.pk)


def take_up_again(comment: ReviewComment, reply: str, *, by: User, now: datetime) -> None:
    """Its author says more; the remark is open; part of an action, audited by it."""
    CommentReply.objects.create(comment=comment, author=by, body=normalise_text(reply), made_at=now)
    swap(comment, state=CommentState.OPEN, settled_by_id=None, settled_in_id=None)


def keep_draft(
    reviewer: Reviewer, assignment: ReviewAssignment, fields: Mapping[str, Any], *, now: datetime
) -> ReviewDraft:
    """Write the draft of this reviewer and article; part of an action, audited by it."""
    article = assignment.regional_article.article
    draft, _ = ReviewDraft.objects.update_or_create(
        reviewer=reviewer, article=article, defaults={"fields": dict(fields), "saved_at": now}
    )
    return draft


def drop_draft(assignment: ReviewAssignment) -> None:
    """What was typed has been sent; part of an action, audited by it."""
    ReviewDraft.objects.filter(reviewer=assignment.reviewer_id, article=assignment.regional_article.article_id).delete()


def _work_on(comment: ReviewComment, state: CommentState, verb: str, *, by: User, reply: str) -> ReviewComment:
    comment = lock(comment)
    insist(policies.objection_to_work_on(comment, by=by))
    if reply.strip():
        insist(policies.objection_to_reply(comment, reply, by=by))
        CommentReply.objects.create(comment=comment, author=by, body=normalise_text(reply), made_at=clock_now())
    before = comment.state
    swap(comment, state=state)
    record(verb, comment, by=by, before=before, after=state)
    return comment


def _with_suggestion(row: Section, comment: ReviewComment) -> Section:
    row.body = row.body.replace(comment.quote, comment.suggestion)
    return row
