"""A reviewer confirms the live text again in one visit on a phone: from the mail to new dates for readers."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils.dateformat import format as format_date
from playwright.sync_api import Page, expect

from alsinfo.outbox.models import Message
from conditions.actions import assigning, pages
from conditions.content.currency import add_months
from conditions.models import Article, RegionalArticle
from conditions.templatetags.pages import DAY_FORMATS
from tests import world as w
from tests.world import GB

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


def soon_due(world: w.World) -> Article:
    """A live page whose review is due in five days, as its readers see it."""
    article = w.live(world)
    RegionalArticle.objects.filter(pk=w.page(article).pk).update(next_review_due_on=w.today() + timedelta(days=5))
    live = w.page(article).live_publication()
    assert live
    pages.rebuild(live)
    return article


def shown(day: date) -> str:
    return str(format_date(day, DAY_FORMATS[GB]))


@pytest.mark.parametrize("has_script", [True, False])
def test_the_live_text_is_confirmed_in_one_visit_from_the_link_in_the_mail(
    open_page: OpenPage, live_site: str, *, has_script: bool
) -> None:
    world = w.build()
    article = soon_due(world)
    reader = open_page(width=390)
    reader.goto(f"{live_site}/uk/conditions/als/")
    expect(reader.get_by_text(f"Next review due {shown(w.today() + timedelta(days=5))}")).to_be_visible()

    assigning.invite_to_reconfirm(w.page(article), world.other_uk, by=world.editor)
    mail = Message.objects.get(to_user=world.other_uk.user)
    (link,) = re.findall(r"/desk/\S+", mail.body)

    page = open_page(width=390, java_script_enabled=has_script)
    page.goto(f"{live_site}{link}")
    page.get_by_role("link", name="Sign in to answer").click()
    page.get_by_label("User name").fill(world.other_uk.user.username)
    page.get_by_label("Password").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/desk/reviews/\d+/$"))
    page.get_by_label("I have no competing interests").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("Muscles grow weak").first).to_be_visible()
    page.get_by_label("Sign the whole page").check()
    page.get_by_label("still true").check()
    page.get_by_label("password").fill(w.PASSWORD)
    page.get_by_role("button", name="Send my decision").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You signed")

    reader.goto(f"{live_site}/uk/conditions/als/")
    dates = f"Last reviewed {shown(w.today())}. Next review due {shown(add_months(w.today(), 12))}."
    expect(reader.get_by_text(dates)).to_be_visible()
    expect(reader.get_by_text("Medically reviewed by Dr Other Uk Reviewer")).to_be_visible()
    assert Message.objects.filter(to_user=world.other_uk.user, subject__startswith="You signed").count() == 1
