"""The random walk goes on: set times, take pages down for good, lead them elsewhere, bring them back, let time pass."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from conditions.actions import deferring, retiring, scheduling, withdrawing
from conditions.actions.pages import rebuild
from conditions.content.currency import EXPIRED_DAYS, OVERDUE_DAYS
from conditions.models import Article, RegionalArticle, RegionalEdition
from conditions.policies.deferring import is_over
from conditions.vocabulary import PageState, ReviewState
from organisations.regions import Region
from tests import world as w
from tests.walk import Walk, anybody, mostly, regions


def elsewhere(world: w.World) -> Article:
    """Another article that is live in both regions, in other words."""
    edition = w.draft(world, w.article(world, "mnd", "MND"))
    opening = edition.openings.get()
    opening.title, opening.summary = "All about MND", "It is another text."
    w.write(edition, world.editor, put=[opening])
    w.edit(edition, world.editor, "overview", "See [ALS](condition:als) [@brown2017].")
    w.edit(edition, world.editor, "symptoms", "Limbs tire [@brown2017].")
    for row in w.submit(world, edition).values():
        w.publish(world, row)
    return edition.article


class WalkOfKeeping(Walk):
    """Every action that keeps a page true, beside those that make it; `other` is where readers may be led."""

    other: Article

    # Setting times

    @rule(region=regions, other=anybody, is_right=mostly)
    def schedule(self, region: Region, other: int, is_right: bool) -> None:
        if row := self.row(region):
            by = self.someone(self.world.publisher, other, is_right)
            self.attempt(scheduling.schedule, row, w.clock_now() + timedelta(days=1), by=by)

    @rule(region=regions, other=anybody, is_right=mostly)
    def unschedule(self, region: Region, other: int, is_right: bool) -> None:
        if row := self.row(region):
            self.attempt(scheduling.unschedule, row, by=self.someone(self.world.publisher, other, is_right))

    @rule(region=regions)
    def the_time_comes(self, region: Region) -> None:
        row = self.row(region)
        if row is None or row.state != ReviewState.SCHEDULED:
            return
        RegionalEdition.objects.filter(pk=row.pk).update(publish_at=w.clock_now() - timedelta(minutes=1))
        if self.attempt(scheduling.publish_scheduled, row) is None:
            self.attempt(scheduling.fail, row, "It may not be published.")

    # Taking down for good, and bringing back

    @rule(region=regions, other=anybody, is_right=mostly, is_publisher=st.booleans())
    def propose_withdrawal(self, region: Region, other: int, is_right: bool, is_publisher: bool) -> None:
        by = self.someone(self.world.publisher if is_publisher else self.world.lead, other, is_right)
        self.attempt(retiring.propose_withdrawal, w.page(self.article, region), by=by, reason="Outdated.")

    @rule(region=regions, other=anybody, is_right=mostly, is_publisher=st.booleans())
    def withdraw(self, region: Region, other: int, is_right: bool, is_publisher: bool) -> None:
        by = self.someone(self.world.publisher if is_publisher else self.world.lead, other, is_right)
        self.attempt(retiring.withdraw, w.page(self.article, region), by=by)

    @rule(region=regions)
    def withdraw_together(self, region: Region) -> None:
        """Both persons at once, so that walks often get there."""
        self.propose_withdrawal(region=region, other=0, is_right=True, is_publisher=True)
        self.withdraw(region=region, other=0, is_right=True, is_publisher=False)

    @rule(region=regions, other=anybody, is_right=mostly)
    def drop_proposal(self, region: Region, other: int, is_right: bool) -> None:
        by = self.someone(self.world.lead, other, is_right)
        self.attempt(retiring.drop_proposal, w.page(self.article, region), by=by)

    @rule(region=regions, other=anybody, is_right=mostly)
    def redirect(self, region: Region, other: int, is_right: bool) -> None:
        page, target = w.page(self.article, region), w.page(self.other, region)
        by = self.someone(self.world.publisher, other, is_right)
        self.attempt(retiring.redirect, page, target, by=by, reason="The two are one.")

    @rule(region=regions, other=anybody, is_right=mostly, is_publisher=st.booleans())
    def propose_reinstatement(self, region: Region, other: int, is_right: bool, is_publisher: bool) -> None:
        by = self.someone(self.world.publisher if is_publisher else self.world.lead, other, is_right)
        self.attempt(retiring.propose_reinstatement, w.page(self.article, region), by=by, reason="It is right.")

    @rule(region=regions, other=anybody, is_right=mostly, is_publisher=st.booleans())
    def reinstate(self, region: Region, other: int, is_right: bool, is_publisher: bool) -> None:
        by = self.someone(self.world.publisher if is_publisher else self.world.lead, other, is_right)
        self.attempt(retiring.reinstate, w.page(self.article, region), by=by)

    @rule(region=regions)
    def bring_back(self, region: Region) -> None:
        """The whole way at once, so that walks often come back from where a page was taken."""
        if w.page(self.article, region).state in (PageState.WITHDRAWN, PageState.REDIRECTED):
            self.propose_reinstatement(region=region, other=0, is_right=True, is_publisher=True)
            self.reinstate(region=region, other=0, is_right=True, is_publisher=False)
            self.hurry_to_the_public(region=region)

    # Letting time pass

    @rule(region=regions, days=st.sampled_from([1, OVERDUE_DAYS, EXPIRED_DAYS]))
    def time_passes(self, region: Region, days: int) -> None:
        """The review was due so many days ago; no job has run yet."""
        page = w.page(self.article, region)
        due_on, live = w.today(region) - timedelta(days=days), page.live_publication()
        if live and page.next_review_due_on and page.next_review_due_on > due_on:
            RegionalArticle.objects.filter(pk=page.pk).update(next_review_due_on=due_on)
            self.attempt(rebuild, page.live_publication())

    @rule(region=regions, other=anybody, is_right=mostly, days=st.sampled_from([1, 90, 91]))
    def defer(self, region: Region, other: int, is_right: bool, days: int) -> None:
        by, until = self.someone(self.world.lead, other, is_right), w.today(region) + timedelta(days=days)
        self.attempt(deferring.defer, w.page(self.article, region), until, by=by, reason="The reviewer is ill.")

    @rule(region=regions)
    def the_job_takes_down_what_expired(self, region: Region) -> None:
        page = w.page(self.article, region)
        if page.state == PageState.LIVE and is_over(page, w.today(region)):
            self.attempt(withdrawing.suspend_expired, page)
