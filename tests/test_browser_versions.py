"""A page's past and the check of a text in Chromium: for everybody, by keyboard, without a script, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from conditions.actions import drafting, withdrawing
from tests import axe
from tests import world as w
from tests.world import GB

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
ARTICLE = "/uk/conditions/als/"


@pytest.fixture
def site(live_site: str) -> str:
    """Two versions of a page that was taken down once."""
    world = w.build()
    article = w.live(world)
    edition = drafting.start(article, by=world.editor, regions="GB")
    w.edit(edition, world.editor, "symptoms", "Muscles grow weak and thin [@brown2017].")
    w.publish(world, w.submit(world, edition)[GB])
    withdrawing.suspend(w.page(article), by=world.publisher, reason="A number was wrong.")
    withdrawing.lift(w.page(article), by=world.lead, reason="Put right.")
    return live_site


def test_a_reader_finds_what_changed_and_who_signed_and_everybody_can(open_page: OpenPage, site: str) -> None:
    page = open_page(width=390, java_script_enabled=False)
    page.goto(f"{site}{ARTICLE}")
    page.get_by_role("link", name="What changed").press("Enter")
    page.get_by_label("See the page as it was on").fill(w.today().isoformat())
    page.get_by_role("button", name="Show").press("Enter")
    page.get_by_role("link", name="version 1", exact=True).press("Enter")
    expect(page.get_by_text("not what readers see now")).to_be_visible()
    page.get_by_role("link", name="What changed since").press("Enter")
    expect(page.locator("ins", has_text="and thin").first).to_be_visible()
    page.get_by_label("Later version").select_option("1")
    page.get_by_role("button", name="Compare").press("Enter")
    expect(page.locator("ins", has_text="and thin").first).to_be_visible()
    page.get_by_role("link", name="Version 2").first.press("Enter")
    page.get_by_role("link", name="check it").press("Enter")
    expect(page.get_by_text("This text is signed, whole, and what readers")).to_be_visible()
    assert page.context.cookies() == []
    seeing = open_page()
    digest = page.url.rstrip("/").rpartition("/")[2]
    compare = f"{ARTICLE}compare/"
    history = f"{ARTICLE}history/?on="
    for address in (f"{history}{w.today()}", f"{history}never", f"{ARTICLE}v1/", compare, "/verify/?code=no"):
        seeing.goto(site + address)
        assert axe.violations(seeing) == []
    seeing.goto(f"{site}/verify/{digest}/")
    assert axe.violations(seeing) == []
    seeing.goto(f"{site}{ARTICLE}")
    seeing.emulate_media(media="print")
    expect(seeing.get_by_text(f"/verify/ with the code {digest[:4]} {digest[4:8]} {digest[8:12]}.")).to_be_visible()


def test_what_is_taken_down_can_be_read_by_everybody_too(open_page: OpenPage, site: str) -> None:
    live = w.RegionalArticle.objects.get(region=GB).publications.get(sequence=1)
    withdrawing.revoke(live.signatures().get(), by=w.User.objects.get(username="lead"), reason="Struck off.")
    page = open_page()
    for address in (f"{ARTICLE}v1/", f"/verify/{live.revision_id}/"):
        answer = page.goto(site + address)
        assert answer and answer.status == 410
        assert axe.violations(page) == []
