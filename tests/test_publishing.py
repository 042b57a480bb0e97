"""Making a signed text live, each region by itself, and confirming it again."""

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from conditions.actions import assigning, drafting, publishing, retiring, signing, submitting, withdrawing
from conditions.content.currency import add_months
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import WrongState
from conditions.errors.publishing import (
    NoAddress,
    NotSigned,
    OwnEdition,
    PageWithdrawn,
    SignatureRevoked,
    SignedBeforeSuspension,
)
from conditions.models import (
    Article,
    Publication,
    RegionalEdition,
    Revision,
)
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "For a reason."


@pytest.fixture
def cleared(world: w.World) -> RegionalEdition:
    """A UK text that is signed."""
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    w.sign(row)
    return row


def live(article: Article) -> Publication:
    found = w.page(article).live_publication()
    assert found
    return found


# Publishing


def test_publishing_makes_the_signed_text_live_with_its_dates_and_change_note(
    world: w.World, cleared: RegionalEdition
) -> None:
    publication = publishing.publish(cleared, by=world.publisher)
    page = w.page(cleared.edition.article)
    assert (page.state, publication.revision_id, publication.sequence) == ("live", cleared.revision_id, 1)
    assert publication.change_note.text == "First version."
    assert publication.published_on == page.last_reviewed_on == w.today()
    assert page.next_review_due_on == add_months(w.today(), 12)
    assert {rendered.notice for rendered in publication.pages.all()} == {"none", "overdue", "expired"}


def test_the_next_version_ends_the_one_before(world: w.World) -> None:
    article = w.live(world)
    first = live(article)
    edition = w.edit(drafting.start(article, by=world.editor), world.editor, "help-uk", "Ring your GP.")
    second = w.publish(world, w.submit(world, edition)[GB])
    first.refresh_from_db()
    assert (first.ended_at, second.sequence) == (second.published_at, 2)
    assert first.regional_edition and first.regional_edition.state == "superseded"
    assert w.page(article, US).live_publication().sequence == 1  # type: ignore[union-attr]


def test_only_publishers_publish(world: w.World, cleared: RegionalEdition) -> None:
    for person in (world.editor, world.lead, world.uk.user, world.administrator, world.superuser):
        with pytest.raises(MissingRole):
            publishing.publish(cleared, by=person)
    assert not Publication.objects.exists()


def test_nobody_publishes_an_edition_they_contributed_to(world: w.World) -> None:
    edition = w.draft(world, regions="GB")
    roles.grant(world.publisher, Role.EDITOR, by=None)
    w.write(edition, world.publisher)
    row = w.submit(world, edition)[GB]
    w.sign(row)
    with pytest.raises(OwnEdition):
        publishing.publish(row, by=world.publisher)
    assert publishing.publish(row, by=world.other_publisher).published_by == world.other_publisher


def test_who_contributed_to_an_earlier_edition_publishes_the_next(world: w.World) -> None:
    edition = w.draft(world)
    roles.grant(world.publisher, Role.EDITOR, by=None)
    w.write(edition, world.publisher)
    for row in w.submit(world, edition).values():
        w.sign(row)
        publishing.publish(row, by=world.other_publisher)
    later = w.edit(drafting.start(edition.article, by=world.editor), world.editor, "overview", "It is a disease.")
    row = w.submit(world, later)[GB]
    w.sign(row)
    assert publishing.publish(row, by=world.publisher).sequence == 2


def test_the_signer_may_publish_so_that_two_people_are_enough(world: w.World, cleared: RegionalEdition) -> None:
    roles.grant(world.uk.user, Role.PUBLISHER, by=None)
    assert publishing.publish(cleared, by=world.uk.user).published_by == world.uk.user


