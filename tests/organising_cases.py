"""The rows of the table of actions that describe organisations."""

from datetime import date
from typing import Any

from alsinfo.accounts.models import User
from organisations import actions as organising
from organisations.models import Entry, Hiding, Organisation
from tests.action_case import Case
from tests.acts import Place, now
from tests.world import GB

WEBSITE = ("website", "https://support-uk.example.org/")
DAY = date(2026, 1, 2)


def propose_organisation(place: Place) -> None:
    organising.propose(Organisation(slug="new", name="New", kind="support"), by=place.world.editor)


def hide_contact(place: Place) -> None:
    organising.hide_contact(place.world.bodies[GB], *WEBSITE, by=place.world.editor, reason="Wrong.")


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
    Case("record_details_check", "editor", (), "DetailsCheck", after=f"{DAY:%Y-%m-%d}", act=check_details),
)
