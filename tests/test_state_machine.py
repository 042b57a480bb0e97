"""Random walks over the actions by random people: whatever they do, the promise holds.

`make nightly` walks 500 times 50 steps; `make test` a few.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from conditions.models import (
    Contribution,
    Overruling,
    Publication,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Revocation,
    SignOff,
)
from conditions.policies.deferring import is_over, readable
from conditions.policies.publishing import rests_on_a_revoked
from conditions.readers.serving import Gone, Missing, Moved, Whole, read
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState, EditionState, PageState, ReviewState
from organisations.regions import Region
from tests import surfaces
from tests import world as w
from tests.walk_of_keeping import WalkOfKeeping, elsewhere

pytestmark = pytest.mark.django_db
WORDS = ("Amyotrophic lateral sclerosis", "disease of the nerve cells", "weakens muscles")
MAKING = (
    *("begin", "start", "write", "reopen", "discard", "invite", "declare", "settle", "end_assignment", "propose_due"),
    *("replace", "expire", "overrule", "publish_the_dissent", "disagree_in_the_uk", "request_changes"),
)
GOT = {
    PageState.UNPUBLISHED: Missing,
    PageState.LIVE: Whole,
    PageState.SUSPENDED: Gone,
    PageState.WITHDRAWN: Gone,
    PageState.REDIRECTED: Moved,
}


class Promise(WalkOfKeeping):
    """What holds at every step; `looked_at` are the ways in which a page was down when every surface was looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.client, self.looked_at = Client(), set[tuple[object, ...]]()

    @invariant()
    def every_live_page_rests_on_its_own_unrevoked_signatures(self) -> None:
        for page in RegionalArticle.objects.filter(state=PageState.LIVE):
            live = page.live_publication()
            assert live is not None
            signatures = list(live.signatures())
            assert signatures
            assert {signature.revision_id for signature in signatures} == {live.revision_id}
            assert not rests_on_a_revoked(signatures)
            assert not page.suspensions.filter(lift=None).exists()
            for signature in signatures:
                own = (signature.regional_edition_id, None if live.regional_edition_id else signature.assignment_id)
                assert own == (live.regional_edition_id, live.assignment_id)

    @invariant()
    def nobody_signed_after_contributing(self) -> None:
        for signature in SignOff.objects.select_related("reviewer"):
            earlier = Contribution.objects.filter(
                article=self.article, user=signature.reviewer.user_id, made_at__lt=signature.signed_at
            )
            assert not earlier.exists()

    @invariant()
    def nobody_published_what_they_wrote(self) -> None:
        for publication in Publication.objects.filter(regional_edition__isnull=False):
            edition = publication.regional_edition.edition_id  # type: ignore[union-attr]
            wrote = Contribution.objects.filter(edition=edition, user=publication.published_by)
            assert not wrote.filter(made_at__lte=publication.published_at).exists()

    @invariant()
    def one_open_edition_and_one_live_publication_at_most(self) -> None:
        assert self.article.editions.exclude(state=EditionState.CLOSED).count() <= 1
        for page in self.article.regional_articles.all():
            assert page.publications.filter(ended_at__isnull=True).count() <= 1

    @invariant()
    def readers_get_what_the_state_says(self) -> None:
        for page in self.article.regional_articles.all():
            region = Region(page.region)
            reading = read(region, "als", region.day(timezone.now()))
            is_ended = page.state == PageState.LIVE and is_over(page, w.today(region))
            assert isinstance(reading, Gone if is_ended else GOT[PageState(page.state)])

    @invariant()
    def what_readers_do_not_get_is_on_no_surface(self) -> None:
        for page in self.article.regional_articles.exclude(state=PageState.UNPUBLISHED):
            region = Region(page.region)
            way = (region, page.state)
            if way not in self.looked_at and not readable(region, w.today(region)).filter(pk=page.pk).exists():
                self.looked_at.add(way)
                assert surfaces.leaking(self.client, region.slug, "als", *WORDS) == {}

    @invariant()
    def a_version_on_a_revoked_signature_is_shown_to_nobody(self) -> None:
        for revocation in Revocation.objects.filter(sign_off__regional_article__article=self.article):
            page = revocation.sign_off.regional_article
            for publication in page.publications.all():
                way = (revocation.pk, publication.pk, page.state)
                if way not in self.looked_at and revocation.sign_off in publication.rests_on():
                    self.looked_at.add(way)
                    address = f"/{Region(page.region).slug}/conditions/als/v{publication.sequence}/"
                    assert self.client.get(address).status_code in (301, 410)

    @invariant()
    def a_revoked_signature_is_on_no_live_page(self) -> None:
        for revocation in Revocation.objects.select_related("sign_off__regional_article"):
            page = revocation.sign_off.regional_article
            live = page.live_publication()
            if page.state == PageState.LIVE and live is not None:
                assert revocation.sign_off not in live.rests_on()

    @invariant()
    def nobody_signed_but_who_accepted_and_still_held_the_review(self) -> None:
        for signature in SignOff.objects.select_related("assignment__declaration"):
            assignment = signature.assignment
            assert assignment.state == AssignmentState.COMPLETED
            assert assignment.declaration.is_settled
            assert (assignment.reviewer_id, assignment.revision_id) == (signature.reviewer_id, signature.revision_id)

    @invariant()
    def nobody_is_asked_about_a_text_that_is_not_in_review(self) -> None:
        waiting = ReviewAssignment.objects.filter(state__in=OPEN_ASSIGNMENTS, regional_edition__isnull=False)
        assert not waiting.exclude(regional_edition__state=ReviewState.IN_REVIEW).exists()

    @invariant()
    def a_text_in_review_that_is_signed_awaits_somebody(self) -> None:
        for row in RegionalEdition.objects.filter(state=ReviewState.IN_REVIEW):
            signatures = list(row.sign_offs.filter(revocation=None))
            spoilt = row.sign_offs.filter(revocation__isnull=False).exists()
            assert not signatures or spoilt or row.assignments.filter(state__in=OPEN_ASSIGNMENTS).exists()

    @invariant()
    def dates_moved_once_and_by_two_weeks_at_most(self) -> None:
        for assignment in ReviewAssignment.objects.filter(first_due_on__isnull=False):
            assert assignment.first_due_on
            assert timedelta(0) < assignment.due_on - assignment.first_due_on <= timedelta(days=14)

    @invariant()
    def what_was_overruled_stays_and_was_signed_by_another(self) -> None:
        for made in Overruling.objects.select_related("assignment__regional_edition"):
            assert made.assignment.asked_for_changes and made.assignment.reason
            row = made.assignment.regional_edition
            assert row is not None
            assert row.sign_offs.exclude(reviewer=made.assignment.reviewer_id).exists()
            note = getattr(made, "note", None)
            assert note is None or note.text == made.assignment.reason


class KeptPromise(Promise):
    """The same where pages are live already, without the steps between a draft and a signature."""


for name in MAKING:
    setattr(KeptPromise, name, None)


@pytest.fixture
def built(db: None) -> None:
    Promise.world = world = w.build()
    Promise.article, Promise.other = w.draft(world).article, elsewhere(world)
    Promise.people = [
        *(world.editor, world.other_editor, world.publisher, world.lead, world.other_lead),
        *(world.administrator, world.superuser, world.uk.user, world.us.user, world.other_uk.user),
    ]


def test_whatever_is_done_to_live_pages_a_reader_sees_only_what_was_signed(built: None) -> None:
    for row in w.submit(Promise.world, Promise.article.editions.get()).values():
        w.publish(Promise.world, row)
    run_state_machine_as_test(KeptPromise, settings=settings(max_examples=settings().max_examples // 3))


def test_whatever_people_do_a_reader_sees_only_what_was_signed(built: None) -> None:
    run_state_machine_as_test(Promise)
