"""Chromium for the tests marked `browser`: a page of a given width that may reach nothing but this machine."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

from tests.chromium import FLAGS, find_chromium
from tests.ground import Ground
from tests.network import is_local

PATIENCE = 30_000  # ms: on a busy machine a page may take long; a promise about speed is a benchmark's

expect.set_options(timeout=PATIENCE)


class Reader:
    """Opens pages in contexts of their own, one for each person, and remembers what went wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.complaints: list[str] = []

    def __call__(self, width: int = 1280, height: int = 900, **options: object) -> Page:
        """A new page in a new context; `options` are those of Playwright's `new_context`."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.route("**/*", self.local_only)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("console", self.listen)
        return page

    def local_only(self, route: Route) -> None:
        """Let a request to this machine through; note and refuse any other."""
        if is_local(urlsplit(route.request.url).hostname):
            route.continue_()
            return
        self.complaints.append(f"request to another host: {route.request.url}")
        route.abort()

    def listen(self, message: ConsoleMessage) -> None:
        """Note what the content security policy blocked."""
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def close(self) -> None:
        """Close every context."""
        for context in self.browser.contexts:
            context.close()


@pytest.fixture(scope="session")
def browser(ground: Ground, django_db_blocker: Any) -> Iterator[Browser]:
    """Chromium, started once; the test is skipped where there is none.

    Nothing may stand in a transaction before it starts or when it ends: under Playwright's event loop Django has
    another connection.
    """
    with django_db_blocker.unblock():
        ground.leave(0)
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium: apt-get install chromium, or install Google Chrome")
    try:
        playwright = sync_playwright().start()
    except Exception as error:
        pytest.skip(f"Playwright's driver did not start ({error}); it may lack a library: apt-get install libatomic1")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop lives in the thread of the test
    started = playwright.chromium.launch(executable_path=program, args=FLAGS)
    yield started
    with django_db_blocker.unblock():
        ground.leave(0)
    started.close()
    playwright.stop()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page(width=1280, …)` gives a page with cookies of its own; other hosts and blocked scripts fail."""
    reader = Reader(browser)
    yield reader
    reader.close()
    assert reader.complaints == []


@pytest.fixture
def page(open_page: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    """One page, 1280 pixels wide; `parametrize("page", [390], indirect=True)` for another width."""
    return open_page(width=getattr(request, "param", 1280))


@pytest.fixture
def live_site(live_server: object) -> str:
    """The address of the site with its static files, without a slash at the end."""
    return str(live_server)
