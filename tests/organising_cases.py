"""The rows of the table of actions that describe organisations."""

from datetime import date
from typing import Any

from alsinfo.accounts.models import User
from organisations import actions as organising
from organisations import asking
from organisations.asking import Said
from organisations.models import Entry, EntryLink, Hiding, Organisation
from tests import pictured
from tests.action_case import SYSTEM, Case
from tests.acts import Place, now
from tests.world import GB

WEBSITE = ("website", "https://support-uk.example.org/")
DAY = date(2026, 1, 2)
MAILBOX, NAME = "office@support-uk.example.org", "Office manager"


def propose_organisation(place: Place) -> None:
    organising.propose(Organisation(slug="new", name="New", kind="support"), by=place.world.editor)


def hide_contact(place: Place) -> None:
    organising.hide_contact(place.world.bodies[GB], *WEBSITE, by=place.world.editor, reason="Wrong.")


def send_link(place: Place) -> None:
    asking.send_link(place.world.bodies[GB], MAILBOX, by=place.world.editor)


def check_details(place: Place, by: User) -> Any:
    entry = now(place.world.bodies[GB]).entry
    assert entry
    return organising.record_details_check(entry, by=by, checked_on=DAY, how="email", asked="The office")


ORGANISING = (
    Case(
        "propose",
        "editor",
        (),
        "Entry",
        after="New",
        verb="propose_entry",
        act=lambda place, by: organising.propose(Organisation(slug="new", name="New", kind="support"), by=by),
    ),
    Case(
        "approve",
        "publisher",
        (propose_organisation,),
        "Entry",
        after="New",
        verb="approve_entry",
        act=lambda place, by: organising.approve(Entry.objects.get(organisation__slug="new"), by=by),
    ),
    Case(
        "hide_contact",
        "editor",
        (),
        "Hiding",
        before=WEBSITE[1],
        act=lambda place, by: organising.hide_contact(place.world.bodies[GB], *WEBSITE, by=by, reason="Wrong."),
    ),
    Case(
        "show_contact",
        "publisher",
        (hide_contact,),
        "Hiding",
        after=WEBSITE[1],
        act=lambda place, by: organising.show_contact(Hiding.objects.get(), by=by),
    ),
    Case(
        "send_link",
        "editor",
        (),
        "EntryLink",
        after="Support UK, 30 days",
        act=lambda place, by: asking.send_link(place.world.bodies[GB], MAILBOX, by=by),
    ),
    Case(
        "revoke_link",
        "publisher",
        (send_link,),
        "EntryLink",
        before="Support UK",
        act=lambda place, by: asking.revoke_link(EntryLink.objects.get(), by=by),
    ),
    Case(
        "confirm_entry",
        SYSTEM,
        (send_link,),
        "DetailsCheck",
        after="Support UK",
        act=lambda place, by: asking.confirm_entry(
            EntryLink.objects.get(), place.world.bodies[GB].entries.get(), name=NAME
        ),
    ),
    Case(
        "correct_entry",
        SYSTEM,
        (send_link,),
        "Reply",
        after="Support UK entry 2",
        act=lambda place, by: asking.correct_entry(
            EntryLink.objects.get(), place.world.bodies[GB].entries.get(), Said({"what": "Helps more."}), name=NAME
        ),
    ),
    Case(
        "propose_logo",
        "editor",
        (),
        "Entry",
        after="Support UK",
        verb="propose_entry",
        act=lambda place, by: organising.propose_logo(place.world.bodies[GB], pictured.files()[0], "permission", by=by),
    ),
    Case("record_details_check", "editor", (), "DetailsCheck", after=f"{DAY:%Y-%m-%d}", act=check_details),
)
