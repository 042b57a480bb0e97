"""Organisations: contacts hidden at once, details checked with them, and the pages that follow."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.audit.models import AuditEvent
from conditions.actions import pages
from conditions.models import Listing, RenderedPage
from conditions.vocabulary import Notice
from organisations import actions
from organisations.dates import next_check
from organisations.errors import (
    BadCheck,
    BadSuccessor,
    MissingReason,
    MissingRole,
    NotHidden,
    NotShown,
    OwnHiding,
)
from organisations.models import (
    Contact,
    DetailsCheck,
    Entry,
    Mention,
    Organisation,
    Shown,
)
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(world: w.World) -> Organisation:
    """An approved organisation."""
    return world.bodies[GB]


def propose(body: Organisation, world: w.World, what: str = "Helps more people.") -> Entry:
    body.refresh_from_db()
    return actions.propose(body, by=world.editor, fields={"what_it_does": what})


def website(body: Organisation) -> tuple[str, str]:
    contact = body.contacts.get()
    return contact.kind, contact.value


def bytes_of_pages() -> str:
    return "".join(bytes(page.body).decode() for page in RenderedPage.objects.all())


def test_a_wrong_contact_is_hidden_by_one_person_at_once_in_every_page(
    world: w.World, live: w.Article, body: Organisation
) -> None:
    kind, value = website(body)
    assert value in bytes_of_pages()
    actions.hide_contact(body, kind, value, by=world.editor, reason="It is somebody else’s.")
    assert value not in bytes_of_pages()
    assert "We list no way to reach them." in bytes_of_pages()


def test_a_hidden_contact_comes_back_by_no_approval_and_by_a_second_person_only(
    world: w.World, body: Organisation
) -> None:
    roles.grant(world.editor, Role.PUBLISHER, by=None)
    hiding = actions.hide_contact(body, *website(body), by=world.editor, reason="Wrong.")
    actions.approve(propose(body, world), by=world.publisher)
    assert json.loads(Shown.objects.get(organisation=body).card)["contacts"] == []
    with pytest.raises(OwnHiding):
        actions.show_contact(hiding, by=world.editor)
    with pytest.raises(MissingRole):
        actions.show_contact(hiding, by=world.other_editor)
    actions.show_contact(hiding, by=world.publisher)
    assert len(json.loads(Shown.objects.get(organisation=body).card)["contacts"]) == 1
    with pytest.raises(NotHidden):
        actions.show_contact(hiding, by=world.other_publisher)


def test_only_what_readers_see_is_hidden_once_with_a_reason(world: w.World, body: Organisation) -> None:
    with pytest.raises(MissingReason):
        actions.hide_contact(body, *website(body), by=world.editor, reason=" ")
    with pytest.raises(NotShown):
        actions.hide_contact(body, "telephone", "999", by=world.editor, reason="Wrong.")
    with pytest.raises(MissingRole):
        actions.hide_contact(body, *website(body), by=world.lead, reason="Wrong.")
    actions.hide_contact(body, *website(body), by=world.editor, reason="Wrong.")
    with pytest.raises(NotShown):
        actions.hide_contact(body, *website(body), by=world.publisher, reason="Wrong.")


def checked(body: Organisation, world: w.World, **but: Any) -> DetailsCheck:
    body.refresh_from_db()
    assert body.entry
    said = {"checked_on": date(2026, 3, 31), "how": "telephone", "asked": "Their office"}
    return actions.record_details_check(body.entry, by=world.editor, **{**said, **but})


def test_that_details_were_checked_is_a_fact_of_its_own_until_a_contact_changes(
    world: w.World, live: w.Article, body: Organisation
) -> None:
    assert "Not yet verified with the organisation" in bytes_of_pages()
    checked(body, world)
    assert '<time datetime="2026-03-31">31 March 2026</time>. Next check due <time datetime="2026-09-30">' in (
        bytes_of_pages()
    )
    actions.approve(propose(body, world), by=world.publisher)
    assert Shown.objects.get(organisation=body).checked_on == date(2026, 3, 31)
    body.refresh_from_db()
    changed = actions.propose(body, by=world.editor, put=[Contact(kind="text", value="85258")])
    actions.approve(changed, by=world.publisher)
    assert Shown.objects.get(organisation=body).checked_on is None


def test_a_check_is_of_what_readers_see_on_a_day_that_has_come(world: w.World, body: Organisation) -> None:
    with pytest.raises(BadCheck, match="still to come"):
        checked(body, world, checked_on=w.today() + timedelta(days=2))
    with pytest.raises(BadCheck, match="whom you asked"):
        checked(body, world, asked=" ")
    waiting = propose(body, world)
    with pytest.raises(NotShown):
        actions.record_details_check(waiting, by=world.editor, checked_on=w.today(), how="email", asked="The office")


def test_who_merged_says_into_whom_and_shows_no_contact(world: w.World, live: w.Article, body: Organisation) -> None:
    with pytest.raises(BadSuccessor):
        actions.propose(body, by=world.editor, fields={"standing": "merged"})
    body.refresh_from_db()
    with pytest.raises(BadSuccessor):
        actions.propose(body, by=world.editor, fields={"successor": world.bodies[US]})
    body.refresh_from_db()
    entry = actions.propose(body, by=world.editor, fields={"standing": "merged", "successor": world.bodies[US]})
    actions.approve(entry, by=world.publisher)
    assert "It has become part of Support US." in bytes_of_pages()
    assert website(body)[1] not in bytes_of_pages()


def test_pages_beyond_the_first_fifty_follow_with_the_next_run(
    world: w.World, body: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a limit of one in place of fifty."""
    monkeypatch.setattr(pages, "MOST_AT_ONCE", 1)
    w.live(world, regions="GB")
    w.live(world, w.article(world, "pls", "Primary lateral sclerosis"), regions="GB")
    actions.approve(propose(body, world, "Runs a night line."), by=world.publisher)
    assert bytes_of_pages().count("Runs a night line.") == len(Notice)
    audited = AuditEvent.objects.get(verb="approve_entry", subject_id=str(body.entries.all()[0].pk))
    assert re.fullmatch(r"Rendered again: [^.]+\. To follow: [^.]+\.", audited.reason)
    call_command("run_due", "--only", "pages")
    assert bytes_of_pages().count("Runs a night line.") == 2 * len(Notice)
    assert not Mention.objects.filter(is_stale=True).exists()


def test_every_live_page_says_which_organisations_it_lists(world: w.World, live: w.Article, body: Organisation) -> None:
    assert {(one.organisation, one.region, one.path) for one in Mention.objects.all()} == {
        (world.bodies[GB], "GB", "/uk/conditions/als/"),
        (world.bodies[US], "US", "/us/conditions/als/"),
    }
    edition = w.drafting.start(live, by=world.editor, regions="GB")
    w.write(edition, world.editor, put=[Listing(organisation=world.bodies[US], region="GB", why="Abroad.")])
    w.write(edition, world.editor, remove=[edition.listings.get(organisation=body)], fields={"change_note": "Other."})
    w.publish(world, w.submit(world, edition)[GB])
    assert set(Mention.objects.filter(region="GB").values_list("organisation", flat=True)) == {world.bodies[US].pk}


@pytest.mark.parametrize(
    ("checked_on", "due"), [("2026-03-31", "2026-09-30"), ("2026-08-31", "2027-02-28"), ("2025-12-01", "2026-06-01")]
)
def test_the_next_check_is_due_after_six_months(checked_on: str, due: str) -> None:
    assert next_check(date.fromisoformat(checked_on)) == date.fromisoformat(due)
