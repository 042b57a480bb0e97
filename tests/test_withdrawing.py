"""Taking a page down at once, putting it back, withdrawing a signature."""

from datetime import timedelta

import pytest

from alsinfo.audit.models import AuditEvent
from alsinfo.outbox.models import Message
from conditions.actions import assigning, drafting, publishing, scheduling, submitting, withdrawing
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import ReasonMissing
from conditions.errors.publishing import SignatureRevoked
from conditions.errors.signing import AlreadyRevoked, NotTheSigner
from conditions.errors.withdrawing import NotInDate, NotLive, NotSuspended, OwnSuspension
from conditions.models import Article, RegionalArticle, Suspension
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "The dose is wrong."


@pytest.fixture
def article(live: w.Article) -> Article:
    """An article that is live in both regions."""
    return live


def signature_of(article: Article) -> w.SignOff:
    live = w.page(article).live_publication()
    assert live
    return live.signatures().get()


# Suspending


@pytest.mark.parametrize("who", ["publisher", "lead", "the signer"])
def test_a_publisher_a_lead_or_the_signer_takes_a_page_down_alone(world: w.World, article: Article, who: str) -> None:
    person = world.uk.user if who == "the signer" else getattr(world, who)
    suspension = withdrawing.suspend(w.page(article), by=person, reason=f" {WHY} ")
    assert (suspension.suspended_by, suspension.reason) == (person, WHY)
    assert (w.page(article).state, w.page(article, US).state) == ("suspended", "live")


def test_nobody_else_takes_a_page_down(world: w.World, article: Article) -> None:
    for person in (world.editor, world.us.user, world.other_uk.user, world.administrator, world.superuser):
        with pytest.raises(MissingRole):
            withdrawing.suspend(w.page(article), by=person, reason=WHY)


def test_taking_down_needs_a_reason_and_a_live_page(world: w.World, article: Article) -> None:
    with pytest.raises(ReasonMissing):
        withdrawing.suspend(w.page(article), by=world.publisher, reason=" ")
    with pytest.raises(NotLive):
        withdrawing.suspend(w.page(w.article(world, "pls", "PLS")), by=world.publisher, reason=WHY)


def test_taking_down_twice_changes_nothing(world: w.World, article: Article) -> None:
    first = withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    events = AuditEvent.objects.count()
    assert withdrawing.suspend(w.page(article), by=world.lead, reason="Another.") == first
    assert (Suspension.objects.count(), AuditEvent.objects.count()) == (1, events)


def test_an_open_draft_or_a_text_in_review_is_no_hindrance(world: w.World, article: Article) -> None:
    edition = w.edit(drafting.start(article, by=world.editor), world.editor, "overview", "Another.")
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    w.submit(world, edition)
    withdrawing.suspend(w.page(article, US), by=world.publisher, reason=WHY)
    assert {page.state for page in article.regional_articles.all()} == {"suspended"}


def test_publishers_and_leads_are_told_once_each(world: w.World, article: Article) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    told = Message.objects.filter(subject__startswith="Suspended").values_list("to_user__username", flat=True)
    assert sorted(told) == ["lead", "other-lead", "other-publisher", "publisher"]


# Lifting


def test_another_publisher_or_lead_puts_the_page_back(world: w.World, article: Article) -> None:
    for suspender, lifter in ((world.publisher, world.other_publisher), (world.uk.user, world.lead)):
        withdrawing.suspend(w.page(article), by=suspender, reason=WHY)
        assert withdrawing.lift(w.page(article), by=lifter, reason="It was right.").lifted_by == lifter
        assert w.page(article).state == "live"


def test_the_suspender_does_not_put_the_page_back(world: w.World, article: Article) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    with pytest.raises(OwnSuspension):
        withdrawing.lift(w.page(article), by=world.publisher, reason="It was right.")
    with pytest.raises(MissingRole):
        withdrawing.lift(w.page(article), by=world.editor, reason="It was right.")
    with pytest.raises(ReasonMissing):
        withdrawing.lift(w.page(article), by=world.lead, reason="")
    assert w.page(article).state == "suspended"


def test_a_page_that_is_not_suspended_is_not_lifted(world: w.World, article: Article) -> None:
    with pytest.raises(NotSuspended):
        withdrawing.lift(w.page(article), by=world.lead, reason="It was right.")


