"""The bench of the accessibility tests: a page with faults is not let through."""

import pytest
from playwright.sync_api import Page

from tests import axe

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en-GB"><head><title>A page</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>{style}</style></head><body><main><h1>A page</h1>{body}</main></body></html>"""
PALE = "@media (prefers-color-scheme: dark) { html { background: #111 } p { color: #333 } }"
FAULTS = {
    "no label": ("", "<p><input></p>", {"label"}, 6),
    "pale": (PALE, "<p>Words</p>", {"color-contrast"}, 3),
    "closed": ("", "<details><summary>More</summary><img src='data:,'></details>", {"image-alt"}, 6),
    "wide": ("", "<p style='width: 340px'>Words</p>", {"sideways"}, 2),
}


@pytest.mark.parametrize(("style", "body", "kinds", "count"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_at_every_width_and_in_both_schemes(
    page: Page, style: str, body: str, kinds: set[str], count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(axe, "WAYS", axe.EVERY_WAY)
    page.set_content(PAGE.format(style=style, body=body))
    found = axe.violations(page)
    assert len(found) == count, found
    assert all(any(kind in line for kind in kinds) for line in found)


def test_a_sound_page_passes_and_keeps_its_width(page: Page) -> None:
    page.set_content(PAGE.format(style="", body="<p>Words</p>"))
    assert axe.violations(page) == []
    assert page.viewport_size == {"width": 1280, "height": 900}
