"""A signed text goes live at a time set before, if everything still holds then; else people are told why it did not."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.admin.records import page_of
from alsinfo.audit.models import AuditEvent
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions.actions import publishing, scheduling, submitting, withdrawing
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import WrongState
from conditions.errors.publishing import OwnEdition
from conditions.errors.scheduling import TimePast, TimeTooFar
from conditions.models import Publication, RegionalEdition
from tests import pages
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "A mistake."


@pytest.fixture
def cleared(world: w.World) -> RegionalEdition:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    w.sign(row)
    return row


def scheduled(world: w.World, row: RegionalEdition, **ago: int) -> RegionalEdition:
    """Its time, set by the publisher, came so long ago."""
    scheduling.schedule(row, w.clock_now() + timedelta(days=1), by=world.publisher)
    RegionalEdition.objects.filter(pk=row.pk).update(publish_at=w.clock_now() - timedelta(**ago))
    return RegionalEdition.objects.get(pk=row.pk)


def run_due() -> None:
    call_command("run_due", only="scheduled")


# Setting a time


@pytest.mark.parametrize(("days", "refusal"), [(0, TimePast), (-1, TimePast), (367, TimeTooFar)])
def test_a_time_is_set_within_a_year_from_now(
    world: w.World, cleared: RegionalEdition, days: int, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        scheduling.schedule(cleared, w.clock_now() + timedelta(days=days), by=world.publisher)
    scheduling.schedule(cleared, w.clock_now() + timedelta(minutes=1), by=world.publisher)


def test_who_could_not_publish_now_sets_no_time(world: w.World, cleared: RegionalEdition) -> None:
    tomorrow = w.clock_now() + timedelta(days=1)
    with pytest.raises(MissingRole):
        scheduling.schedule(cleared, tomorrow, by=world.lead)
    roles.grant(world.editor, Role.PUBLISHER, by=None)
    with pytest.raises(OwnEdition):
        scheduling.schedule(cleared, tomorrow, by=world.editor)
    scheduling.schedule(cleared, tomorrow, by=world.publisher)
    with pytest.raises(WrongState):
        scheduling.schedule(cleared, tomorrow, by=world.other_publisher)


def test_a_time_can_be_taken_back_by_any_publisher_and_the_text_is_published_at_once(
    world: w.World, cleared: RegionalEdition
) -> None:
    scheduling.schedule(cleared, w.clock_now() + timedelta(days=1), by=world.publisher)
    row = scheduling.unschedule(cleared, by=world.other_publisher)
    assert (row.state, row.publish_at, row.scheduled_by) == ("cleared", None, None)
    scheduling.schedule(row, w.clock_now() + timedelta(days=1), by=world.publisher)
    publishing.publish(row, by=world.other_publisher)
    run_due()
    assert Publication.objects.count() == 1


# When it has come


def test_before_its_time_nothing_goes_live(world: w.World, cleared: RegionalEdition, client: Client) -> None:
    scheduling.schedule(cleared, w.clock_now() + timedelta(minutes=1), by=world.publisher)
    run_due()
    assert client.get("/uk/conditions/als/").status_code == 404


@pytest.mark.parametrize("ago", [{"seconds": 1}, {"minutes": 50}, {"days": 3}])
def test_at_its_time_or_however_late_it_goes_live_once_for_who_scheduled_it(
    world: w.World, cleared: RegionalEdition, client: Client, ago: dict[str, int]
) -> None:
    row = scheduled(world, cleared, **ago)
    run_due()
    run_due()
    publication = Publication.objects.get()
    assert (publication.published_by, publication.revision_id) == (world.publisher, row.revision_id)
    assert client.get("/uk/conditions/als/").status_code == 200
    event = AuditEvent.objects.get(verb="publish")
    assert (event.actor, event.before, event.after) == (None, "scheduled", "published")
    assert str(world.publisher) in event.reason
    assert w.rounds(cleared.edition) == ["published"]


def test_the_other_region_goes_on_and_its_text_is_edited_meanwhile(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    w.sign(rows[GB])
    row = scheduled(world, rows[GB], minutes=1)
    submitting.reopen(rows[US], by=world.editor, reason=WHY)
    w.edit(edition, world.editor, "overview", "A text for both, written meanwhile [@brown2017].")
    run_due()
    assert Publication.objects.get().revision_id == row.revision_id


def test_who_scheduled_and_is_no_publisher_any_more_publishes_nothing(world: w.World, cleared: RegionalEdition) -> None:
    row = scheduled(world, cleared, minutes=1)
    roles.revoke(world.publisher, Role.PUBLISHER, by=None)
    run_due()
    row.refresh_from_db()
    assert (row.state, Publication.objects.count()) == ("publish_failed", 0)
    assert row.failure.startswith("Who scheduled this text may not publish any more.")


def test_what_failed_changes_nothing_for_readers_tells_people_and_is_published_by_hand(
    world: w.World, live: w.Article, client: Client
) -> None:
    edition = w.edit(
        w.drafting.start(live, by=world.editor, regions="GB"), world.editor, "symptoms", "So [@brown2017]."
    )
    row = w.submit(world, edition)[GB]
    w.sign(row)
    scheduled(world, row, minutes=1)
    withdrawing.suspend(w.page(live), by=world.lead, reason=WHY)
    run_due()
    row.refresh_from_db()
    assert (row.state, w.page(live).state) == ("publish_failed", "suspended")
    assert (
        row.failure == "This page is suspended, and the text was signed before that. It needs a signature made since."
    )
    told = Message.objects.filter(subject__startswith="Not published").values_list("to_user__username", flat=True)
    assert set(told) == {"publisher", "other-publisher", "editor"}
    withdrawing.lift(w.page(live), by=world.publisher, reason="It was right.")
    publishing.publish(row, by=world.publisher)
    assert client.get("/uk/conditions/als/").status_code == 200


def test_a_revoked_signature_takes_the_time_back(world: w.World, cleared: RegionalEdition) -> None:
    row = scheduled(world, cleared, minutes=1)
    withdrawing.revoke(row.sign_offs.get(), by=world.lead, reason=WHY)
    run_due()
    row.refresh_from_db()
    assert (row.state, row.publish_at, Publication.objects.count()) == ("in_review", None, 0)


def test_a_fault_of_the_database_is_tried_again_and_keeps_no_other_text_waiting(
    world: w.World, cleared: RegionalEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = w.submit(world, w.draft(world, w.article(world, "pls", "PLS"), regions="GB"))[GB]
    w.sign(other)
    for row in (cleared, other):
        scheduled(world, row, minutes=1)
    put_live, faults = publishing.put_live, [OperationalError("lock timeout")]

    def failing_once(*args: object, **kwargs: object) -> Publication:
        if faults:
            raise faults.pop()
        return put_live(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(scheduling, "put_live", failing_once)
    assert scheduling.publish_due(w.clock_now()) == {"postponed": 1, "published": 1}
    assert scheduling.publish_due(w.clock_now()) == {"published": 1}


# At the desk of a publisher


def test_a_publisher_sets_the_time_by_the_clocks_of_the_readers(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="US"))[US]
    w.sign(row)
    publisher, page, year = signed_in(world.publisher), page_of(row.edition), w.today().year + 1
    assert "America/New York" in publisher.get(page).text
    answer = pages.send(publisher, page, "/schedule/", day=f"{year}-02-10", time="09:00")
    assert pages.messages(answer) == [f"The text for US is published on 10 February {year}, 09:00 EST."]
    row.refresh_from_db()
    assert row.publish_at is not None
    assert f"{row.publish_at:%Y-%m-%d %H:%M}" == f"{year}-02-10 14:00"
    shown = publisher.get(page).text
    assert f"10 February {year}, 09:00 EST" in shown
    assert "Publish for US now" in shown
    pages.send(publisher, page, "/unschedule/")
    row.refresh_from_db()
    assert row.state == "cleared"


def test_what_is_wrong_with_a_time_is_said_and_nothing_typed_is_lost(world: w.World, cleared: RegionalEdition) -> None:
    publisher, page = signed_in(world.publisher), page_of(cleared.edition)
    answer = pages.send(publisher, page, "/schedule/", day="2026-03-29", time="01:30")
    assert "There is no 01:30 on 29 March 2026: the clocks go forward." in answer.content.decode()
    assert 'value="2026-03-29"' in answer.content.decode()
    answer = pages.send(publisher, page, "/schedule/", day="2020-01-01", time="09:00")
    assert "Choose a time that has not come yet." in answer.content.decode()


def test_who_may_not_schedule_reads_why(world: w.World, cleared: RegionalEdition) -> None:
    shown = signed_in(world.lead).get(page_of(cleared.edition)).text
    assert "Publish at a set time" in shown
    assert "Only a person with the role of publisher can do this." in shown
