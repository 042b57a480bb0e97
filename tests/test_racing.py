"""People who act at the same moment: one of them is refused with a sentence, nothing is lost, nothing fails.

Each test races real connections, many times over, and asserts how often. Where two orders are right, either may happen.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from conditions.actions import assigning, drafting, publishing, signing, submitting, withdrawing
from conditions.actions.drafting import Change
from conditions.errors.drafting import SavedMeanwhile
from conditions.errors.publishing import SignatureRevoked, SignedBeforeSuspension
from conditions.models import Article, Contribution, Edition, Publication, RegionalEdition, ReviewAssignment, SignOff
from tests import world as w
from tests.racing import LARGEST, Race, done, races, refused
from tests.world import GB, US, World

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = 30
FEWER = 10


@pytest.fixture
def race(transactional_db: None) -> Iterator[Race]:
    with races() as race:
        yield race


def article(world: World, number: int) -> Article:
    return w.article(world, f"disease-{number}", f"Disease {number}")


def cleared(world: World, number: int) -> RegionalEdition:
    """A UK text that is signed."""
    row = w.submit(world, w.draft(world, article(world, number), regions="GB"))[GB]
    w.sign(row)
    return row


def fresh(row: Any) -> Any:
    """A thread's own view of a row."""
    return type(row)._base_manager.get(pk=row.pk)


def publish(row: RegionalEdition, by: User) -> Publication:
    """Publish the row as it is now."""
    return publishing.publish(fresh(row), by=by)


def sign(to: ReviewAssignment) -> SignOff:
    """Sign what was accepted."""
    return signing.sign_off(to, w.signing_of(to), by=User.objects.get(pk=to.reviewer.user_id))


def by_all(race: Race, act: Callable[[int], Any]) -> list[Any]:
    """The same act by twenty threads."""
    return race(*(partial(act, number) for number in range(LARGEST)))


def test_of_twenty_publishers_one_publishes(world: World, race: Race) -> None:
    row = cleared(world, 0)
    publishers = (world.publisher, world.other_publisher)
    outcomes = by_all(race, lambda number: publish(row, publishers[number % 2]))
    assert len(done(outcomes)) == 1
    assert len(refused(outcomes)) == 19
    assert {refusal.code for refusal in refused(outcomes)} == {"wrong-state"}
    assert Publication.objects.count() == 1
    assert chain.verify() == []


def test_both_regions_are_published_at_once(world: World, race: Race) -> None:
    for number in range(FEWER):
        rows = w.submit(world, w.draft(world, article(world, number)))
        for row in rows.values():
            w.sign(row)
        outcomes = race(
            partial(publish, rows[GB], world.publisher),
            partial(publish, rows[US], world.other_publisher),
        )
        assert refused(outcomes) == []
        assert fresh(rows[GB].edition).state == "closed"
    assert Publication.objects.filter(ended_at=None).count() == 2 * FEWER


def test_nothing_is_live_on_a_signature_that_was_revoked_meanwhile(world: World, race: Race) -> None:
    ends = []
    for number in range(TRIES):
        row = cleared(world, number)
        published, revoked = race(
            partial(publish, row, world.publisher),
            partial(withdrawing.revoke, row.sign_offs.get(), by=world.lead, reason="A mistake."),
        )
        assert refused([revoked]) == []
        assert isinstance(published, Publication | SignatureRevoked) or published.code in ("not-signed", "wrong-state")
        ends.append(w.page(row.edition.article).state)
    assert len(ends) == TRIES
    assert set(ends) <= {"suspended", "unpublished"}


def test_a_suspension_during_a_publication_holds(world: World, race: Race) -> None:
    outcomes = []
    live = w.live(world, article(world, 0), regions="GB")
    for number in range(TRIES):
        edition = drafting.start(live, by=world.editor, regions="GB")
        w.edit(edition, world.editor, "symptoms", f"Muscles grow weak, they say {number} times [@brown2017].")
        row = w.submit(world, edition)[GB]
        w.sign(row)
        published, suspended = race(
            partial(publish, row, world.publisher),
            lambda: withdrawing.suspend(w.page(live), by=world.lead, reason="A doubt."),
        )
        assert refused([suspended]) == []
        assert isinstance(published, Publication | SignedBeforeSuspension)
        assert w.page(live).state == "suspended"
        outcomes.append(published)
        withdrawing.lift(w.page(live), by=world.other_lead, reason="It was right.")
        if refused([published]):
            publish(row, world.publisher)
    assert len(outcomes) == TRIES