def test_a_text_that_nobody_signed_is_not_published(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    with pytest.raises(NotSigned):
        publishing.publish(row, by=world.publisher)
    RegionalEdition.objects.filter(pk=row.pk).update(state="discarded")
    with pytest.raises(WrongState):
        publishing.publish(row, by=world.publisher)


def test_a_signature_in_one_region_publishes_nothing_in_the_other(world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    w.sign(rows[GB])
    with pytest.raises(NotSigned):
        publishing.publish(rows[US], by=world.publisher)
    assert w.page(rows[GB].edition.article, US).state == "unpublished"


def test_a_signature_in_an_earlier_edition_publishes_nothing_in_this_one(world: w.World) -> None:
    """The same digest, signed before; without a new signature not even the database lets it be cleared."""
    first = w.submit(world, w.draft(world, regions="GB"))[GB]
    signature = w.sign(first)
    submitting.discard(first.edition, GB, by=world.editor, reason=WHY)
    again = w.submit(world, w.draft(world, first.edition.article, regions="GB"))[GB]
    assert (again.revision, again.state) == (signature.revision, "in_review")
    with pytest.raises(NotSigned):
        publishing.publish(again, by=world.publisher)


def test_an_older_text_restored_is_not_published_on_its_old_signature(world: w.World) -> None:
    article = w.live(world, regions="GB")
    older = live(article).revision
    for body in ("Muscles grow stiff.", "Muscles grow weak [@brown2017]."):
        edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, "symptoms", body)
        row = w.submit(world, edition)[GB]
        with pytest.raises(NotSigned):
            publishing.publish(row, by=world.publisher)
        w.publish(world, row)
    assert (live(article).revision, live(article).sequence) == (older, 3)
    assert Revision.objects.count() == 2


def test_a_text_whose_signature_was_revoked_is_not_published(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    second = w.accept(assigning.invite(row, world.other_uk, by=world.editor))
    first = w.sign(row, of=world.uk)
    withdrawing.revoke(first, by=world.uk.user, reason=WHY)
    signing.sign_off(second, w.signing_of(second), by=world.other_uk.user)
    row.refresh_from_db()
    assert row.state == "cleared"
    with pytest.raises(SignatureRevoked):
        publishing.publish(row, by=world.publisher)


@pytest.mark.parametrize("state", ["withdrawn", "redirected"])
def test_a_page_taken_down_for_good_is_not_published(world: w.World, state: str) -> None:
    article = w.live(world, regions="GB")
    edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, "overview", "Another.")
    row = w.submit(world, edition)[GB]
    w.sign(row)
    if state == "withdrawn":
        retiring.propose_withdrawal(w.page(article), by=world.publisher, reason="Two pages in one.")
        retiring.withdraw(w.page(article), by=world.lead)
    else:
        other = w.live(world, w.article(world, "pls", "PLS"), regions="GB")
        retiring.redirect(w.page(article), w.page(other), by=world.publisher, reason="Two pages in one.")
    with pytest.raises(PageWithdrawn):
        publishing.publish(row, by=world.publisher)


def test_a_page_without_an_address_is_not_published(world: w.World, cleared: RegionalEdition) -> None:
    w.page(cleared.edition.article).paths.update(is_canonical=False)
    with pytest.raises(NoAddress):
        publishing.publish(cleared, by=world.publisher)


def test_a_text_is_published_once(world: w.World, cleared: RegionalEdition) -> None:
    stale = RegionalEdition.objects.get(pk=cleared.pk)
    publishing.publish(cleared, by=world.publisher)
    with pytest.raises(WrongState):
        publishing.publish(stale, by=world.other_publisher)
    assert Publication.objects.count() == 1


# Regions


def test_a_first_edition_for_the_uk_is_followed_by_one_for_both(world: w.World) -> None:
    article = w.live(world, regions="GB")
    edition = drafting.start(article, by=world.editor)
    body = w.section("help-us", "Getting help", "Ask your doctor.", kind="getting-help", region="US")
    listing = w.Listing(organisation=world.bodies[US], region="US", why="For everyone.")
    w.write(edition, world.editor, put=[body, listing], fields={"change_note": "Also for the US."})
    rows = w.submit(world, edition)
    assert (rows[GB].state, rows[US].state) == ("unchanged", "in_review")
    w.publish(world, rows[US])
    edition.refresh_from_db()
    assert (edition.state, w.page(article, US).state, live(article).sequence) == ("closed", "live", 1)


def test_an_edition_whose_us_text_is_discarded_closes_with_the_uk(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    submitting.discard(edition, US, by=world.editor, reason=WHY)
    w.publish(world, rows[GB])
    edition.refresh_from_db()
    assert (edition.state, w.page(edition.article, US).state) == ("closed", "unpublished")


def test_a_reopened_draft_that_says_something_new_stays_open_when_the_rest_is_published(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    w.publish(world, rows[GB])
    w.sign(rows[US])
    submitting.reopen(rows[GB], by=world.editor, reason=WHY)
    w.edit(edition, world.editor, "help-uk", "Ring your GP.")
    w.publish(world, rows[US])
    edition.refresh_from_db()
    assert edition.state == "draft"


# Publishing while suspended


def change_under_suspension(world: w.World) -> RegionalEdition:
    """The live page was suspended by a publisher; another text is in review."""
    article = w.live(world, regions="GB")
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, "overview", "Another.")
    return w.submit(world, edition)[GB]


def test_another_publisher_than_the_suspender_lifts_by_publishing(world: w.World) -> None:
    row = change_under_suspension(world)
    w.sign(row)
    publishing.publish(row, by=world.other_publisher)
    page = w.page(row.edition.article)
    assert (page.state, page.suspensions.get().lift.lifted_by) == ("live", world.other_publisher)


def test_what_the_suspender_publishes_stays_down_until_another_person_lifts_it(world: w.World) -> None:
    row = change_under_suspension(world)
    w.sign(row)
    publication = publishing.publish(row, by=world.publisher)
    page = w.page(row.edition.article)
    assert (page.state, page.live_publication()) == ("suspended", publication)
    withdrawing.lift(page, by=world.lead, reason="It is right now.")
    assert w.page(row.edition.article).state == "live"


def test_a_text_signed_before_the_suspension_is_not_published(world: w.World) -> None:
    article = w.live(world, regions="GB")
    edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, "overview", "Another.")
    row = w.submit(world, edition)[GB]
    w.sign(row)
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)
    with pytest.raises(SignedBeforeSuspension):
        publishing.publish(row, by=world.other_publisher)
