"""Signing the changes only: what such a signature needs beneath it, and what falls with it."""

from datetime import date, timedelta

import pytest

from conditions.actions import assigning, drafting, publishing, signing, withdrawing
from conditions.content.currency import add_months
from conditions.errors.drafting import WrongState
from conditions.errors.publishing import BaseMoved, SignatureRevoked
from conditions.errors.signing import NoBase
from conditions.models import Article, Listing, Publication, RegionalArticle, RegionalEdition, SignOff
from conditions.vocabulary import Scope
from tests import world as w
from tests.world import GB

pytestmark = pytest.mark.django_db
WHY = "For a reason."


@pytest.fixture
def article(world: w.World) -> Article:
    """An article that is live in the UK."""
    return w.live(world, regions="GB")


def change(world: w.World, article: Article, body: str = "It is a disease.") -> RegionalEdition:
    """Another text in review."""
    edition = drafting.start(article, by=world.editor, regions="GB")
    w.edit(edition, world.editor, "overview", body)
    return w.submit(world, edition)[GB]


def is_due_on(article: Article, day: date) -> None:
    RegionalArticle.objects.filter(pk=w.page(article).pk).update(next_review_due_on=day)


def live(article: Article) -> Publication:
    found = w.page(article).live_publication()
    assert found
    return found


def reconfirm(world: w.World, article: Article, by: w.Reviewer) -> Publication:
    to = w.accept(assigning.invite_to_reconfirm(w.page(article), by, by=world.editor))
    return publishing.reconfirm(to, w.signing_of(to), by=by.user)


def test_a_signature_on_changes_names_its_base_and_the_signature_beneath(world: w.World, article: Article) -> None:
    base = live(article)
    row = change(world, article)
    signature = w.sign(row, scope=Scope.CHANGES_ONLY)
    assert (signature.base, signature.stands_on) == (base.revision, base.signatures().get())
    assert "changes" in signature.meaning
    assert row.state == "cleared"


def test_changes_on_changes_stand_on_the_same_whole_page_signature(world: w.World, article: Article) -> None:
    whole = live(article).signatures().get()
    for body in ("It is a disease.", "It is a rare disease."):
        row = change(world, article, body)
        signature = w.sign(row, scope=Scope.CHANGES_ONLY)
        assert signature.stands_on == whole
        publishing.publish(row, by=world.publisher)
    assert live(article).sequence == 3


def test_a_signature_on_changes_moves_no_dates(world: w.World, article: Article) -> None:
    soon = w.today() + timedelta(days=5)
    is_due_on(article, soon)
    row = change(world, article)
    w.sign(row, scope=Scope.CHANGES_ONLY)
    publishing.publish(row, by=world.publisher)
    assert (w.page(article).last_reviewed_on, w.page(article).next_review_due_on) == (w.today(), soon)
    w.publish(world, change(world, article, "It is a rare disease."))
    assert w.page(article).next_review_due_on == add_months(w.today(), 12)


def refused(row: RegionalEdition) -> None:
    to = w.accept(w.assignment(row))
    with pytest.raises(NoBase):
        signing.sign_off(to, w.signing_of(to, scope=Scope.CHANGES_ONLY), by=to.reviewer.user)
    assert not SignOff.objects.filter(assignment=to).exists()


def test_changes_to_a_text_that_was_never_live_are_not_signed_alone(world: w.World) -> None:
    refused(w.submit(world, w.draft(world, regions="GB"))[GB])


def test_changes_to_a_text_past_its_review_date_are_not_signed_alone(world: w.World, article: Article) -> None:
    is_due_on(article, w.today() - timedelta(days=1))
    refused(change(world, article))


def test_changes_are_signed_alone_on_the_day_the_review_is_due(world: w.World, article: Article) -> None:
    is_due_on(article, w.today())
    assert w.sign(change(world, article), scope=Scope.CHANGES_ONLY).base


def test_changes_to_a_suspended_text_are_not_signed_alone(world: w.World, article: Article) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    refused(change(world, article))


def test_changes_to_a_text_live_in_the_other_region_only_are_not_signed_alone(world: w.World) -> None:
    edition = drafting.start(w.live(world, regions="US"), by=world.editor, regions="GB")
    listing = Listing(organisation=world.bodies[GB], region="GB")
    w.write(edition, world.editor, put=[listing], fields={"change_note": "Also for the UK."})
    refused(w.submit(world, edition)[GB])


def test_a_scope_is_one_of_two(world: w.World, article: Article) -> None:
    to = w.accept(w.assignment(change(world, article)))
    with pytest.raises(WrongState):
        signing.sign_off(to, w.signing_of(to, scope="most-of-it"), by=to.reviewer.user)


def test_changes_signed_over_a_text_that_is_no_longer_live_are_not_published(world: w.World, article: Article) -> None:
    """No action moves the base today while an edition is open; a page that is withdrawn will."""
    row = change(world, article)
    w.sign(row, scope=Scope.CHANGES_ONLY)
    Publication.objects.filter(pk=live(article).pk).update(ended_at=w.clock_now())
    with pytest.raises(BaseMoved):
        publishing.publish(row, by=world.publisher)


def test_a_confirmation_in_between_leaves_the_base_where_it_is(world: w.World, article: Article) -> None:
    row = change(world, article)
    w.sign(row, scope=Scope.CHANGES_ONLY)
    reconfirm(world, article, world.other_uk)
    assert publishing.publish(row, by=world.publisher).sequence == 3


def test_revoking_the_whole_page_signature_beneath_suspends_the_live_page(world: w.World, article: Article) -> None:
    whole = live(article).signatures().get()
    row = change(world, article)
    w.sign(row, scope=Scope.CHANGES_ONLY)
    publishing.publish(row, by=world.publisher)
    withdrawing.revoke(whole, by=world.lead, reason=WHY)
    page = w.page(article)
    assert (page.state, page.suspensions.get().suspended_by) == ("suspended", None)
    with pytest.raises(SignatureRevoked):
        withdrawing.lift(page, by=world.publisher, reason=WHY)


def test_revoking_the_signature_beneath_keeps_signed_changes_from_being_published(
    world: w.World, article: Article
) -> None:
    row = change(world, article)
    signature = w.sign(row, scope=Scope.CHANGES_ONLY)
    assert signature.stands_on
    withdrawing.revoke(signature.stands_on, by=world.lead, reason=WHY)
    with pytest.raises(SignatureRevoked):
        publishing.publish(row, by=world.publisher)


def test_revoking_a_signature_that_the_live_page_no_longer_rests_on_suspends_nothing(
    world: w.World, article: Article
) -> None:
    first = live(article).signatures().get()
    w.publish(world, change(world, article))
    withdrawing.revoke(first, by=world.lead, reason=WHY)
    assert w.page(article).state == "live"
