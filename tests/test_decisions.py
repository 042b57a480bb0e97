"""What clinical leads decide within a day: pages whose signature no longer carries them, computed from facts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alsinfo.concurrency import clock_now
from conditions.actions import assigning, publishing, withdrawing
from conditions.admin import decisions
from conditions.models import Article
from tests import pages
from tests import world as w
from tests.at_desk import text_of
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/within-24-hours/"
NOTHING = "Nothing waits."


@pytest.fixture
def article(live: w.Article) -> Article:
    return live


def strike_off(world: w.World, result: str = "not-found") -> None:
    w.check(world.uk.registrations.get(), world.lead, result=result)


def shown(world: w.World) -> str:
    return text_of(signed_in(world.lead).get(ADDRESS))


def later(monkeypatch: pytest.MonkeyPatch, **delta: int) -> None:
    """Let time have passed for the page, whichever clock the database has."""
    moment = clock_now() + timedelta(**delta)
    monkeypatch.setattr(decisions, "clock_now", lambda: moment)


def queries(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(ADDRESS).status_code == 200
    return len(captured)


def test_where_nothing_waits_it_says_so(world: w.World, article: Article) -> None:
    assert NOTHING in shown(world)
    assert "Decide within 24 hours</a>: nothing waits" in text_of(signed_in(world.lead).get("/admin/"))


@pytest.mark.parametrize("result", ["not-found", "conditions"])
def test_a_page_of_somebody_struck_off_waits_with_hours_and_whose_move_it_is(
    world: w.World, article: Article, result: str
) -> None:
    strike_off(world, result)
    text = shown(world)
    assert "Amyotrophic lateral sclerosis (UK)" in text
    assert "Amyotrophic lateral sclerosis (US)" not in text
    assert "23 hours left" in text
    assert "Dr Uk Reviewer signed it and is no longer licensed. GMC 0000001: " in text
    assert "<dd>a clinical lead</dd>" in text
    url = pages_url(article)
    assert f'href="{url}#suspend-GB-reason"' in text
    assert f'href="{url}#reconfirm-GB-due_on"' in text
    target = signed_in(world.lead).get(url).text
    assert 'id="suspend-GB-reason"' in target and 'id="reconfirm-GB-due_on"' in target
    assert "Decide within 24 hours</a>: 1" in text_of(signed_in(world.publisher).get("/admin/"))


def pages_url(article: Article) -> str:
    return f"/admin/conditions/article/{article.pk}/change/"


def test_after_a_day_it_says_how_late_it_is_and_goes_on_counting_from_the_first_check(
    world: w.World, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    strike_off(world)
    strike_off(world, "conditions")
    later(monkeypatch, hours=27, minutes=30)
    assert "4 hours late" in shown(world)


def test_who_is_asked_to_sign_anew_has_the_move_and_the_new_signature_ends_it(world: w.World, article: Article) -> None:
    strike_off(world)
    asked = assigning.invite_to_reconfirm(w.page(article), world.other_uk, by=world.lead)
    assert f"<dd>Dr Other Uk Reviewer, asked to sign by {asked.due_on:%-d %B %Y}</dd>" in shown(world)
    accepted = w.accept(asked)
    publishing.reconfirm(accepted, w.signing_of(accepted), by=world.other_uk.user)
    assert NOTHING in shown(world)


def test_a_page_that_is_taken_down_or_whose_reviewer_is_licensed_again_waits_no_longer(
    world: w.World, article: Article
) -> None:
    strike_off(world)
    w.check(world.uk.registrations.get(), world.lead)
    assert NOTHING in shown(world)
    strike_off(world)
    assert NOTHING not in shown(world)
    withdrawing.suspend(w.page(article), by=world.publisher, reason="The signer was struck off.")
    assert NOTHING in shown(world)


def test_a_check_that_ran_out_or_never_was_good_is_no_striking_off(
    world: w.World, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, days=400)
    assert NOTHING in shown(world)


def test_what_was_signed_for_changes_waits_when_the_whole_page_signature_beneath_falls(
    world: w.World, article: Article
) -> None:
    edition = w.drafting.start(article, by=world.editor)
    w.edit(edition, world.editor, "symptoms", "Muscles grow weak and thin [@brown2017].")
    reviewers = {GB: [world.other_uk], US: [world.us]}
    edition.refresh_from_db()
    rows = w.submitting.submit(edition, by=world.editor, opened_version=edition.lock_version, reviewers=reviewers)
    row = next(row for row in rows if row.region == GB)
    w.sign(row, scope="changes-only", of=world.other_uk)
    w.publishing.publish(row, by=world.publisher)
    strike_off(world)
    assert "Dr Uk Reviewer signed it and is no longer licensed." in shown(world)


def test_a_page_whose_signature_was_withdrawn_waits_until_somebody_signs(world: w.World, article: Article) -> None:
    live = w.page(article, US).live_publication()
    assert live
    withdrawing.revoke(live.signatures().get(), by=world.lead, reason="Signed by mistake.")
    text = shown(world)
    assert "Lead withdrew the signature of Dr Us Reviewer: Signed by mistake." in text
    assert "a publisher or clinical lead, once somebody has signed anew" in text
    assert "#suspend-US-reason" not in text


def test_it_is_read_by_leads_and_publishers_only(world: w.World, article: Article) -> None:
    people = {
        "lead": 200,
        "publisher": 200,
        "superuser": 200,
        "editor": 403,
        "administrator": 403,
    }
    for name, status in people.items():
        client = signed_in(getattr(world, name))
        assert client.get(ADDRESS).status_code == status
        assert (ADDRESS in client.get("/admin/").text) == (status == 200)
    before = pages.everything()
    assert signed_in(world.lead).post(ADDRESS).status_code == 405
    assert pages.everything() == before


def test_the_number_of_queries_does_not_grow_with_the_pages(world: w.World, article: Article) -> None:
    strike_off_later = [w.live(world, w.article(world, f"more-{number}", f"More {number}")) for number in range(3)]
    client = signed_in(world.lead)
    strike_off(world)
    client.get(ADDRESS)
    many = queries(client)
    for each in strike_off_later:
        withdrawing.suspend(w.page(each), by=world.publisher, reason="A doubt.")
    assert "More 1" not in client.get(ADDRESS).text
    assert queries(client) == many
