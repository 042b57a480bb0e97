"""Attempts on what organisations are described by, checked and hidden with."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from alsinfo.concurrency import clock_now
from alsinfo.imaging import digest_of
from organisations.models import Contact, DetailsCheck, EntryLink, Hiding, Logo, Mention, Reply, Service, Shown
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, saved
from tests.refusals.scene import Scene
from tests.world import GB, US

VALUE = "https://support-uk.example.org/"


def check(s: Scene, **but: object) -> DetailsCheck:
    """A check of the UK organisation's details, not saved."""
    body = s.world.bodies[GB]
    made: dict[str, object] = {"organisation": body, "entry": body.entry, "checked_on": date(2026, 1, 2)}
    made |= {"how": "telephone", "asked": "The office", "checked_by": s.world.editor, "recorded_at": clock_now()}
    return DetailsCheck(**{**made, **but})


def hiding(s: Scene, **but: object) -> Hiding:
    """The UK organisation's website hidden by the editor, not saved."""
    made = {"organisation": s.world.bodies[GB], "kind": "website", "value": VALUE, "reason": "Wrong."}
    return Hiding(**{**made, "hidden_by": s.world.editor, "hidden_at": clock_now(), **but})


def shown_again(s: Scene) -> Hiding:
    """A hiding that another person ended."""
    found = hiding(s)
    found.save()
    change(found, ended_by=s.world.publisher, ended_at=clock_now())
    return found


@attempt("one_row_per_service")
def giving_the_same_help_twice(s: Scene) -> Act:
    row = {"organisation": s.world.bodies[GB], "kind": "helpline"}
    Service.objects.create(**row)
    return lambda: Service.objects.create(**row)


@attempt("a_service_is_one_of_ours")
def giving_a_help_that_does_not_exist(s: Scene) -> Act:
    return lambda: Service.objects.create(organisation=s.world.bodies[GB], kind="miracles")


@attempt("hours_are_in_a_time_zone")
def opening_at_nine_o_clock_somewhere(s: Scene) -> Act:
    return lambda: Contact.objects.create(organisation=s.world.bodies[GB], kind="text", value="85258", hours="From 9am")


@attempt("ages_go_from_young_to_old")
def helping_people_older_than_twenty_and_younger_than_ten(s: Scene) -> Act:
    row = {"kind": "text", "value": "85258", "youngest": 20, "oldest": 10}
    return lambda: Contact.objects.create(organisation=s.world.bodies[GB], **row)


@attempt("a_merged_organisation_has_a_successor")
def merging_into_nothing(s: Scene) -> Act:
    return lambda: change(s.world.bodies[GB], standing="merged")


@attempt("an_active_organisation_has_no_successor")
def naming_a_successor_while_alive(s: Scene) -> Act:
    return lambda: change(s.world.bodies[GB], successor=s.world.bodies[US])


@attempt("nobody_succeeds_themselves")
def merging_into_oneself(s: Scene) -> Act:
    return lambda: change(s.world.bodies[GB], standing="merged", successor=s.world.bodies[GB])


@attempt("an_organisation_names_its_own_check")
def naming_the_check_of_another_organisation(s: Scene) -> Act:
    other = s.world.bodies[US]
    made = saved(check(s, organisation=other, entry=other.entry))
    return lambda: change(s.world.bodies[GB], details_check=made)


@attempt("a_check_says_who_was_asked")
def checking_with_nobody(s: Scene) -> Act:
    return lambda: check(s, asked="").save()


@attempt("a_contact_is_hidden_once")
def hiding_a_contact_twice(s: Scene) -> Act:
    saved(hiding(s))
    return lambda: hiding(s).save()


@attempt("hiding_a_contact_has_a_reason")
def hiding_a_contact_for_no_reason(s: Scene) -> Act:
    return lambda: hiding(s, reason="").save()


@attempt("a_contact_shown_again_says_by_whom_and_when")
def showing_a_contact_again_as_nobody(s: Scene) -> Act:
    found = saved(hiding(s))
    return lambda: change(found, ended_at=clock_now())


@attempt("nobody_shows_again_what_they_hid")
def showing_again_what_one_hid(s: Scene) -> Act:
    found = saved(hiding(s))
    return lambda: change(found, ended_by=s.world.editor, ended_at=clock_now())


@attempt("a_contact_is_hidden_before_it_is_shown_again")
def adding_a_hiding_that_is_over(s: Scene) -> Act:
    return lambda: hiding(s, ended_by=s.world.publisher, ended_at=clock_now()).save()


@attempt("a_contact_shown_again_stays_so_in_the_record")
def putting_another_name_under_a_contact_shown_again(s: Scene) -> Act:
    found = shown_again(s)
    return lambda: change(found, ended_by=s.world.other_publisher)


@attempt("one_mention_per_page")
def listing_an_organisation_twice_on_a_page(s: Scene) -> Act:
    row = {"organisation": s.world.bodies[GB], "page": 999_999, "region": "GB", "path": "/uk/conditions/x/"}
    row |= {"condition": "x", "title": "X", "is_public": True}
    Mention.objects.create(**row)
    return lambda: Mention.objects.create(**row)


