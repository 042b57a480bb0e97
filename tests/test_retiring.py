"""A page is withdrawn by two persons, leads elsewhere in one hop, and comes back with a text signed since."""

from collections.abc import Callable

import pytest
from django.test import Client

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.admin.records import page_of
from alsinfo.outbox.models import Message
from conditions.actions import drafting, publishing, retiring, withdrawing
from conditions.errors.publishing import PageWithdrawn, SignedBeforeSuspension
from conditions.errors.retiring import BadTarget, OwnProposal
from conditions.errors.withdrawing import NotLive, OwnSuspension
from conditions.models import Article, Redirection, RegionalArticle, RegionalEdition
from tests import pages, surfaces
from tests import world as w
from tests.pages import signed_in
from tests.world import GB, US

pytestmark = pytest.mark.django_db
WHY = "The two diseases are one."
WORDS = ("Amyotrophic lateral sclerosis", "nerve cells", "Muscles grow weak")


@pytest.fixture
def article(live: w.Article) -> Article:
    return live


def other(world: w.World, slug: str = "mnd") -> RegionalArticle:
    """Another page that UK readers get."""
    edition = w.draft(world, w.article(world, slug, slug.upper()), regions="GB")
    opening = edition.openings.get()
    opening.title, opening.summary = f"All about {slug.upper()}", "It is another text."
    w.write(edition, world.editor, put=[opening])
    w.edit(edition, world.editor, "overview", f"See {slug} and [ALS](condition:als) [@brown2017].")
    w.edit(edition, world.editor, "symptoms", "Limbs tire [@brown2017].")
    w.publish(world, w.submit(world, edition)[GB])
    return w.page(edition.article)


def withdraw(world: w.World, article: Article) -> None:
    retiring.propose_withdrawal(w.page(article), by=world.publisher, reason=WHY)
    retiring.withdraw(w.page(article), by=world.lead)


def redirect(world: w.World, article: Article) -> None:
    retiring.redirect(w.page(article), w.page(other_article()), by=world.publisher, reason=WHY)


def suspend(world: w.World, article: Article) -> None:
    withdrawing.suspend(w.page(article), by=world.publisher, reason=WHY)


def revoke(world: w.World, article: Article) -> None:
    live = w.page(article).live_publication()
    assert live
    withdrawing.revoke(live.signatures().get(), by=world.lead, reason=WHY)


def signed(world: w.World, article: Article, text: str = "Signed since.") -> RegionalEdition:
    """Another UK text, signed."""
    edition = drafting.start(article, by=world.editor, regions="GB")
    row = w.submit(world, w.edit(edition, world.editor, "help-uk", text))[GB]
    w.sign(row)
    return row


# Wherever readers look


@pytest.mark.parametrize("ending", [suspend, revoke, withdraw, redirect])
def test_a_text_that_was_taken_down_is_on_no_surface(
    world: w.World, article: Article, client: Client, ending: Callable[[w.World, Article], None]
) -> None:
    other(world)
    assert len(surfaces.leaking(client, "uk", "als", *WORDS)) >= 20  # while it is live it is everywhere
    ending(world, article)
    assert surfaces.leaking(client, "uk", "als", *WORDS) == {}
    assert client.get("/us/conditions/als/").status_code == 200
    assert 'href="/uk/conditions/als/' not in client.get("/us/conditions/als/").text or ending in (suspend, revoke)


def test_who_withdraws_says_why_to_readers_and_offers_another_page(
    world: w.World, article: Article, client: Client
) -> None:
    retiring.propose_withdrawal(w.page(article), by=world.publisher, reason=WHY, alternative=other(world))
    assert client.get("/uk/conditions/als/").status_code == 200
    told = Message.objects.filter(subject__startswith="A second person").values_list("to_user__username", flat=True)
    assert set(told) == {"other-publisher", "lead", "other-lead"}
    retiring.withdraw(w.page(article), by=world.lead)
    answer = client.get("/uk/conditions/als/")
    assert (answer.status_code, WHY in answer.text) == (410, True)
    assert '<a href="/uk/conditions/mnd/">All about MND</a>' in answer.text
    assert "999" in answer.text
    assert "Support UK" in answer.text
    withdrawing.suspend(w.page(other_article()), by=world.publisher, reason=WHY)
    assert "All about MND" not in client.get("/uk/conditions/als/").text


def other_article() -> Article:
    return Article.objects.get(condition__slug="mnd")


def test_open_drafts_do_not_keep_a_page_from_being_withdrawn(world: w.World, article: Article) -> None:
    row = signed(world, article)
    withdraw(world, article)
    row.refresh_from_db()
    assert (w.page(article).state, row.state) == ("withdrawn", "cleared")


def test_somebody_with_both_roles_needs_another_person(world: w.World, article: Article) -> None:
    roles.grant(world.lead, Role.PUBLISHER, by=None)
    retiring.propose_withdrawal(w.page(article), by=world.lead, reason=WHY)
    with pytest.raises(OwnProposal):
        retiring.withdraw(w.page(article), by=world.lead)
    retiring.withdraw(w.page(article), by=world.publisher)
    assert w.page(article).state == "withdrawn"


