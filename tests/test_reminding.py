"""Reviewers are reminded three days before, on the day and three days after: each once, anew for another date."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from alsinfo.accounts.models import User
from alsinfo.outbox.models import Message
from conditions.actions import assigning
from conditions.actions.reminding import remind_reviewers
from conditions.models import ReviewAssignment
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(world: w.World) -> ReviewAssignment:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    Message.objects.all().delete()
    return w.assignment(row)


def noon(days: int) -> datetime:
    """Noon in so many days."""
    return w.clock_now().replace(hour=12, minute=0) + timedelta(days=days)


def told(person: User) -> list[str]:
    return list(Message.objects.filter(to_user=person).order_by("pk").values_list("subject", flat=True))


@pytest.mark.parametrize(("day", "count"), [(3, 0), (4, 1), (6, 1), (7, 1), (10, 1)])
def test_an_answer_is_reminded_of_when_a_day_has_come(invited: ReviewAssignment, day: int, count: int) -> None:
    assert remind_reviewers(noon(day)) == count
    subjects = told(invited.reviewer.user)
    assert len(subjects) == count
    assert all(subject.startswith("Reminder, your answer") for subject in subjects)


def test_each_of_the_three_is_sent_once_however_often_it_is_looked(invited: ReviewAssignment) -> None:
    for day in range(15):
        remind_reviewers(noon(day))
        remind_reviewers(noon(day))
    assert [subject.split(" on ")[0] for subject in told(invited.reviewer.user)] == [
        "Reminder, your answer is due",
        "Reminder, your answer is due",
        "Reminder, your answer was due",
    ]
    assert [subject.split(":")[0].split(" since")[0] for subject in told(invited.invited_by)] == ["Late"]


def test_after_a_gap_only_the_newest_is_sent_and_nothing_is_lost(invited: ReviewAssignment) -> None:
    assert remind_reviewers(noon(30)) == 1
    assert remind_reviewers(noon(31)) == 0
    assert "was due" in told(invited.reviewer.user)[0]


def test_an_accepted_review_is_reminded_of_its_own_date(invited: ReviewAssignment) -> None:
    w.accept(invited)
    assert remind_reviewers(noon(17)) == 0
    assert remind_reviewers(noon(18)) == 1
    assert told(invited.reviewer.user)[0].startswith("Reminder, your review is due")


def test_another_date_begins_the_reminders_anew(world: w.World, invited: ReviewAssignment) -> None:
    accepted = w.accept(invited)
    assert remind_reviewers(noon(21)) == 1
    assigning.propose_due(accepted, accepted.due_on + timedelta(days=7), by=world.uk.user)
    assert remind_reviewers(noon(21)) == 0
    assert [remind_reviewers(noon(day)) for day in (24, 25, 28, 31)] == [0, 1, 1, 1]


def test_who_accepted_late_is_not_reminded_at_once_of_days_that_were_past(
    world: w.World, invited: ReviewAssignment
) -> None:
    row, due_on = invited.regional_edition, w.today() + timedelta(days=2)
    due_soon = assigning.invite(row, world.other_uk, by=world.editor, due_on=due_on)  # type: ignore[arg-type]
    w.accept(due_soon)
    Message.objects.all().delete()
    assert remind_reviewers(noon(0)) == 0
    assert remind_reviewers(noon(2)) == 1


@pytest.mark.parametrize("how", ["decline", "cancel", "sign"])
def test_nobody_is_reminded_of_what_has_ended(world: w.World, invited: ReviewAssignment, how: str) -> None:
    if how == "decline":
        assigning.decline(invited, by=world.uk.user, reason="No time.")
    if how == "cancel":
        assigning.cancel(invited, by=world.lead, reason="Not needed.")
    if how == "sign":
        w.sign(invited.regional_edition)  # type: ignore[arg-type]
    assert remind_reviewers(noon(30)) == 0


def test_nobody_is_reminded_while_a_lead_decides_on_an_interest(world: w.World, invited: ReviewAssignment) -> None:
    assigning.declare_interest(invited, by=world.uk.user, statement="Shares.")
    assert remind_reviewers(noon(30)) == 0


def test_days_are_those_of_the_region(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="US"))[US]
    due = w.accept(w.assignment(row)).due_on
    before_midnight_in_new_york = datetime(due.year, due.month, due.day, 3, tzinfo=w.clock_now().tzinfo)
    midnight_has_passed = before_midnight_in_new_york + timedelta(hours=3)
    assert remind_reviewers(before_midnight_in_new_york - timedelta(days=3)) == 0
    assert remind_reviewers(midnight_has_passed - timedelta(days=3)) == 1


def test_run_due_reminds(invited: ReviewAssignment, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_due", only="reminders")
    assert capsys.readouterr().out == "reminders: 0 reviewers reminded\n"
