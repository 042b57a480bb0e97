"""Editors find their work, narrow the list, do one thing to many articles and compare texts: by keyboard, for all."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from conditions.actions import drafting
from conditions.models import Article
from tests import axe
from tests import world as w
from tests.test_versions import second_version
from tests.test_work import everything

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def enter(page: Page, live_site: str, username: str) -> None:
    page.goto(f"{live_site}/accounts/login/?next=/admin/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your work")).to_be_visible()


def compared(world: w.World) -> Article:
    """An article with two versions and a draft over them."""
    article = w.live(world, w.article(world, "als", "Twice published"))
    second_version(world, article)
    w.edit(drafting.start(article, by=world.editor), world.editor, "overview", "It is a rare disease [@brown2017].")
    return article


@pytest.mark.parametrize("has_script", [True, False])
def test_from_the_number_to_many_articles_done_by_keyboard(
    open_page: OpenPage, live_site: str, *, has_script: bool
) -> None:
    world = w.build()
    everything(world)
    page = open_page(java_script_enabled=has_script)
    enter(page, live_site, "editor")
    page.get_by_role("link", name="2 waiting for a reviewer").press("Enter")
    expect(page).to_have_url(re.compile(r"article/\?state=in-review$"))
    page.get_by_label("Choose Waiting").press("Space")
    page.get_by_label("With many articles at once").select_option("remind")
    page.get_by_role("button", name="Go on with those ticked").press("Enter")
    expect(page.get_by_text("1 article chosen.")).to_be_visible()
    page.get_by_role("button", name="Show what would happen").press("Enter")
    page.get_by_role("button", name="Remind: 1 of 1").press("Enter")
    expect(page.get_by_role("cell", name="Done")).to_be_visible()


def test_home_list_many_compare_and_history_can_be_used_by_everybody(open_page: OpenPage, live_site: str) -> None:
    world = w.build()
    page = open_page()
    enter(page, live_site, "publisher")
    expect(page.get_by_text("Nothing waiting.")).to_be_visible()
    found = axe.violations(page)
    page.goto(f"{live_site}/admin/conditions/article/")
    expect(page.get_by_text("There is no article yet.")).to_be_visible()
    found += axe.violations(page)
    everything(world)
    article = compared(world)
    page = open_page()
    enter(page, live_site, "editor")
    found += axe.violations(page)
    for where in (
        "article/",
        "article/?state=live&due=overdue&q=over",
        "article/?q=nothing",
        f"article/bulk/?what=owner&article={article.pk}",
        "article/bulk/?what=invite&all=yes&state=in-review",
        f"article/{article.pk}/change/",
        f"article/{article.pk}/history/",
        f"article/{article.pk}/compare/",
        f"article/{Article.objects.get(condition__slug='draft').pk}/compare/",
    ):
        page.goto(f"{live_site}/admin/conditions/{where}")
        found += axe.violations(page)
    page.goto(f"{live_site}/admin/conditions/article/bulk/?what=earlier&all=yes")
    for form in page.locator("form.deed").all():
        form.evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("heading", name="Nothing was done yet")).to_be_visible()
    found += axe.violations(page)
    page.get_by_label("Review due on").fill(f"{w.today():%Y-%m-%d}")
    page.get_by_label("Reason").fill("New guidance.")
    page.get_by_role("button", name="Show what would happen").click()
    found += axe.violations(page)
    page.get_by_role("button", name=re.compile("^Bring forward: ")).click()
    found += axe.violations(page)
    assert found == []
