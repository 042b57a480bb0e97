"""Signing the live text again, whole: its dates move and not a word changes."""

from datetime import timedelta

import pytest

from alsinfo.accounts.proving import WrongPassword
from conditions.actions import assigning, drafting, publishing, signing, withdrawing
from conditions.content.currency import add_months
from conditions.errors.assigning import NotYourAssignment
from conditions.errors.drafting import WrongState
from conditions.errors.signing import NoBase, TextMoved
from conditions.models import Article, Publication, RegionalArticle, ReviewAssignment, SignOff
from conditions.vocabulary import Scope
from tests import world as w
from tests.world import GB

pytestmark = pytest.mark.django_db
WHY = "For a reason."


@pytest.fixture
def article(world: w.World) -> Article:
    return w.live(world, regions="GB")


@pytest.fixture
def to(world: w.World, article: Article) -> ReviewAssignment:
    """The second UK reviewer accepted to confirm the live text."""
    return w.accept(assigning.invite_to_reconfirm(w.page(article), world.other_uk, by=world.editor))


def live(article: Article) -> Publication:
    found = w.page(article).live_publication()
    assert found
    return found


def confirm(to: ReviewAssignment) -> Publication:
    return publishing.reconfirm(to, w.signing_of(to), by=to.reviewer.user)


def test_a_confirmation_moves_the_dates_and_keeps_the_text(article: Article, to: ReviewAssignment) -> None:
    before = live(article)
    soon = w.today() + timedelta(days=5)
    RegionalArticle.objects.filter(pk=w.page(article).pk).update(next_review_due_on=soon)
    after = confirm(to)
    assert (after.revision, after.sequence, live(article)) == (before.revision, before.sequence + 1, after)
    assert w.page(article).next_review_due_on == add_months(w.today(), 12)
    assert after.signatures().get().reviewer == to.reviewer
    assert after.change_note.text == "Reviewed again; nothing changed."


def test_a_confirmation_works_while_a_draft_is_open_and_leaves_it_alone(
    world: w.World, article: Article, to: ReviewAssignment
) -> None:
    edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, "overview", "Another.")
    confirm(to)
    edition.refresh_from_db()
    assert (edition.state, live(article).sequence) == ("draft", 2)


def test_a_text_that_is_live_no_more_is_not_confirmed_and_the_reviewer_is_told(
    world: w.World, article: Article, to: ReviewAssignment
) -> None:
    edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, "overview", "Another.")
    w.publish(world, w.submit(world, edition)[GB])
    to.refresh_from_db()
    assert (to.state, to.reason) == ("cancelled", "Another text was published.")
    with pytest.raises(WrongState):
        confirm(to)
    assert live(article).sequence == 2


def test_a_second_reviewer_may_confirm_the_same_text_again(
    world: w.World, article: Article, to: ReviewAssignment
) -> None:
    first = w.accept(assigning.invite_to_reconfirm(w.page(article), world.uk, by=world.editor))
    confirm(first)
    assert confirm(to).sequence == 3


def test_the_digest_read_is_the_one_confirmed(world: w.World, article: Article, to: ReviewAssignment) -> None:
    with pytest.raises(TextMoved):
        publishing.reconfirm(to, w.signing_of(to, digest="0" * 64), by=world.other_uk.user)
    with pytest.raises(WrongPassword):
        publishing.reconfirm(to, w.signing_of(to, password="no"), by=world.other_uk.user)
    with pytest.raises(NotYourAssignment):
        publishing.reconfirm(to, w.signing_of(to), by=world.uk.user)
    assert live(article).sequence == 1


def test_a_confirmation_is_of_the_whole_page(world: w.World, to: ReviewAssignment) -> None:
    with pytest.raises(NoBase):
        publishing.reconfirm(to, w.signing_of(to, scope=Scope.CHANGES_ONLY), by=world.other_uk.user)


def test_a_confirmation_is_signed_and_published_in_one_step_only(world: w.World, to: ReviewAssignment) -> None:
    with pytest.raises(WrongState):
        signing.sign_off(to, w.signing_of(to), by=world.other_uk.user)
    with pytest.raises(WrongState):
        signing.request_changes(to, by=world.other_uk.user, note=WHY)
    assert SignOff.objects.count() == 1


def test_a_text_in_review_is_not_made_live_by_confirming_it(world: w.World) -> None:
    row = w.submit(world, w.draft(world, w.article(world, "pls", "PLS"), regions="GB"))[GB]
    to = w.accept(w.assignment(row))
    with pytest.raises(WrongState):
        confirm(to)
    assert not SignOff.objects.exists()


def test_a_confirmation_lifts_a_suspension_of_another_person(
    world: w.World, article: Article, to: ReviewAssignment
) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    confirm(to)
    page = w.page(article)
    assert (page.state, page.suspensions.get().lift.lifted_by) == ("live", world.other_uk.user)


def test_a_confirmation_by_the_suspender_leaves_the_page_down(world: w.World, article: Article) -> None:
    to = w.accept(assigning.invite_to_reconfirm(w.page(article), world.uk, by=world.editor))
    withdrawing.suspend(w.page(article), by=world.uk.user, reason=WHY)
    confirm(to)
    assert w.page(article).state == "suspended"
    withdrawing.lift(w.page(article), by=world.publisher, reason=WHY)
    assert w.page(article).state == "live"


def test_a_page_down_for_a_revoked_signature_comes_back_when_another_reviewer_confirms_it(
    world: w.World, article: Article, to: ReviewAssignment
) -> None:
    withdrawing.revoke(live(article).signatures().get(), by=world.lead, reason=WHY)
    assert w.page(article).state == "suspended"
    confirm(to)
    assert w.page(article).state == "live"
