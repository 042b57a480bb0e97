"""The review page: comments part by part, what became of them, what is kept until it is sent."""

import re

import pytest
from django.test import Client

from conditions.actions import commenting, submitting
from conditions.models import ReviewAssignment, ReviewComment, ReviewDraft, SignOff
from tests import world as w
from tests.at_desk import QUEUE, address, at_desk, decision, send, state_of, text_of, with_remark
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def accepted(world: w.World) -> ReviewAssignment:
    return w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))


# Comments


def test_a_comment_is_kept_with_its_section_quote_and_suggestion(accepted: ReviewAssignment) -> None:
    form = with_remark(
        decision(accepted, decision="changes", password=""),
        weight="must",
        body="Weak\r\nis not the word.",
        quote="grow weak",
        suggestion="lose strength",
    )
    assert send(accepted, form).headers["Location"] == QUEUE
    comment = ReviewComment.objects.get()
    assert (comment.part, comment.regions, comment.weight) == ("section:symptoms", "GB", "must")
    assert (comment.body, comment.quote) == ("Weak\nis not the word.", "grow weak")
    assert (comment.suggestion, comment.state) == ("lose strength", "open")
    accepted.refresh_from_db()
    assert accepted.reason == "Symptoms: Weak\nis not the word."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": "x" * 2001}, "This has 2,001 characters; at most 2,000 can be kept."),
        ({"body": "nul\0"}, "character that cannot be shown"),
        ({"body": "", "quote": "grow weak"}, "Say something: the remark is empty."),
        ({"weight": "fatal"}, "Select a valid choice"),
    ],
)
def test_a_comment_that_cannot_be_kept_is_explained_at_its_box(
    accepted: ReviewAssignment, fields: dict[str, str], sentence: str
) -> None:
    response = send(accepted, with_remark(decision(accepted), **fields))
    page = text_of(response)
    assert response.status_code == 400
    assert sentence in page
    assert re.search(r'<details class="boxes" open>', page)
    assert not SignOff.objects.exists()


def test_a_must_of_ones_own_stands_in_the_way_of_signing(accepted: ReviewAssignment) -> None:
    response = send(accepted, with_remark(decision(accepted), weight="must"))
    assert response.status_code == 409
    assert "A remark of yours that must be met is not settled" in text_of(response)
    assert "Say it plainly.</textarea>" in text_of(response)
    assert not SignOff.objects.exists()
    assert not ReviewComment.objects.exists()


def came_back(world: w.World, accepted: ReviewAssignment, *, weight: str = "must") -> ReviewAssignment:
    """The reviewer asked for a change, the editor made it, and the text is with the reviewer again."""
    send(accepted, with_remark(decision(accepted, decision="changes", password=""), weight=weight))
    commenting.mark_done(ReviewComment.objects.get(), by=world.editor, reply="Said plainly now.")
    assert accepted.regional_edition is not None
    edition = accepted.regional_edition.edition
    w.edit(edition, world.editor, "symptoms", "Muscles lose strength [@brown2017].")
    return w.accept(w.assignment(w.submit(world, edition)[GB]))


def test_a_reviewer_sees_at_once_what_became_of_their_points(world: w.World, accepted: ReviewAssignment) -> None:
    to = came_back(world, accepted)
    page = text_of(at_desk(to.reviewer).get(address(to)))
    assert "Your earlier comments:</strong> 1 changed in the text." in page
    assert "Said plainly now." in page
    assert page.index("You said (must be changed)") > page.index('id="page-section-symptoms"')
    refused = send(to, decision(to))
    assert "not settled" in text_of(refused)
    assert not SignOff.objects.exists()


def test_a_settled_must_lets_its_author_sign_and_says_in_which_text(world: w.World, accepted: ReviewAssignment) -> None:
    to = came_back(world, accepted)
    comment = ReviewComment.objects.get()
    send(to, decision(to, **{f"settled.{comment.pk}": "on"}))
    comment.refresh_from_db()
    assert (comment.state, comment.settled_in_id) == ("resolved", to.revision_id)
    assert SignOff.objects.get().assignment == to


def test_a_point_that_is_not_met_is_taken_up_again_with_words(world: w.World, accepted: ReviewAssignment) -> None:
    to = came_back(world, accepted)
    comment = ReviewComment.objects.get()
    send(
        to,
        decision(to, decision="changes", password="", note="See below.", **{f"reply.{comment.pk}": "Still unclear."}),
    )
    comment.refresh_from_db()
    assert comment.state == "open"
    assert [reply.body for reply in comment.replies.all()] == ["Said plainly now.", "Still unclear."]


