"""The reviewers' desk: who may come in, the queue, the answer to a request."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.audit.models import AuditEvent
from conditions.actions import assigning
from conditions.models import ReviewAssignment, SignOff
from tests import world as w
from tests.at_desk import QUEUE, SENTENCE, address, at_desk, decision, send, state_of, text_of
from tests.world import GB

ACCEPT = {"step": "answer", "answer": "accept"}
pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def asked(world: w.World) -> ReviewAssignment:
    """The UK reviewer was asked about a first text."""
    return w.assignment(w.submit(world, w.draft(world))[GB])


@pytest.fixture
def accepted(asked: ReviewAssignment) -> ReviewAssignment:
    return w.accept(asked)


# Who may come in


def test_who_has_not_signed_in_does_so_first_and_comes_back(asked: ReviewAssignment) -> None:
    for path in (QUEUE, address(asked), address(asked, "page/"), address(asked, "receipt/")):
        assert Client().get(path).headers["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("who", ["editor", "publisher", "lead", "administrator", "superuser"])
def test_who_is_no_reviewer_is_told_why(world: w.World, asked: ReviewAssignment, who: str) -> None:
    for path in (QUEUE, address(asked)):
        response = at_desk(getattr(world, who)).get(path)
        assert response.status_code == 403
        assert "This desk is for reviewers" in text_of(response)


def test_a_role_taken_away_closes_the_desk_at_once(world: w.World, accepted: ReviewAssignment) -> None:
    client = at_desk(world.uk)
    roles.revoke(world.uk.user, Role.REVIEWER, by=None)
    assert client.get(QUEUE).status_code == 403
    assert send(accepted, decision(accepted), client).status_code == 403
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("part", ["", "page/", "receipt/"])
def test_a_review_of_another_person_is_not_there(world: w.World, accepted: ReviewAssignment, part: str) -> None:
    client = at_desk(world.us)
    for path in (address(accepted, part), f"/desk/reviews/{10**30}/{part}"):
        response = client.get(path)
        assert response.status_code == 404
        assert "no-store" in response.headers["Cache-Control"]
    assert client.post(address(accepted), decision(accepted)).status_code == 404
    assert not SignOff.objects.exists()


# The queue


def test_an_empty_queue_says_so(world: w.World) -> None:
    page = text_of(at_desk(world.uk).get(QUEUE))
    assert "Nothing waits for you." in page
    assert "Nothing yet." in page


def test_the_queue_has_the_oldest_request_first(world: w.World, asked: ReviewAssignment) -> None:
    other = w.draft(world, w.article(world, "pls", "Primary lateral sclerosis"))
    newer = w.assignment(w.submit(world, other)[GB])
    ReviewAssignment.objects.filter(pk=newer.pk).update(invited_at=asked.invited_at - timedelta(days=3))
    page = text_of(at_desk(world.uk).get(QUEUE))
    assert page.index(address(newer)) < page.index(address(asked))
    assert "waiting 3 days" in page
    assert "About 1 minute to read" in page


def test_a_request_past_its_date_is_called_late(world: w.World, asked: ReviewAssignment) -> None:
    ReviewAssignment.objects.filter(pk=asked.pk).update(respond_by=w.today() - timedelta(days=1))
    assert "Late:" in text_of(at_desk(world.uk).get(QUEUE))


def test_the_queue_asks_the_database_as_often_for_five_reviews_as_for_one(
    world: w.World, asked: ReviewAssignment, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        w.submit(world, w.draft(world, w.article(world, f"a{number}", f"Condition {number}")))
    client = at_desk(world.uk)
    with django_assert_max_num_queries(10):
        assert text_of(client.get(QUEUE)).count("Answer the request") == 5


# The answer


def test_the_text_is_closed_until_the_review_is_accepted(world: w.World, asked: ReviewAssignment) -> None:
    client = at_desk(world.uk)
    page = text_of(client.get(address(asked)))
    assert "ALS is a disease of the nerve cells that move muscles." in page
    assert SENTENCE not in page
    assert client.get(address(asked, "page/")).headers["Location"] == address(asked)
    send(asked, {"step": "answer", "answer": "declare", "statement": "Shares."}, client)
    assert SENTENCE not in text_of(client.get(address(asked)))
    assert client.get(address(asked, "page/")).headers["Location"] == address(asked)
    assigning.clear_interest(asked, by=world.lead)
    assert SENTENCE in text_of(client.get(address(asked)))
    assert SENTENCE in text_of(client.get(address(asked, "page/")))


def test_having_no_interests_must_be_said(asked: ReviewAssignment) -> None:
    response = send(asked, {"step": "answer"})
    assert response.status_code == 400
    assert "also having no competing interests must be said" in text_of(response)
    assert state_of(asked) == "invited"


def test_an_interest_is_stated_and_waits_for_a_lead(asked: ReviewAssignment) -> None:
    form = {"step": "answer", "answer": "declare", "statement": ""}
    assert "State your interests" in text_of(send(asked, form))
    assert send(asked, form | {"statement": "Shares in a company."}).headers["Location"] == address(asked)
    assert state_of(asked) == "interest_pending"
    page = text_of(at_desk(asked.reviewer).get(address(asked)))
    assert "wait for a clinical lead" in page
    assert "Shares in a company." in page


def test_a_stated_interest_is_not_lost_by_saying_none(asked: ReviewAssignment) -> None:
    response = send(asked, ACCEPT | {"statement": "Shares in a company."})
    assert response.status_code == 400
    assert "said that you have none" in text_of(response)
    assert "Shares in a company.</textarea>" in text_of(response)
    assert state_of(asked) == "invited"


def test_who_declines_says_why(asked: ReviewAssignment) -> None:
    form = {"step": "answer", "answer": "decline", "reason": " \r\n "}
    assert "Say why you decline" in text_of(send(asked, form))
    assert state_of(asked) == "invited"
    instead = {"reason": "On leave.", "suggestion": "Dr Example"}
    assert send(asked, form | instead).headers["Location"] == QUEUE
    asked.refresh_from_db()
    assert asked.suggestion == "Dr Example"
    assert state_of(asked) == "declined"
    assert "You declined it." in text_of(at_desk(asked.reviewer).get(address(asked)))


def test_accepting_twice_is_answered_kindly(asked: ReviewAssignment) -> None:
    client = at_desk(asked.reviewer)
    for _ in range(2):
        assert send(asked, ACCEPT, client).headers["Location"] == address(asked)
    assert "answered already" in text_of(client.get(address(asked)))
    assert AuditEvent.objects.filter(verb="accept").count() == 1


def test_who_waits_for_a_lead_can_step_back_with_a_reason(world: w.World, asked: ReviewAssignment) -> None:
    assigning.declare_interest(asked, by=world.uk.user, statement="Shares.")
    assert send(asked, {"step": "recusal", "reason": ""}).status_code == 400
    send(asked, {"step": "recusal", "reason": "Too close."})
    assert state_of(asked) == "recused"
