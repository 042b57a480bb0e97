"""Whether the open page can be used by everybody, as far as axe can tell: WCAG 2.2 A and AA, and best practice."""

import os
from collections.abc import Iterator
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page

Way = tuple[Literal["light", "dark"], int]
EVERY_WAY: tuple[Way, ...] = tuple((scheme, width) for scheme in ("light", "dark") for width in (1280, 390, 320))
WAYS = EVERY_WAY if os.environ.get("ALSINFO_EVERY_WAY") else (("light", 1280), ("dark", 390), ("light", 320))
"""Colour scheme and width in CSS pixels: each scheme and each width at every run, every pair in `make nightly`."""
NARROWEST = 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
OPTIONS = f"{{runOnly: {RULES}, resultTypes: ['violations'], preload: false}}"  # it would copy styles, against the CSP
RUN = f"axe.run(document, {OPTIONS}).then(found => found.violations)"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEIGHT = 800


def violations(page: Page) -> list[str]:
    """What is wrong with the page as it stands, one line each; [] is a page without a violation.

    The page is looked at in all of `WAYS`, with every `details` opened, and must not scroll sideways at 320.
    Its width and colours are then as before, its `details` stay open.
    """
    before = page.viewport_size
    page.wait_for_load_state("load")  # after a click, a heading can be there before the last style sheet is
    session = page.context.new_cdp_session(page)  # reaches the page past its content security policy
    _run(session, OPEN_ALL)
    _run(session, AXE_SCRIPT)
    try:
        return list(_look(page, session))
    finally:
        page.emulate_media(color_scheme="null")
        if before:
            page.set_viewport_size(before)


def _look(page: Page, session: CDPSession) -> Iterator[str]:
    for scheme, width in WAYS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        where = f"{page.url} at {width} px, {scheme}"
        yield from (f"{where}: {_in_words(found)}" for found in _run(session, RUN))
        if width == NARROWEST and (wider := _run(session, TOO_WIDE)) > 0:
            yield f"{where}: scrolls sideways by {wider} px"


def _run(session: CDPSession, script: str) -> Any:
    """What the script comes to, as plain data."""
    asked = {"expression": f"{script}\n", "awaitPromise": True, "returnByValue": True}
    answer = session.send("Runtime.evaluate", asked)
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


def _in_words(found: dict[str, Any]) -> str:
    places = ", ".join(" ".join(map(str, node["target"])) for node in found["nodes"][:3])
    return f"{found['impact']} {found['id']} x{len(found['nodes'])}: {found['help']} ({places})"
