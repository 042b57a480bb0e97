"""Ways to every situation of `tests.machines`, taken by people through the actions.

Situations that no action leads to yet (withdrawn, redirected) are reached by
an update along the steps that the database allows.
"""

from collections.abc import Callable
from datetime import timedelta

from conditions.actions import assigning, drafting, reading, scheduling, signing, submitting, withdrawing
from conditions.models import Reading, RegionalArticle, RegionalEdition, ReviewAssignment
from conditions.vocabulary import Register
from tests import acts
from tests import world as w
from tests.acts import WHY, Place, now
from tests.world import GB, US

Step = Callable[[Place], object]


def begin() -> Place:
    """A new world with an article, before all steps."""
    world = w.build()
    return Place(world, w.reviewer("third-uk-reviewer", Register.GMC, "0000003", world.lead), w.article(world))


def drafted(place: Place) -> None:
    place.edition = w.draft(place.world, place.article)


def sent(place: Place) -> None:
    """Send to review; the reviewer has not answered."""
    place.row = w.submit(place.world, now(place.edition))[GB]
    place.assignment = place.row.assignments.order_by("-pk").first()


def submitted(place: Place) -> None:
    """Send to review; the reviewer accepts."""
    sent(place)
    accepted(place)


def sent_again(place: Place) -> None:
    """Send to review; the row before stays the one that actions are about."""
    w.submit(place.world, now(place.edition))


def second_asked(place: Place) -> None:
    w.accept(assigning.invite(now(place.row), place.world.other_uk, by=place.world.editor))


def signed(place: Place) -> None:
    place.signature = w.sign(now(place.row), of=place.world.uk)


def second_wants_changes(place: Place) -> None:
    to = w.assignment(now(place.row), place.world.other_uk)
    signing.request_changes(to, by=to.reviewer.user, note=WHY)


def wants_changes(place: Place) -> None:
    acts.request_changes(place, place.world.uk.user)


def overruled(place: Place) -> None:
    acts.overrule(place, place.world.lead)


def date_proposed(place: Place) -> None:
    acts.propose_due(place, place.world.uk.user)


def replaced(place: Place) -> None:
    acts.replace(place, place.world.lead)


def reopened(place: Place) -> None:
    acts.reopen(place, place.world.editor)


def us_reopened(place: Place) -> None:
    submitting.reopen(w.row(now(place.edition), US), by=place.world.editor, reason=WHY)


def edited(place: Place) -> None:
    w.edit(now(place.edition), place.world.editor, "help-uk", "Ring your GP.")


def us_edited(place: Place) -> None:
    w.edit(now(place.edition), place.world.editor, "help-us", "Ring your doctor.")


def published(place: Place) -> None:
    acts.publish(place, place.world.publisher)


def discarded(place: Place) -> None:
    place.row = acts.discard(place, place.world.publisher)


def us_discarded(place: Place) -> None:
    submitting.discard(now(place.edition), US, by=place.world.publisher, reason=WHY)


def live(place: Place) -> None:
    """Both regions live, the edition closed."""
    w.live(place.world, place.article)
    place.edition = place.article.editions.get()
    place.row = w.row(place.edition)
    place.assignment = place.row.assignments.get()
    place.signature = place.row.sign_offs.get()


def started(place: Place) -> None:
    """A new draft that says what is live."""
    place.edition = drafting.start(place.article, by=place.world.editor)
    w.write(place.edition, place.world.editor, fields={"change_note": "Again."})


def next_in_review(place: Place) -> None:
    """Another text in review, while actions on assignment and signature are about the live one."""
    started(place)
    edited(place)
    place.row = w.submit(place.world, now(place.edition))[GB]


def next_signed(place: Place) -> None:
    w.sign(now(place.row))


def next_cleared(place: Place) -> None:
    next_in_review(place)
    next_signed(place)


def succeeded(place: Place) -> None:
    """Another text is published; actions are about the row of the text before."""
    before = now(place.row)
    next_cleared(place)
    published(place)
    place.row, place.edition = before, before.edition


