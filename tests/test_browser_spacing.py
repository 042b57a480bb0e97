"""Readers who need wider text on a narrow screen, or very large text, get all of every page (WCAG 1.4.10, 1.4.12)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests import world as w
from tests.looked_at import hostile

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
PARAGRAPHS = "p { margin-bottom: 2em !important }"
CLIPPED = """[...document.querySelectorAll('main *, footer *')].filter(each =>
    getComputedStyle(each).overflowY === 'hidden' && each.clientHeight > 1 && each.scrollHeight > each.clientHeight + 1)
    .map(each => each.outerHTML.slice(0, 80))"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ADDRESSES = (
    *("/", "/uk/", "/uk/conditions/", "/uk/conditions/als/", "/uk/conditions/hostile/", "/uk/conditions/als/history/"),
    *("/uk/conditions/hostile/history/", "/uk/conditions/hostile/v1/", "/uk/organisations/", "/uk/medical-team/"),
    *("/uk/medical-team/uk-reviewer/", "/uk/search/?q=script", "/uk/feedback/", "/uk/editorial-process/", "/verify/"),
    *("/uk/corrections/", "/uk/about/", "/nothing"),
)


def test_wide_text_on_a_narrow_screen_loses_nothing(open_page: Callable[..., Page], live_site: str) -> None:
    world = w.build()
    w.live(world)
    hostile(world)
    page = open_page(width=320, bypass_csp=True)
    wrong = []
    for address in ADDRESSES:
        page.goto(live_site + address)
        page.add_style_tag(content=SPACED + PARAGRAPHS)
        wide, clipped = page.evaluate(TOO_WIDE), page.evaluate(CLIPPED)
        wrong += [f"{address}: {wide} px too wide"] if wide > 0 else []
        wrong += [f"{address}: cut off: {each}" for each in clipped]
    assert wrong == []
