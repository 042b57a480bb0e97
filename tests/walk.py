"""A random walk over the actions by random people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from alsinfo.accounts.models import User
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.refusals import Refusal
from conditions.actions import assigning, dissenting, drafting, overruling, publishing, signing, submitting, withdrawing
from conditions.models import (
    Article,
    Edition,
    Overruling,
    RegionalEdition,
    ReviewAssignment,
    SignOff,
)
from conditions.policies.drafting import last_row
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState, EditionState, ReviewState, Scope
from organisations.regions import Region
from tests import world as w

regions = st.sampled_from(list(Region))
anybody = st.integers(0, 9)
mostly = st.sampled_from([True, True, True, False])
seldom = st.sampled_from([False, False, False, False, True])


class Walk(RuleBasedStateMachine):
    """One article, ten people, every action."""

    world: w.World
    article: Article
    people: list[User]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.events = AuditEvent.objects.count()

    def teardown(self) -> None:
        assert chain.verify() == []
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(is_live=st.booleans())
    def begin(self, is_live: bool) -> None:
        """Half of the walks begin with a page that is live in both regions."""
        if is_live:
            assert self.edition is not None
            for row in w.submit(self.world, self.edition).values():
                w.publish(self.world, row)
            self.events = AuditEvent.objects.count()

    # What people try

    def attempt(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """An action leaves one audit event; a refusal none, and nothing else either."""
        before = self.events
        try:
            done = action(*args, **kwargs)
        except Refusal:
            self.events = AuditEvent.objects.count()
            assert self.events == before
            return None
        self.events = AuditEvent.objects.count()
        if action is withdrawing.suspend and self.events == before:
            return done  # it was suspended already
        assert self.events == before + 1
        return done

    def someone(self, right: User, other: int, is_right: bool) -> User:
        return right if is_right else self.people[other]

    @property
    def edition(self) -> Edition | None:
        return self.article.editions.exclude(state=EditionState.CLOSED).first()

    def row(self, region: Region) -> RegionalEdition | None:
        edition = self.article.editions.order_by("-number").first()
        return last_row(edition, region) if edition else None

    def assignment(self, region: Region, *states: str) -> ReviewAssignment | None:
        page = w.page(self.article, region)
        return page.assignments.filter(state__in=states or OPEN_ASSIGNMENTS).order_by("-pk").first()

    @rule(other=anybody, is_right=mostly, covered=st.sampled_from(["GB,US", "GB,US", "GB", "US"]))
    def start(self, other: int, is_right: bool, covered: str) -> None:
        by = self.someone(self.world.editor, other, is_right)
        self.attempt(drafting.start, self.article, by=by, regions=covered)

    @precondition(lambda self: self.edition is not None)
    @rule(
        other=anybody,
        is_right=mostly,
        key=st.sampled_from(["overview", "symptoms", "help-uk", "help-us"]),
        text=st.sampled_from(["One [@brown2017].", "Two [@brown2017].", "Three [@brown2017].", "Four."]),
    )
    def write(self, other: int, is_right: bool, key: str, text: str) -> None:
        edition, by = self.edition, self.someone(self.world.editor, other, is_right)
        assert edition is not None
        section = edition.sections.filter(key=key).first()
        if section is not None:
            section.body = text
            change = drafting.Change(fields={"change_note": f"{key} says {text}"}, put=[section])
            self.attempt(drafting.save, edition, change, by=by, opened_version=edition.lock_version)

    @precondition(lambda self: self.edition is not None)
    @rule(other=anybody, is_right=mostly, has_reviewers=mostly)
    def submit(self, other: int, is_right: bool, has_reviewers: bool) -> None:
        edition, by = self.edition, self.someone(self.world.editor, other, is_right)
        assert edition is not None
        reviewers = {region: [self.world.reviewer(region)] for region in Region} if has_reviewers else {}
        self.attempt(submitting.submit, edition, by=by, opened_version=edition.lock_version, reviewers=reviewers)

    @rule(region=regions, other=anybody, is_right=mostly)
    def reopen(self, region: Region, other: int, is_right: bool) -> None:
        if row := self.row(region):
            by = self.someone(self.world.editor, other, is_right)
            self.attempt(submitting.reopen, row, by=by, reason="Look again.")

    @precondition(lambda self: self.edition is not None)
    @rule(region=regions, other=anybody, is_right=mostly, is_meant=seldom)
    def discard(self, region: Region, other: int, is_right: bool, is_meant: bool) -> None:
        assert self.edition is not None
        if not is_meant:
            return
        by = self.someone(self.world.publisher, other, is_right)
        self.attempt(submitting.discard, self.edition, region, by=by, reason="Not needed.")

    @rule(region=regions, other=anybody, is_right=mostly, second=st.booleans())
    def invite(self, region: Region, other: int, is_right: bool, second: bool) -> None:
        if row := self.row(region):
            reviewer = self.world.other_uk if second else self.world.reviewer(region)
            by = self.someone(self.world.editor, other, is_right)
            self.attempt(assigning.invite, row, reviewer, by=by)

    @rule(region=regions, other=anybody, is_right=mostly)
    def accept(self, region: Region, other: int, is_right: bool) -> None:
        if found := self.assignment(region):
            by = self.someone(found.reviewer.user, other, is_right)
            self.attempt(assigning.accept, found, by=by)

    @rule(region=regions, other=anybody, is_right=mostly)
    def declare(self, region: Region, other: int, is_right: bool) -> None:
        if found := self.assignment(region):
            by = self.someone(found.reviewer.user, other, is_right)
            self.attempt(assigning.declare_interest, found, by=by, statement="Shares.")

    @rule(region=regions, other=anybody, is_right=mostly, is_cleared=st.booleans())
    def settle(self, region: Region, other: int, is_right: bool, is_cleared: bool) -> None:
        if found := self.assignment(region, AssignmentState.INTEREST_PENDING):
            by = self.someone(self.world.lead, other, is_right)
            if is_cleared:
                self.attempt(assigning.clear_interest, found, by=by)
            else:
                self.attempt(assigning.recuse, found, by=by, reason="Shares.")

    @rule(region=regions, other=anybody, is_right=mostly, is_lead=st.booleans())
    def end_assignment(self, region: Region, other: int, is_right: bool, is_lead: bool) -> None:
        if found := self.assignment(region):
            if is_lead:
                by = self.someone(self.world.lead, other, is_right)
                self.attempt(assigning.cancel, found, by=by, reason="Not needed.")
            else:
                by = self.someone(found.reviewer.user, other, is_right)
                self.attempt(assigning.decline, found, by=by, reason="No time.")

    @rule(region=regions, other=anybody, is_right=mostly, days=st.sampled_from([1, 14, 15]))
    def propose_due(self, region: Region, other: int, is_right: bool, days: int) -> None:
        if found := self.assignment(region):
            by, day = self.someone(found.reviewer.user, other, is_right), found.due_on + timedelta(days=days)
            self.attempt(assigning.propose_due, found, day, by=by)

    @rule(region=regions, other=anybody, is_right=mostly, second=st.booleans())
    def replace(self, region: Region, other: int, is_right: bool, second: bool) -> None:
        if found := self.assignment(region):
            reviewer = self.world.other_uk if second else self.world.reviewer(region)
            by = self.someone(self.world.lead, other, is_right)
            self.attempt(assigning.replace, found, reviewer, by=by, reason="No answer.")

    @rule(region=regions)
    def expire(self, region: Region) -> None:
        if found := self.assignment(region, AssignmentState.INVITED):
            long_ago = found.respond_by - timedelta(days=30)
            ReviewAssignment.objects.filter(pk=found.pk).update(respond_by=long_ago)
            self.attempt(assigning.expire, found)

    @rule(region=regions, other=anybody, is_right=mostly)
    def overrule(self, region: Region, other: int, is_right: bool) -> None:
        if row := self.row(region):
            by = self.someone(self.world.other_lead, other, is_right)
            self.attempt(overruling.overrule, row, by=by, reason="The signature is right.")

    @rule()
    def publish_the_dissent(self) -> None:
        if made := Overruling.objects.order_by("-pk").first():
            self.attempt(dissenting.propose_note, made, by=self.world.lead)
            self.attempt(dissenting.agree_to_note, made, by=made.assignment.reviewer.user)

    @rule()
    def disagree_in_the_uk(self) -> None:
        """One signs, another asks for changes, so that walks often get to an overruling."""
        row = self.row(Region.GB)
        if row is None or row.state != ReviewState.IN_REVIEW:
            return
        second = self.attempt(assigning.invite, row, self.world.other_uk, by=self.world.editor)
        first = row.assignments.filter(reviewer=self.world.uk, state=AssignmentState.INVITED).first()
        if first is None or second is None:
            return
        for assignment in (first, second):
            self.attempt(assigning.accept, assignment, by=assignment.reviewer.user)
        self.attempt(signing.sign_off, first, w.signing_of(first), by=self.world.uk.user)
        self.attempt(signing.request_changes, second, by=self.world.other_uk.user, note="Not so.")

    @rule(region=regions, other=anybody, is_right=mostly, scope=st.sampled_from(Scope.values), is_digest_right=mostly)
    def sign(self, region: Region, other: int, is_right: bool, scope: str, is_digest_right: bool) -> None:
        found = self.assignment(region, AssignmentState.ACCEPTED)
        if found is None:
            return
        by = self.someone(found.reviewer.user, other, is_right)
        signing_of = w.signing_of(found, scope=scope, **({} if is_digest_right else {"digest": "0" * 64}))
        action = signing.sign_off if found.regional_edition_id else publishing.reconfirm
        self.attempt(action, found, signing_of, by=by)

    @rule(region=regions, other=anybody, is_right=mostly)
    def request_changes(self, region: Region, other: int, is_right: bool) -> None:
        if found := self.assignment(region, AssignmentState.ACCEPTED):
            by = self.someone(found.reviewer.user, other, is_right)
            self.attempt(signing.request_changes, found, by=by, note="Say it better.")

    @rule(region=regions, other=anybody, is_right=mostly)
    def publish(self, region: Region, other: int, is_right: bool) -> None:
        if row := self.row(region):
            by = self.someone(self.world.publisher, other, is_right)
            self.attempt(publishing.publish, row, by=by)

    @rule(region=regions, other=anybody, is_right=mostly)
    def suspend(self, region: Region, other: int, is_right: bool) -> None:
        by = self.someone(self.world.publisher, other, is_right)
        self.attempt(withdrawing.suspend, w.page(self.article, region), by=by, reason="A mistake.")

    @rule(region=regions, other=anybody, is_right=mostly)
    def lift(self, region: Region, other: int, is_right: bool) -> None:
        by = self.someone(self.world.lead, other, is_right)
        self.attempt(withdrawing.lift, w.page(self.article, region), by=by, reason="It was right.")

    @rule(other=anybody, is_right=mostly, which=st.integers(0, 5))
    def revoke(self, other: int, is_right: bool, which: int) -> None:
        if signatures := list(SignOff.objects.order_by("-pk")[:6]):
            by = self.someone(self.world.lead, other, is_right)
            self.attempt(withdrawing.revoke, signatures[which % len(signatures)], by=by, reason="Struck off.")

    @rule(region=regions, other=anybody, is_right=mostly)
    def invite_to_reconfirm(self, region: Region, other: int, is_right: bool) -> None:
        by = self.someone(self.world.editor, other, is_right)
        page = w.page(self.article, region)
        self.attempt(assigning.invite_to_reconfirm, page, self.world.reviewer(region), by=by)

    @rule(region=regions)
    def hurry_to_the_public(self, region: Region) -> None:
        """The whole way at once, so that walks often get far."""
        edition = self.edition or self.attempt(drafting.start, self.article, by=self.world.editor)
        if edition is None or edition.state != EditionState.DRAFT:
            return
        self.submit(other=0, is_right=True, has_reviewers=True)
        self.accept(region=region, other=0, is_right=True)
        self.sign(region=region, other=0, is_right=True, scope=Scope.WHOLE_PAGE, is_digest_right=True)
        self.publish(region=region, other=0, is_right=True)