def asked_to_reconfirm(place: Place) -> None:
    place.assignment = assigning.invite_to_reconfirm(place.page, place.world.uk, by=place.world.editor)


def accepted(place: Place) -> None:
    acts.accept(place, place.world.uk.user)


def asked_and_accepted(place: Place) -> None:
    asked_to_reconfirm(place)
    accepted(place)


def interest_declared(place: Place) -> None:
    acts.declare_interest(place, place.world.uk.user)


def interest_cleared(place: Place) -> None:
    acts.clear_interest(place, place.world.lead)


def recused(place: Place) -> None:
    acts.recuse(place, place.world.lead)


def declined(place: Place) -> None:
    acts.decline(place, place.world.uk.user)


def cancelled(place: Place) -> None:
    acts.cancel(place, place.world.lead)


def reconfirmed(place: Place) -> None:
    acts.reconfirm(place, place.world.uk.user)


def suspended(place: Place) -> None:
    acts.suspend(place, place.world.publisher)


def suspended_by_signer(place: Place) -> None:
    acts.suspend(place, place.world.uk.user)


def revoked(place: Place) -> None:
    withdrawing.revoke(now(place.signature), by=place.world.lead, reason=WHY)


def expired(place: Place) -> None:
    assigning.expire(now(place.assignment))


def unanswered(place: Place) -> None:
    """The date to answer by was six days ago."""
    ReviewAssignment.objects.filter(pk=now(place.assignment).pk).update(respond_by=w.today() - timedelta(days=6))


def reader_asked(place: Place) -> None:
    place.reading = acts.invite_reader(place, place.world.editor)


def reader_accepted(place: Place) -> None:
    acts.accept_reading(place, place.world.draft_reader)


def reader_declined(place: Place) -> None:
    acts.decline_reading(place, place.world.draft_reader)


def read(place: Place) -> None:
    acts.complete_reading(place, place.world.draft_reader)


def reading_cancelled(place: Place) -> None:
    acts.cancel_reading(place, place.world.lead)


def reading_unanswered(place: Place) -> None:
    """The day it was asked for was six days ago."""
    Reading.objects.filter(pk=now(place.reading).pk).update(due_on=w.today() - timedelta(days=6))


def reading_expired(place: Place) -> None:
    reading.expire_reading(now(place.reading))


def scheduled(place: Place) -> None:
    acts.schedule(place, place.world.publisher)


def time_come(place: Place) -> None:
    """The time set was a minute ago."""
    RegionalEdition.objects.filter(pk=now(place.row).pk).update(publish_at=w.clock_now() - timedelta(minutes=1))


def failed(place: Place) -> None:
    scheduled(place)
    time_come(place)
    scheduling.fail(now(place.row), WHY)


def out_of_date(place: Place) -> None:
    RegionalArticle.objects.filter(pk=place.page.pk).update(next_review_due_on=w.today() - timedelta(days=1))


def deferred(place: Place) -> None:
    acts.defer(place, place.world.lead)


def long_overdue(place: Place) -> None:
    """Its review expired."""
    RegionalArticle.objects.filter(pk=place.page.pk).update(next_review_due_on=w.today() - timedelta(days=95))


def elsewhere(place: Place) -> None:
    """Another page that is live."""
    place.elsewhere = w.page(w.live(place.world, w.article(place.world, "mnd", "MND"), regions="GB"))


def withdrawal_proposed(place: Place) -> None:
    acts.propose_withdrawal(place, place.world.publisher)


def withdrawn(place: Place) -> None:
    withdrawal_proposed(place)
    acts.withdraw(place, place.world.lead)


def redirected(place: Place) -> None:
    elsewhere(place)
    acts.redirect(place, place.world.publisher)


def return_proposed(place: Place) -> None:
    acts.propose_reinstatement(place, place.world.publisher)


def reinstated(place: Place) -> None:
    return_proposed(place)
    acts.reinstate(place, place.world.lead)
