"""A draft that goes on without its reader, what a reading never is, and what became of remarks."""

from typing import Any

import pytest
from django.test import Client

from alsinfo.accounts.models import Role
from alsinfo.outbox.models import Message
from conditions.actions import commenting, leaving, publishing, reading, signing, submitting
from conditions.models import Reading, RegionalEdition, ReviewComment, SignOff
from tests import world as w
from tests.at_desk import SENTENCE, at_desk, text_of
from tests.at_readings import SAY, said, state_of, where
from tests.world import GB, US

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world: w.World) -> RegionalEdition:
    """A UK text in review."""
    return w.submit(world, w.draft(world))[GB]


@pytest.fixture
def asked(world: w.World, row: RegionalEdition) -> Reading:
    return reading.invite_reader(row, world.draft_reader, by=world.editor)


@pytest.fixture
def accepted(world: w.World, asked: Reading) -> Reading:
    return reading.accept_reading(asked, by=world.draft_reader)


@pytest.fixture
def client(world: w.World) -> Client:
    return at_desk(world.draft_reader)


# The draft is closed meanwhile


def reopen(world: w.World, row: RegionalEdition) -> None:
    submitting.reopen(row, by=world.editor, reason="A mistake.")


def change(world: w.World, row: RegionalEdition) -> None:
    submitting.reopen(w.row(row.edition, US), by=world.editor, reason="A mistake.")
    w.edit(row.edition, world.editor, "help-uk", "Ring your GP.")
    w.submit(world, row.edition)


def discard(world: w.World, row: RegionalEdition) -> None:
    submitting.discard(row.edition, GB, by=world.publisher, reason="Not needed.")


def publish(world: w.World, row: RegionalEdition) -> None:
    w.publish(world, row)


@pytest.mark.parametrize("close", [reopen, change, discard, publish])
def test_a_draft_that_goes_on_without_them_is_closed_and_keeps_what_they_wrote(
    world: w.World, row: RegionalEdition, accepted: Reading, client: Client, close: Any
) -> None:
    close(world, row)
    assert state_of(accepted) == "cancelled"
    assert SENTENCE not in text_of(client.get(where(accepted)))
    response = said(client, accepted)
    assert response.status_code == 409
    assert "Nothing was sent" in text_of(response)
    assert "Weak sounds lazy." in text_of(response)
    assert "Weak sounds lazy." in text_of(client.get(where(accepted)))
    assert not ReviewComment.objects.exists()
    assert Message.objects.filter(to_user=world.draft_reader, subject__contains="not needed any more").count() == 1


def test_a_closed_account_reads_no_draft(world: w.World, accepted: Reading) -> None:
    leaving.leave(world.draft_reader, by=world.administrator)
    assert state_of(accepted) == "cancelled"


def test_a_text_sent_back_by_a_reviewer_stays_open_to_its_reader(
    world: w.World, row: RegionalEdition, accepted: Reading, client: Client
) -> None:
    to = w.accept(w.assignment(row))
    signing.request_changes(to, by=world.uk.user, note="Say it plainly.")
    said(client, accepted)
    assert state_of(accepted) == "completed"


# What a reading is not


def test_a_reading_neither_clears_a_text_nor_stands_in_its_way(
    world: w.World, row: RegionalEdition, accepted: Reading, client: Client
) -> None:
    said(client, accepted)
    row.refresh_from_db()
    assert row.state == "in_review"
    assert not SignOff.objects.exists()
    asked = reading.invite_reader(row, w.person("another-reader", Role.DRAFT_READER), by=world.lead)
    w.sign(row)
    assert row.state == "cleared"
    publishing.publish(row, by=world.publisher)
    assert state_of(asked) == "cancelled"


# What became of it


def test_a_reader_is_told_what_became_of_each_remark(accepted: Reading, client: Client, world: w.World) -> None:
    client.post(where(accepted), {"step": "send", SAY: "Weak sounds lazy.", "say-opening": "Too many names."})
    first, second = ReviewComment.objects.order_by("pk")
    assert text_of(client.get(where(accepted))).count("The editors have not answered yet.") == 2
    commenting.mark_done(second, by=world.editor)
    commenting.answer(first, by=world.editor, reply="People search for them.")
    page = text_of(client.get(where(accepted)))
    assert "The text was changed." in page
    assert "People search for them." in page
    assert "You sent 2 remarks" in page
    assert "what became of your remarks" in text_of(client.get("/desk/readings/"))