# Leading elsewhere


def test_readers_are_led_to_another_page_in_one_hop_also_from_older_addresses(
    world: w.World, article: Article, client: Client
) -> None:
    w.cataloguing.change_address(w.page(article), "new-als", by=world.editor)
    retiring.redirect(w.page(article), other(world), by=world.publisher, reason=WHY)
    for slug in ("als", "new-als"):
        for part in ("", "history/"):
            answer = client.get(f"/uk/conditions/{slug}/{part}")
            assert (answer.status_code, answer.headers["Location"]) == (301, "/uk/conditions/mnd/")


def test_what_led_to_a_page_that_moves_on_leads_on_with_it_and_never_in_a_circle(
    world: w.World, article: Article, client: Client
) -> None:
    second, third = other(world), other(world, "kd")
    first = w.page(article)
    retiring.redirect(first, second, by=world.publisher, reason=WHY)
    retiring.redirect(second, third, by=world.publisher, reason=WHY)
    assert client.get("/uk/conditions/als/").headers["Location"] == "/uk/conditions/kd/"
    for target in (first, second, third):
        with pytest.raises(BadTarget):
            retiring.redirect(third, target, by=world.publisher, reason=WHY)
    with pytest.raises(NotLive):
        retiring.redirect(first, third, by=world.publisher, reason=WHY)
    assert Redirection.objects.count() == 3


def test_nobody_is_led_to_the_other_region(world: w.World, article: Article) -> None:
    with pytest.raises(BadTarget):
        retiring.redirect(other(world), w.page(article, US), by=world.publisher, reason=WHY)


# Coming back


@pytest.mark.parametrize("ending", [withdraw, redirect])
def test_what_was_taken_down_for_good_comes_back_with_a_text_signed_since(
    world: w.World, article: Article, client: Client, ending: Callable[[w.World, Article], None]
) -> None:
    other(world)
    ending(world, article)
    retiring.propose_reinstatement(w.page(article), by=world.lead, reason="They are two again.")
    retiring.reinstate(w.page(article), by=world.publisher)
    assert client.get("/uk/conditions/als/").status_code in (301, 410)
    publishing.publish(signed(world, article), by=world.publisher)
    assert "Signed since" in client.get("/uk/conditions/als/").text
    assert len(surfaces.leaking(client, "uk", "als", "nerve cells")) >= 9
    assert "/uk/conditions/als/" in client.get("/uk/conditions/mnd/").text
    ending(world, article)  # and what was agreed once does not bring it back twice
    with pytest.raises(PageWithdrawn):
        publishing.publish(signed(world, article, "Again."), by=world.publisher)


def test_a_suspension_from_before_is_lifted_by_another_person_than_the_suspender(
    world: w.World, article: Article
) -> None:
    suspend(world, article)
    withdraw(world, article)
    retiring.propose_reinstatement(w.page(article), by=world.lead, reason="It is right.")
    retiring.reinstate(w.page(article), by=world.publisher)
    row = signed(world, article)
    with pytest.raises(OwnSuspension):
        publishing.publish(row, by=world.publisher)
    publishing.publish(row, by=world.other_publisher)
    assert w.page(article).state == "live"


def test_a_text_signed_before_is_not_published_over_a_suspension(world: w.World, article: Article) -> None:
    row = signed(world, article)
    suspend(world, article)
    with pytest.raises(SignedBeforeSuspension):
        publishing.publish(row, by=world.publisher)


# In the admin


def test_two_persons_withdraw_a_page_and_bring_it_back_with_buttons(world: w.World, article: Article) -> None:
    other(world)
    publisher, lead, page = signed_in(world.publisher), signed_in(world.lead), page_of(article)
    pages.send(publisher, page, "/propose-withdrawal/", reason=WHY, alternative=str(w.page(other_article()).pk))
    assert "You proposed this, so another person has to agree." in publisher.get(page).text
    shown = lead.get(page).text
    assert f"Proposed by {world.publisher}" in shown
    assert WHY in shown
    pages.send(lead, page, "/withdraw/")
    assert w.page(article).state == "withdrawn"
    pages.send(lead, page, "/propose-reinstatement/", reason="It is right.")
    pages.send(publisher, page, "/drop-proposal/")
    pages.send(lead, page, "/propose-reinstatement/", reason="It is right after all.")
    pages.send(publisher, page, "/reinstate/")
    assert w.page(article).reinstatements.filter(agreed_by=world.publisher).count() == 1


def test_a_publisher_leads_a_page_elsewhere_with_a_button(world: w.World, article: Article) -> None:
    target = other(world)
    publisher, page = signed_in(world.publisher), page_of(article)
    pages.send(publisher, page, "/redirect/", target=str(target.pk), reason=WHY)
    assert w.page(article).state == "redirected"
    assert f"{target}: {WHY}" in publisher.get(page).text