def test_of_two_editors_who_save_one_is_told(world: World, race: Race) -> None:
    edition = w.draft(world, article(world, 0))
    for number in range(TRIES):
        opened = fresh(edition).lock_version

        def save(by: Any, opened: int = opened, number: int = number) -> Edition:
            own: Edition = fresh(edition)
            section = own.sections.get(key="overview")
            section.body = f"{by} wrote this, {number} [@brown2017]."
            return drafting.save(own, Change(put=[section]), by=by, opened_version=opened)

        outcomes = race(lambda: save(world.editor), lambda: save(world.other_editor))
        assert [type(refusal) for refusal in refused(outcomes)] == [SavedMeanwhile]
        assert fresh(edition).lock_version == opened + 1
    assert chain.verify() == []


def test_a_save_and_a_submission_do_not_cross(world: World, race: Race) -> None:
    for number in range(TRIES):
        edition = w.draft(world, article(world, number))
        opened = fresh(edition).lock_version
        reviewers = {region: [world.reviewer(region)] for region in (GB, US)}

        def save(edition: Edition = edition, opened: int = opened) -> Edition:
            change = Change(fields={"change_note": "Written by the other editor."})
            return drafting.save(fresh(edition), change, by=world.other_editor, opened_version=opened)

        def submit(edition: Edition = edition, opened: int = opened, reviewers: Any = reviewers) -> Any:
            return submitting.submit(fresh(edition), by=world.editor, opened_version=opened, reviewers=reviewers)

        outcomes = race(save, submit)
        assert len(done(outcomes)) == 1
        assert {refusal.code for refusal in refused(outcomes)} <= {"saved-meanwhile", "not-a-draft"}


def test_two_reviewers_sign_at_once_and_the_text_is_cleared(world: World, race: Race) -> None:
    for number in range(FEWER):
        row = w.submit(world, w.draft(world, article(world, number), regions="GB"))[GB]
        assigning.invite(row, world.other_uk, by=world.editor)
        asked = [w.accept(w.assignment(row, reviewer)) for reviewer in (world.uk, world.other_uk)]
        outcomes = race(*(partial(sign, to) for to in asked))
        assert refused(outcomes) == []
        assert fresh(row).state == "cleared"
    assert SignOff.objects.count() == 2 * FEWER


def test_nobody_signs_what_they_contributed_to_meanwhile(world: World, race: Race) -> None:
    reviewer = world.uk.user
    roles.grant(reviewer, Role.EDITOR, by=None)
    both = 0
    for number in range(TRIES):
        edition = w.draft(world, article(world, number))
        rows = w.submit(world, edition)
        to = w.accept(w.assignment(rows[GB]))
        submitting.reopen(rows[US], by=world.editor, reason="A mistake.")
        edition.refresh_from_db()

        def save(edition: Edition = edition) -> Edition:
            own: Edition = fresh(edition)
            change = Change(fields={"change_note": "Mine."})
            return drafting.save(own, change, by=reviewer, opened_version=own.lock_version)

        outcomes = race(save, partial(sign, to))
        assert {refusal.code for refusal in refused(outcomes)} <= {"own-work", "database-refused"}
        wrote = Contribution.objects.filter(edition=edition, user=reviewer).exists()
        signed = SignOff.objects.filter(assignment=to).exists()
        assert wrote, "a contribution is never refused"
        if signed:
            both += 1
            assert sequence("sign_off") < sequence("save"), "signed after having contributed"
    assert both <= TRIES


def sequence(verb: str) -> int:
    """The place in the chain of the latest event of a verb."""
    return AuditEvent.objects.filter(verb=verb).order_by("-sequence").values_list("sequence", flat=True)[0]


def test_of_twenty_who_start_an_edition_one_does(world: World, race: Race) -> None:
    of = article(world, 0)
    outcomes = by_all(race, lambda _: drafting.start(fresh(of), by=world.editor))
    assert len(done(outcomes)) == 1
    assert {refusal.code for refusal in refused(outcomes)} <= {"edition-open", "database-refused"}
    assert Edition.objects.count() == 1


def test_twenty_events_at_once_keep_one_chain(world: World, race: Race) -> None:
    before = chain.head().count

    @transaction.atomic
    def record(number: int) -> AuditEvent:
        return chain.record("race", world.editor, by=world.editor, reason=str(number))

    outcomes = by_all(race, record)
    assert refused(outcomes) == []
    assert sorted(event.sequence for event in outcomes) == list(range(before + 1, before + 21))
    assert chain.verify() == []


def test_the_races_were_run_on_connections_of_their_own(world: World, race: Race) -> None:
    own = by_all(race, lambda _: id(connection.connection))
    assert len({*own, id(connection.connection)}) == LARGEST + 1
