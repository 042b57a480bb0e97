"""What follows when a licence ends: open reviews end, people are reminded before, and what was signed is looked at."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from alsinfo.accounts.models import User
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions.actions import assigning, credentials, signing
from conditions.models import CredentialCheck, RegionalArticle, Reviewer, SignOff
from conditions.vocabulary import CheckResult
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db


def run_due() -> str:
    out = StringIO()
    call_command("run_due", "--only", "credentials", stdout=out)
    return out.getvalue()


def look(world: w.World, reviewer: Reviewer, *, result: str = CheckResult.LICENSED, days: int = 0) -> CredentialCheck:
    """A lead looked at the register and found it valid until so many days from today."""
    return credentials.record_check(
        reviewer.registrations.get(),
        by=world.lead,
        result=result,
        checked_on=w.today() - timedelta(days=40),
        valid_until=w.today() + timedelta(days=days),
    )


def told(person: User) -> list[str]:
    return list(Message.objects.filter(to_user=person).order_by("pk").values_list("subject", flat=True))


# The end of a licence


def test_leads_see_what_was_last_found_of_each_reviewer(client: Client, world: w.World) -> None:
    w.check(world.uk.registrations.get(), world.lead, result=CheckResult.CONDITIONS)
    w.check(world.us.registrations.get(), world.lead, result=CheckResult.NOT_FOUND)
    client.force_login(world.lead)
    found = client.get("/admin/conditions/reviewer/").text
    assert "GMC 0000001: Registered with conditions on " in found
    assert "NPI 1234567893, IL licence TEST-1: Not found on " in found


def test_a_check_that_is_over_ends_open_reviews_once_and_tells_who_invited(world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    look(world, world.uk, days=-1)
    count = chain.head().count
    assert "1 reviews cancelled" in run_due()
    event = AuditEvent.objects.get(sequence__gt=count)
    assert (event.verb, event.actor, event.after) == ("assignment_cancelled", None, "cancelled")
    assert w.asked(rows[GB]) == [("uk-reviewer", "cancelled")]
    assert w.asked(rows[US]) == [("us-reviewer", "invited")]
    assert any("is no longer asked" in subject for subject in told(world.editor))
    assert any(subject.startswith("Nobody is reviewing") for subject in told(world.editor))
    assert any(subject.startswith("No longer needed") for subject in told(world.uk.user))
    messages = Message.objects.count()
    assert "0 reviews cancelled" in run_due()
    assert (chain.head().count, Message.objects.count()) == (count + 1, messages)


def test_a_review_stays_open_to_the_end_of_the_last_valid_day(world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    look(world, world.uk, days=0)
    assert "0 reviews cancelled" in run_due()
    assert w.sign(rows[GB])


@pytest.mark.parametrize("result", [CheckResult.CONDITIONS, CheckResult.NOT_FOUND])
def test_a_licence_that_is_gone_ends_open_reviews_and_bars_from_signing(world: w.World, result: str) -> None:
    accepted = w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))
    look(world, world.uk, result=result, days=300)
    with pytest.raises(Refusal):
        signing.sign_off(accepted, w.signing_of(accepted), by=world.uk.user)
    run_due()
    accepted.refresh_from_db()
    assert accepted.state == "cancelled"


def test_a_text_that_another_signed_is_cleared_when_the_last_reviewer_lapses(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    assigning.invite(row, world.other_uk, by=world.editor)
    w.sign(row, of=world.uk)
    look(world, world.other_uk, days=-1)
    run_due()
    row.refresh_from_db()
    assert row.state == "cleared"


def test_a_reconfirmation_ends_too(world: w.World, live: w.Article) -> None:
    page = w.page(live)
    asked = assigning.invite_to_reconfirm(page, world.other_uk, by=world.editor)
    look(world, world.other_uk, days=-1)
    run_due()
    asked.refresh_from_db()
    assert asked.state == "cancelled"


def test_a_second_registration_in_the_region_keeps_reviews_open(world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    nurse = credentials.add_registration(world.uk, "NMC", "98I1234E", by=world.lead)
    w.check(nurse, world.lead)
    look_at = world.uk.registrations.get(register="GMC")
    w.check(look_at, world.lead, result=CheckResult.NOT_FOUND)
    assert "0 reviews cancelled" in run_due()
    assert w.sign(rows[GB]).registration == "NMC 98I1234E"


def test_a_lapse_that_the_register_did_not_show_changes_nothing(world: w.World) -> None:
    invited = w.assignment(w.submit(world, w.draft(world))[GB])
    assert assigning.lapse(invited) is None
    invited.refresh_from_db()
    assert invited.state == "invited"


# Reminders


@pytest.mark.parametrize(
    ("days", "expected"), [(31, 0), (30, 1), (8, 1), (7, 1), (1, 1), (0, 1), (-1, 1), (-30, 1), (-31, 0)]
)
def test_reviewer_and_leads_are_told_before_a_check_is_over(world: w.World, days: int, expected: int) -> None:
    look(world, world.uk, days=days)
    run_due()
    assert len([subject for subject in told(world.uk.user) if "check of your registration" in subject]) == expected
    for lead in (world.lead, world.other_lead):
        assert told(lead).count("Look at the register again: Dr Uk Reviewer") == expected
    assert not told(world.us.user)


def remind_on(check: CredentialCheck, days_left: int) -> None:
    """As the job would on a later day."""
    now = clock_now() + timedelta(days=(check.valid_until - w.today()).days - days_left)
    credentials.remind(check, now)


def test_each_reminder_is_sent_once_and_a_missed_day_loses_none(world: w.World) -> None:
    check = look(world, world.uk, days=60)
    counts = []
    for days_left in (31, 30, 29, 29, 8, 5, 4, 1, -2, -3):
        remind_on(check, days_left)
        counts.append(len(told(world.uk.user)))
    assert counts == [0, 1, 1, 1, 1, 2, 2, 2, 3, 3]
    assert "ended" in told(world.uk.user)[-1]


def test_a_new_check_is_reminded_of_anew(world: w.World) -> None:
    look(world, world.uk, days=7)
    run_due()
    run_due()
    assert len(told(world.uk.user)) == 1
    look(world, world.uk, days=300)
    run_due()
    assert len(told(world.uk.user)) == 1
    look(world, world.uk, days=7)
    run_due()
    assert len(told(world.uk.user)) == 2


def test_who_left_is_not_reminded(world: w.World) -> None:
    look(world, world.uk, days=7)
    look(world, world.other_uk, days=7)
    Reviewer.objects.filter(pk=world.uk.pk).update(is_active=False)
    User.objects.filter(pk=world.other_uk.user_id).update(is_active=False)
    run_due()
    assert not Message.objects.filter(key__startswith="credential").exists()


# Struck off


def test_striking_off_puts_every_live_page_before_the_leads_at_once(
    world: w.World, live: w.Article, client: Client
) -> None:
    w.live(world, w.article(world, "pls", "PLS"))
    signed = list(SignOff.objects.values())
    count = chain.head().count
    check = look(world, world.uk, result=CheckResult.NOT_FOUND, days=1)
    for page in RegionalArticle.objects.filter(region=GB):
        assert page.next_review_due_on == w.today()
    assert not RegionalArticle.objects.filter(region=US, next_review_due_on__lte=w.today(US)).exists()
    event = AuditEvent.objects.get(sequence__gt=count)
    assert (event.verb, event.before, event.after) == ("record_check", "licensed", "not-found")
    assert "PLS (UK)" in event.reason and "(US)" not in event.reason
    for lead in (world.lead, world.other_lead):
        message = Message.objects.get(to_user=lead, key__startswith=f"struck-off:{check.pk}:")
        assert f"- {live} (UK)" in message.body and "/admin/within-24-hours/\n" in message.body
        assert "PLS (UK)" in message.body
    assert list(SignOff.objects.values()) == signed
    text = client.get("/uk/conditions/als/").text
    assert f"{w.today():%-d %B %Y}" in text
    assert "Dr Uk Reviewer" in text
    assert call_command("verify_record", stdout=StringIO()) is None


def test_a_date_that_is_past_already_stays(world: w.World, live: w.Article) -> None:
    page = w.page(live)
    past = w.today() - timedelta(days=3)
    RegionalArticle.objects.filter(pk=page.pk).update(next_review_due_on=past)
    look(world, world.uk, result=CheckResult.CONDITIONS, days=1)
    page.refresh_from_db()
    assert page.next_review_due_on == past


def test_a_lapse_in_itself_or_a_first_look_strikes_nobody_off(world: w.World, live: w.Article) -> None:
    page = w.page(live)
    due = page.next_review_due_on
    look(world, world.uk, days=-1)
    nurse = credentials.add_registration(world.uk, "NMC", "98I1234E", by=world.lead)
    w.check(nurse, world.lead, result=CheckResult.NOT_FOUND)
    page.refresh_from_db()
    assert page.next_review_due_on == due
    assert not Message.objects.filter(key__startswith="struck-off").exists()


def test_a_page_resting_on_a_whole_page_signature_beneath_is_found(world: w.World, live: w.Article) -> None:
    edition = w.drafting.start(live, by=world.editor, regions="GB")
    w.edit(edition, world.editor, "symptoms", "Muscles grow weak and stiff [@brown2017].")
    edition.refresh_from_db()
    reviewers = {GB: [world.other_uk]}
    rows = w.submitting.submit(edition, by=world.editor, opened_version=edition.lock_version, reviewers=reviewers)
    w.sign(rows[0], scope="changes-only")
    w.publish(world, rows[0])
    look(world, world.uk, result=CheckResult.NOT_FOUND, days=1)
    assert w.page(live).next_review_due_on == w.today()


def test_who_is_struck_off_and_a_lead_is_not_asked_about_their_own_pages(world: w.World, live: w.Article) -> None:
    w.roles.grant(world.uk.user, w.Role.LEAD, by=None)
    look(world, world.uk, result=CheckResult.NOT_FOUND, days=1)
    assert not Message.objects.filter(to_user=world.uk.user, key__startswith="struck-off").exists()