def test_nobody_settles_the_remarks_of_others(world: w.World, accepted: ReviewAssignment) -> None:
    assert accepted.regional_edition is not None
    other = w.accept(w.assigning.invite(accepted.regional_edition, world.other_uk, by=world.editor))
    comment = ReviewComment.objects.create(
        article=accepted.regional_article.article,
        regions="GB",
        revision=other.revision,
        assignment=other,
        author=world.other_uk.user,
        part="section:symptoms",
        weight="must",
        body="A canary of another reviewer.",
        made_at=w.clock_now(),
    )
    page = text_of(at_desk(accepted.reviewer).get(address(accepted)))
    assert "A canary of another reviewer." not in page
    send(accepted, decision(accepted, **{f"settled.{comment.pk}": "on"}))
    comment.refresh_from_db()
    assert comment.state == "open"
    assert SignOff.objects.get().assignment == accepted, "another person's must binds only that person"


# What is kept


def test_what_was_typed_is_saved_unchecked_and_is_there_on_another_device(accepted: ReviewAssignment) -> None:
    form = with_remark(decision(accepted, decision="", note="To do."), body="x" * 3000) | {"go": "save"}
    assert send(accepted, form).headers["Location"] == address(accepted)
    assert state_of(accepted) == "accepted"
    elsewhere = at_desk(accepted.reviewer)
    page = text_of(elsewhere.get(address(accepted)))
    assert "x" * 3000 in page
    assert "To do.</textarea>" in page
    assert "has not been sent" in page
    assert "has not been sent" in text_of(elsewhere.get(QUEUE))
    assert w.PASSWORD not in str(ReviewDraft.objects.get().fields)
    assert not ReviewComment.objects.exists()


def test_a_second_box_is_there_once_the_first_is_filled(accepted: ReviewAssignment) -> None:
    send(accepted, with_remark(decision(accepted, decision="")) | {"go": "save"})
    page = text_of(at_desk(accepted.reviewer).get(address(accepted)))
    assert 'name="remark.section-symptoms.1.body"' in page
    assert 'name="remark.section-symptoms.2.body"' not in page


def test_what_was_saved_outlives_a_text_that_is_taken_back(world: w.World, accepted: ReviewAssignment) -> None:
    send(accepted, with_remark(decision(accepted, decision="")) | {"go": "save"})
    row = accepted.regional_edition
    assert row is not None
    submitting.reopen(row, by=world.editor, reason="A figure was wrong.")
    again = w.accept(w.assignment(w.submit(world, row.edition)[GB]))
    assert "Say it plainly.</textarea>" in text_of(at_desk(again.reviewer).get(address(again)))


def test_a_decision_that_comes_too_late_is_kept_for_the_next_request(
    world: w.World, accepted: ReviewAssignment
) -> None:
    row = accepted.regional_edition
    assert row is not None
    submitting.reopen(row, by=world.editor, reason="A figure was wrong.")
    again = w.accept(w.assignment(w.submit(world, row.edition)[GB]))
    late = send(accepted, with_remark(decision(accepted)))
    assert late.status_code == 409
    assert address(again) in text_of(late)
    assert "Say it plainly.</textarea>" in text_of(at_desk(again.reviewer).get(address(again)))


def test_a_saved_remark_whose_section_is_gone_becomes_a_note(world: w.World, accepted: ReviewAssignment) -> None:
    form = with_remark(decision(accepted, decision=""), "remark.section-help-uk.0", body="Which GP?") | {"go": "save"}
    send(accepted, form)
    row = accepted.regional_edition
    assert row is not None
    submitting.reopen(row, by=world.editor, reason="A figure was wrong.")
    w.write(row.edition, world.editor, remove=[row.edition.sections.get(key="help-uk")])
    again = w.accept(w.assignment(w.submit(world, row.edition)[GB]))
    assert "Which GP?</textarea>" in text_of(at_desk(again.reviewer).get(address(again)))


def test_sending_a_decision_empties_what_was_saved(accepted: ReviewAssignment) -> None:
    send(accepted, with_remark(decision(accepted, decision="")) | {"go": "save"})
    send(accepted, with_remark(decision(accepted)))
    assert ReviewComment.objects.count() == 1
    assert not ReviewDraft.objects.exists()


def test_a_session_that_ended_keeps_every_comment(accepted: ReviewAssignment) -> None:
    client = Client()
    sent = client.post(address(accepted), with_remark(decision(accepted, note="A note.")))
    client.post(sent.headers["Location"], {"login": accepted.reviewer.user.username, "password": w.PASSWORD})
    page = text_of(client.get(address(accepted)))
    assert "Say it plainly.</textarea>" in page
    assert "A note.</textarea>" in page
    assert "Your session had ended, so nothing was sent." in page


def test_saving_is_for_the_reviewer_only(world: w.World, accepted: ReviewAssignment) -> None:
    client = at_desk(world.us)
    assert client.post(address(accepted), decision(accepted) | {"go": "save"}).status_code == 404
    assert not ReviewDraft.objects.exists()