@attempt("organisations_shown.organisation_id")
def showing_an_organisation_twice(s: Scene) -> Act:
    body = s.world.bodies[GB]
    row = Shown.objects.filter(organisation=body).values().get()
    return lambda: Shown.objects.create(**{**row, "id": None})


def logo(**but: Any) -> Logo:
    """A logo under its digest, not saved."""
    return Logo(**{"digest": digest_of(b"a logo"), "body": b"a logo", "width": 1, "height": 1, **but})


@attempt("a_logo_is_kept_under_its_digest")
def other_bytes_under_the_digest_of_a_logo(s: Scene) -> Act:
    return lambda: logo(digest=digest_of(b"another")).save(force_insert=True)


@attempt("a_logo_is_shown_under_a_licence")
def a_logo_that_nothing_allows_us_to_show(s: Scene) -> Act:
    kept = saved(logo())
    return lambda: change(s.world.bodies[US], logo=kept)


CHANGES: dict[str, dict[str, Any]] = {
    "organisations_detailscheck": {"asked": "Nobody"},
    "organisations_hiding": {"reason": "Nothing to see."},
    "organisations_entrylink": {"sent_to": "nobody@example.org"},
    "organisations_reply": {"note": "All is well."},
    "organisations_logo": {"body": b"painted over"},
}
NEW_AND_OLD: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "organisations_entrylink": lambda s: (link(s), EntryLink.objects.get()),
    "organisations_reply": lambda s: (reply(s), Reply.objects.order_by("pk")[0]),
    "organisations_logo": lambda s: (logo(), saved(logo())),
    "organisations_detailscheck": lambda s: (check(s), saved(check(s))),
    "organisations_hiding": lambda s: (hiding(s, value="other"), saved(hiding(s))),
    "organisations_hiding.organisation_id.kind.value": lambda s: (hiding(s), saved(hiding(s))),
}
"""For what all tables of the record have in common, see `kept`."""


def link(s: Scene, **but: object) -> EntryLink:
    """A link to the UK organisation's entry, not saved."""
    now = clock_now()
    made: dict[str, object] = {"organisation": s.world.bodies[GB], "token_hash": "a" * 64, "sent_to": "a@example.org"}
    made |= {"sent_by": s.world.editor, "sent_at": now, "expires_at": now + timedelta(days=1)}
    return EntryLink(**{**made, **but})


def reply(s: Scene, **but: object) -> Reply:
    """The answer to a link that works, not saved."""
    made: dict[str, object] = {"number": 1, "kind": "corrected", "name": "The office", "note": "We moved."}
    asked = but.get("link") or saved(link(s))
    return Reply(**{**made, "link": asked, "replied_at": clock_now(), **but})


@attempt("a_link_to_an_entry_ends_later")
def a_link_that_ended_before_it_was_sent(s: Scene) -> Act:
    return lambda: link(s, expires_at=clock_now() - timedelta(days=2)).save()


@attempt("somebody_revoked_a_revoked_link_to_an_entry")
def a_link_revoked_by_nobody(s: Scene) -> Act:
    return lambda: change(saved(link(s)), revoked_at=clock_now())


@attempt("a_revoked_link_to_an_entry_stays_revoked")
def a_revoked_link_that_works_again(s: Scene) -> Act:
    revoked = saved(link(s))
    change(revoked, revoked_by=s.world.lead, revoked_at=clock_now())
    return lambda: change(revoked, revoked_by=None, revoked_at=None)


@attempt("organisations_entrylink.token_hash")
def two_links_to_an_entry_with_one_token(s: Scene) -> Act:
    saved(link(s))
    return lambda: link(s).save()


@attempt("one_reply_per_number")
def two_first_replies(s: Scene) -> Act:
    first = saved(reply(s))
    return lambda: reply(s, link=first.link).save()


@attempt("a_link_brings_three_replies")
def a_fourth_reply(s: Scene) -> Act:
    return lambda: reply(s, number=4).save()


@attempt("a_reply_is_of_a_known_kind")
def a_reply_of_no_kind(s: Scene) -> Act:
    return lambda: reply(s, kind="perhaps", entry=s.world.bodies[GB].entry).save()


@attempt("a_reply_says_who_answered")
def a_reply_of_nobody(s: Scene) -> Act:
    return lambda: reply(s, name="").save()


@attempt("a_reply_about_an_entry_says_something")
def a_reply_that_says_nothing(s: Scene) -> Act:
    return lambda: reply(s, note="").save()


@attempt("a_reply_comes_through_a_link_that_works")
def a_reply_through_a_link_that_ran_out(s: Scene) -> Act:
    now = clock_now()
    old = saved(link(s, sent_at=now - timedelta(days=2), expires_at=now - timedelta(days=1)))
    return lambda: reply(s, link=old).save()


@attempt("a_reply_comes_through_a_link_that_works")
def a_reply_through_a_revoked_link(s: Scene) -> Act:
    revoked = saved(link(s))
    change(revoked, revoked_by=s.world.lead, revoked_at=clock_now())
    return lambda: reply(s, link=revoked).save()


@attempt("a_reply_is_about_the_links_own_organisation")
def a_reply_about_another_organisation(s: Scene) -> Act:
    return lambda: reply(s, entry=s.world.bodies[US].entry).save()
