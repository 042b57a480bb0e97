"""Writing states, suspensions, addresses, dates and the audit past the actions."""

from datetime import timedelta
from typing import Any

from alsinfo.audit.models import AuditEvent
from conditions.actions import withdrawing
from conditions.models import Lift, Path, Suspension
from organisations import actions as organisation_actions
from tests import world as w
from tests.forgeries.table import empty, live, refused, write
from tests.refusals.rows import change, delete, revocation, run
from tests.refusals.scene import Scene
from tests.refusals.withdrawing import lift
from tests.world import GB, US


@refused
def a_text_in_review_is_called_cleared(s: Scene) -> None:
    write(s.in_review, state="cleared")


@refused
def a_text_in_review_is_called_published(s: Scene) -> None:
    write(s.in_review, state="published")


@refused
def a_cleared_text_is_called_published(s: Scene) -> None:
    write(s.cleared, state="published")


@refused
def an_edition_in_review_is_called_a_closed_one(s: Scene) -> None:
    write(s.in_review.edition, state="closed")


@refused
def a_suspended_page_is_called_live(s: Scene) -> None:
    write(s.suspended, state="live")


@refused
def a_page_that_was_never_published_is_called_live(s: Scene) -> None:
    write(w.page(s.drafted.article), state="live")


@refused
def a_suspension_is_deleted(s: Scene) -> None:
    delete(s.suspended.suspensions.get())


@refused
def a_suspension_is_deleted_through_the_orm(s: Scene) -> None:
    s.suspended.suspensions.all().delete()


@refused
def suspensions_are_emptied(s: Scene) -> None:
    empty("conditions_suspension")


@refused
def a_suspension_is_moved_to_another_page(s: Scene) -> None:
    change(s.suspended.suspensions.get(), regional_article=w.page(s.down, US))


@refused
def the_suspender_lifts(s: Scene) -> None:
    withdrawing.lift(s.suspended, by=s.world.publisher, reason="It was nothing.")


@refused
def the_suspender_lifts_by_a_raw_row(s: Scene) -> None:
    lift(s, lifted_by=s.world.publisher).save()


@refused
def a_page_is_lifted_onto_a_revoked_signature(s: Scene) -> None:
    revocation(live_of(s).signatures().get(), s.world).save()
    lift(s).save()


def live_of(s: Scene) -> Any:
    """What is suspended."""
    found = s.suspended.live_publication()
    assert found is not None
    return found


@refused
def a_lift_is_moved_to_another_suspension(s: Scene) -> None:
    change(Lift.objects.get(), suspension=Suspension.objects.get(lift=None, regional_article=s.suspended))


@refused
def an_address_is_pointed_at_another_page(s: Scene) -> None:
    change(s.page.paths.get(), regional_article=s.suspended)


@refused
def an_address_is_renamed_to_that_of_another_page(s: Scene) -> None:
    Path.objects.filter(slug="down").update(slug="elsewhere")
    change(s.page.paths.get(), slug="down")


@refused
def a_uk_address_leads_to_the_us_page(s: Scene) -> None:
    Path.objects.create(region=GB, slug="miracle", regional_article=w.page(s.shown, US), is_canonical=False)


@refused
def a_uk_page_becomes_a_us_page(s: Scene) -> None:
    write(s.page, region="US")


@refused
def two_pages_trade_places(s: Scene) -> None:
    run("UPDATE conditions_regionalarticle SET id = -id WHERE id = %s", s.page.pk)


@refused
def a_review_is_dated_later_than_the_signature(s: Scene) -> None:
    write(s.page, last_reviewed_on=w.today() + timedelta(days=90))


@refused
def the_next_review_is_put_off_by_ten_years(s: Scene) -> None:
    write(s.page, next_review_due_on=w.today() + timedelta(days=3653))


@refused
def an_article_is_about_another_disease(s: Scene) -> None:
    change(s.shown, condition=s.drafted.article.condition)


@refused
def an_organisation_shows_an_entry_nobody_approved(s: Scene) -> None:
    body = s.world.bodies[GB]
    body.refresh_from_db()
    proposed = organisation_actions.propose(body, by=s.world.editor, fields={"what_it_does": "Sells cures."})
    change(body, entry=proposed)


@refused
def an_approved_entry_is_altered(s: Scene) -> None:
    change(s.world.bodies[GB].entries.get(), body="{}")


@refused
def a_change_note_is_altered(s: Scene) -> None:
    change(live(s).change_note, text="Nothing to see.")


@refused
def an_audit_event_is_altered(s: Scene) -> None:
    change(AuditEvent.objects.all()[0], reason="Nothing to see.")


@refused
def an_audit_event_is_deleted(s: Scene) -> None:
    delete(AuditEvent.objects.reverse()[0])


@refused
def the_audit_is_emptied(s: Scene) -> None:
    empty("audit_auditevent")


@refused
def a_person_is_deleted(s: Scene) -> None:
    delete(s.world.superuser)
