"""Attempts on remarks, replies and drafts of reviews."""

from typing import Any

from alsinfo.concurrency import clock_now
from conditions.models import CommentReply, ReviewDraft
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, remark, saved, sign_off
from tests.refusals.scene import Scene


def reply(s: Scene, **but: Any) -> CommentReply:
    """An editor's answer to the remark."""
    values = {"comment": s.remark, "author": s.world.editor, "body": "It was changed.", "made_at": clock_now()}
    return CommentReply(**{**values, **but})


@attempt("a_remark_says_something")
def remarking_nothing(s: Scene) -> Act:
    return lambda: remark(s.accepted, body="").save()


@attempt("comment_weight_is_known")
def a_remark_of_unknown_weight(s: Scene) -> Act:
    return lambda: remark(s.accepted, weight="urgent").save()


@attempt("comment_state_is_known", repeats=("conditions_reviewcomment_state_takes_allowed_steps",))
def a_remark_in_an_unknown_state(s: Scene) -> Act:
    return lambda: change(s.remark, state="lost")


@attempt("conditions_reviewcomment_state_begins_at_the_beginning")
def a_remark_that_begins_as_met(s: Scene) -> Act:
    return lambda: remark(s.accepted, state="done").save()


@attempt("conditions_reviewcomment_state_takes_allowed_steps")
def taking_an_answer_back(s: Scene) -> Act:
    author = s.remark.author_id
    change(s.remark, state="resolved", settled_by_id=author, settled_in_id=s.remark.revision_id)
    return lambda: change(s.remark, state="done", settled_by_id=None, settled_in_id=None)


@attempt("a_remark_is_on_known_regions", repeats=("a_remark_is_on_a_text_of_its_article",))
def a_remark_for_another_country(s: Scene) -> Act:
    return lambda: remark(s.accepted, regions="FR").save()


@attempt("only_who_made_a_remark_settles_it")
def an_editor_who_settles_a_remark(s: Scene) -> Act:
    by = s.world.editor.pk
    return lambda: change(s.remark, state="resolved", settled_by_id=by, settled_in_id=s.remark.revision_id)


@attempt("only_who_made_a_remark_settles_it")
def a_remark_settled_by_nobody(s: Scene) -> Act:
    return lambda: change(s.remark, state="resolved")


@attempt("a_remark_is_on_a_text_of_its_article")
def a_remark_on_a_text_of_another_article(s: Scene) -> Act:
    return lambda: remark(s.accepted, article=s.drafted.article).save()


@attempt("a_remark_is_on_a_text_of_its_article")
def a_remark_on_the_text_of_another_region(s: Scene) -> Act:
    return lambda: remark(s.accepted, regions="US").save()


@attempt("a_remark_is_made_by_who_was_asked")
def a_remark_in_the_name_of_somebody_else(s: Scene) -> Act:
    return lambda: remark(s.accepted, author=s.world.editor).save()


@attempt("a_reply_says_something")
def an_empty_reply(s: Scene) -> Act:
    return lambda: reply(s, body="").save()


@attempt("an_open_must_stands_in_the_way_of_signing")
def signing_over_a_must_of_ones_own(s: Scene) -> Act:
    remark(s.accepted, weight="must").save()
    return lambda: sign_off(s.accepted).save()


@attempt("an_open_must_stands_in_the_way_of_signing")
def signing_over_a_must_that_the_editors_call_done(s: Scene) -> Act:
    change(saved(remark(s.accepted, weight="must", regions="GB")), state="done")
    return lambda: sign_off(s.accepted).save()


@attempt("one_draft_per_reviewer_and_article")
def a_second_draft_of_a_review(s: Scene) -> Act:
    draft = {"reviewer": s.world.uk, "article": s.shown, "saved_at": clock_now()}
    ReviewDraft.objects.create(**draft)
    return lambda: ReviewDraft.objects.create(**draft)
