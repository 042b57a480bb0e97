"""The whole way of a text, through the actions."""

import pytest

from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from conditions.actions import publishing, submitting, withdrawing
from conditions.errors.publishing import NotSigned
from conditions.models import Revision
from conditions.vocabulary import PageState, ReviewState
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db


def test_a_text_goes_from_an_empty_draft_to_a_live_page_in_both_regions(world: w.World) -> None:
    article = w.live(world)
    for region in (GB, US):
        page = w.page(article, region)
        assert page.state == PageState.LIVE
        live = page.live_publication()
        assert live is not None
        assert live.sequence == 1
        assert [s.revision_id for s in live.signatures()] == [live.revision_id]
        assert live.pages.count() == 3
        assert page.last_reviewed_on == w.today(region)
    assert article.editions.get().state == "closed"
    assert chain.verify() == []


def test_changing_one_us_section_leaves_the_uk_as_it_is(world: w.World, live: w.Article) -> None:
    before = w.page(live, GB).live_publication()
    edition = w.drafting.start(live, by=world.editor)
    w.edit(edition, world.editor, "help-us", "Ask your care team.")
    rows = w.submit(world, edition)
    assert rows[GB].state == ReviewState.UNCHANGED
    assert rows[US].state == ReviewState.IN_REVIEW
    assert not rows[GB].assignments.exists()
    w.publish(world, rows[US])
    assert w.page(live, GB).live_publication() == before
    assert w.page(live, US).live_publication().sequence == 2  # type: ignore[union-attr]
    edition.refresh_from_db()
    assert edition.state == "closed"


def test_a_first_edition_can_be_for_the_uk_only(world: w.World) -> None:
    article = w.live(world, regions="GB")
    assert w.page(article, GB).state == PageState.LIVE
    assert w.page(article, US).state == PageState.UNPUBLISHED


def test_the_uk_is_published_while_the_us_is_in_review_then_reopened_and_changed(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    w.publish(world, rows[GB])
    submitting.reopen(rows[US], by=world.editor, reason="A mistake.")
    w.edit(edition, world.editor, "help-us", "Call your doctor.")
    again = w.submit(world, edition)
    assert again[GB].pk == rows[GB].pk
    assert again[GB].state == ReviewState.PUBLISHED
    assert again[US].round == 2
    rows[US].refresh_from_db()
    assert rows[US].state == ReviewState.REPLACED
    w.publish(world, again[US])
    edition.refresh_from_db()
    assert edition.state == "closed"


def test_an_older_text_restored_needs_a_fresh_signature(world: w.World) -> None:
    article = w.live(world, regions="GB")
    second = w.drafting.start(article, by=world.editor, regions="GB")
    w.edit(second, world.editor, "symptoms", "Muscles grow weak and stiff [@brown2017].")
    w.publish(world, w.submit(world, second)[GB])
    third = w.drafting.start(article, by=world.editor, regions="GB")
    w.edit(third, world.editor, "symptoms", "Muscles grow weak [@brown2017].")
    row = w.submit(world, third)[GB]
    assert row.state == ReviewState.IN_REVIEW
    assert Revision.objects.count() == 2
    with pytest.raises(NotSigned):
        publishing.publish(row, by=world.publisher)


def test_a_revoked_signature_takes_the_page_down_and_a_fresh_one_brings_it_back(world: w.World) -> None:
    article = w.live(world, regions="GB")
    signature = w.page(article).live_publication().signatures().get()  # type: ignore[union-attr]
    withdrawing.revoke(signature, by=world.lead, reason="Struck off.")
    assert w.page(article).state == PageState.SUSPENDED
    edition = w.drafting.start(article, by=world.editor, regions="GB")
    w.write(edition, world.editor, fields={"change_note": "Signed again."})
    w.publish(world, w.submit(world, edition)[GB])
    assert w.page(article).state == PageState.LIVE


def test_every_action_leaves_one_audit_event(world: w.World) -> None:
    before = AuditEvent.objects.count()
    edition = w.draft(world)
    verbs = [event.verb for event in AuditEvent.objects.order_by("sequence")[before:]]
    assert verbs == ["add_condition", "add_article", "start", "save"]
    w.publish(world, w.submit(world, edition)[GB])
    verbs = [event.verb for event in AuditEvent.objects.order_by("sequence")[before + 4 :]]
    assert verbs == ["submit", "accept", "sign_off", "publish"]