def test_a_page_past_its_review_date_is_not_put_back(world: w.World, article: Article) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    page = RegionalArticle.objects.filter(pk=w.page(article).pk)
    page.update(next_review_due_on=w.today() - timedelta(days=1))
    with pytest.raises(NotInDate):
        withdrawing.lift(w.page(article), by=world.lead, reason="It was right.")
    page.update(next_review_due_on=w.today())
    withdrawing.lift(w.page(article), by=world.lead, reason="It was right.")


def test_a_suspension_by_the_system_is_lifted_by_anybody_who_may_once_a_fresh_signature_stands(
    world: w.World, article: Article
) -> None:
    withdrawing.revoke(signature_of(article), by=world.lead, reason=WHY)
    for person in (world.lead, world.publisher):
        with pytest.raises(SignatureRevoked):
            withdrawing.lift(w.page(article), by=person, reason="It was right.")
    edition = w.write(drafting.start(article, by=world.editor), world.editor, fields={"change_note": "Signed again."})
    w.publish(world, w.submit(world, edition)[GB])
    assert w.page(article).state == "live"


# Revoking


def test_a_revoked_signature_takes_down_the_page_that_rests_on_it(world: w.World, article: Article) -> None:
    revocation = withdrawing.revoke(signature_of(article), by=world.lead, reason=WHY)
    page = w.page(article)
    assert (revocation.reason, page.state, page.suspensions.get().suspended_by) == (WHY, "suspended", None)
    assert WHY not in page.suspensions.get().reason
    assert w.page(article, US).state == "live"


def test_a_signer_withdraws_their_own_signature_and_nobody_elses(world: w.World, article: Article) -> None:
    for person in (world.us.user, world.editor, world.publisher, world.superuser):
        with pytest.raises(NotTheSigner):
            withdrawing.revoke(signature_of(article), by=person, reason=WHY)
    assert withdrawing.revoke(signature_of(article), by=world.uk.user, reason=WHY).revoked_by == world.uk.user


def test_revoking_needs_a_reason_and_happens_once(world: w.World, article: Article) -> None:
    signature = signature_of(article)
    with pytest.raises(ReasonMissing):
        withdrawing.revoke(signature, by=world.lead, reason="")
    withdrawing.revoke(signature, by=world.lead, reason=WHY)
    with pytest.raises(AlreadyRevoked):
        withdrawing.revoke(signature, by=world.lead, reason=WHY)


@pytest.mark.parametrize("state", ["cleared", "scheduled"])
def test_a_text_cleared_on_a_revoked_signature_is_in_review_again(world: w.World, state: str) -> None:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    signature = w.sign(row)
    if state == "scheduled":
        scheduling.schedule(row, w.clock_now() + timedelta(days=1), by=world.publisher)
    withdrawing.revoke(signature, by=world.lead, reason=WHY)
    row.refresh_from_db()
    assert row.state == "in_review"
    assert Message.objects.filter(subject__startswith="Nobody is reviewing", to_user=world.editor).exists()


def test_one_of_two_signatures_revoked_takes_the_page_down(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    assigning.invite(row, world.other_uk, by=world.editor)
    w.sign(row, of=world.uk)
    second = w.sign(row, of=world.other_uk)
    publishing.publish(row, by=world.publisher)
    withdrawing.revoke(second, by=world.lead, reason=WHY)
    assert w.page(row.edition.article).state == "suspended"


def test_revoking_under_a_suspension_keeps_the_page_down(world: w.World, article: Article) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    withdrawing.revoke(signature_of(article), by=world.lead, reason=WHY)
    assert w.page(article).suspensions.count() == 1
    with pytest.raises(SignatureRevoked):
        withdrawing.lift(w.page(article), by=world.lead, reason="It was right.")


def test_a_signature_on_a_text_that_was_dropped_can_be_revoked_and_changes_nothing_else(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    signature = w.sign(row)
    submitting.discard(row.edition, GB, by=world.editor, reason=WHY)
    withdrawing.revoke(signature, by=world.lead, reason=WHY)
    assert w.rounds(row.edition) == ["discarded"]
