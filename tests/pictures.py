"""Pictures of the demonstration site for the documentation.

make pictures       writes docs/*.png and docs/pages/*.webp anew; look at them before they are committed
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import FLAGS, find_chromium
from tests.servers import running

DOCS = Path(__file__).resolve().parent.parent / "docs"
ARTICLE = "/uk/conditions/amyotrophic-lateral-sclerosis/"
MAIN_PAGES = {
    "choice": "/",
    "home": "/uk/",
    "a-to-z": "/uk/conditions/",
    "article": ARTICLE,
    "history": f"{ARTICLE}history/",
    "finder": "/uk/organisations/",
    "search": "/uk/search/?q=mnd",
    "reviewer": "/uk/medical-team/demo-reviewer-uk/",
    "process": "/uk/editorial-process/",
    "feedback": "/uk/feedback/?page=amyotrophic-lateral-sclerosis&about=mistake",
}
CHANGED = "from tests import changed_demo; changed_demo.make()"
SETTLED = 500  # milliseconds until a screen that was scrolled is painted
SIZES = {"wide": (1280, 900), "phone": (390, 844)}


def main() -> None:
    """Load the demonstration into a database of its own, serve it, and take the pictures."""
    program = find_chromium()
    if program is None:
        sys.exit("Pictures need Chromium (Debian, Ubuntu: apt-get install chromium).")
    with (
        tempfile.TemporaryDirectory() as folder,
        site(Path(folder)) as (address, password),
        sync_playwright() as player,
    ):
        browser = player.chromium.launch(executable_path=program, args=FLAGS)
        take_main_pages(browser, address)
        for name in SIZES:
            take_public(browser, address, name)
            take_desk(browser, address, password, name)
        browser.close()


def take_main_pages(browser: Browser, address: str) -> None:
    """The ten pages that readers meet most: on a phone and a wide screen, and dark."""
    for size, scheme in (("phone", "light"), ("wide", "light"), ("phone", "dark")):
        page = opened(browser, size, scheme)
        for name, path in MAIN_PAGES.items():
            page.goto(address + path)
            keep_small(page, f"{name}-{'dark' if scheme == 'dark' else size}")


def keep_small(page: Page, name: str) -> None:
    """Save what is on the screen as a small WebP."""
    with Image.open(BytesIO(page.screenshot())) as picture:
        picture.convert("RGB").save(DOCS / "pages" / f"{name}.webp", quality=70, method=6)
    sys.stdout.write(f"docs/pages/{name}.webp\n")


def take_public(browser: Browser, address: str, name: str) -> None:
    """The article, light and dark."""
    for scheme in ("light", "dark"):
        page = opened(browser, name, scheme)
        page.goto(address + ARTICLE)
        keep(page, "article" if (name, scheme) == ("wide", "light") else f"article-{name}-{scheme}")


def take_desk(browser: Browser, address: str, password: str, name: str) -> None:
    """The queue, and the review of the text that waits, before and after it was accepted."""
    page = opened(browser, name, "light")
    page.goto(f"{address}/desk/")
    page.locator("[name=login]").fill("demo-reviewer-uk" if name == "wide" else "demo-reviewer-us")
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()
    keep(page, f"desk-queue-{name}")
    page.get_by_role("link", name="Primary lateral sclerosis").first.click()
    keep(page, f"desk-request-{name}")
    page.get_by_label("I have no competing interests").check()
    page.get_by_role("button", name="Send my answer").click()
    keep(page, f"desk-review-{name}")
    page.get_by_role("button", name="Send my decision").scroll_into_view_if_needed()
    keep(page, f"desk-decision-{name}")
    page.goto(f"{address}/desk/")
    page.get_by_role("link", name="Amyotrophic lateral sclerosis").first.click()
    keep(page, f"desk-changes-{name}")
    page.get_by_role("link", name="Symptoms", exact=True).click()
    expect(page.locator("#page-section-symptoms ins").first).to_be_in_viewport()
    page.wait_for_timeout(SETTLED)
    keep(page, f"desk-difference-{name}")


def opened(browser: Browser, name: str, scheme: str) -> Page:
    """A new page of the size, for a person of its own."""
    width, height = SIZES[name]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    return context.new_page()


def keep(page: Page, name: str) -> None:
    """Save what is on the screen."""
    page.screenshot(path=DOCS / f"{name}.png")
    sys.stdout.write(f"docs/{name}.png\n")


@contextmanager
def site(folder: Path) -> Iterator[tuple[str, str]]:
    """The demonstration site on a free port, and the password of its accounts."""
    environment = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "OWNER_DATABASE_URL": "",
        "SITE_URL": "http://127.0.0.1:8000",
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
    said = subprocess.run([*manage, "load_demo"], env=environment, check=True, capture_output=True, text=True).stdout
    subprocess.run([*manage, "shell", "-v0", "-c", CHANGED], env=environment, check=True)
    password = said.partition("with the password ")[2].split()[0]
    with running("manage.py", "runserver", "--noreload", "127.0.0.1:PORT", environment=environment) as address:
        yield address, password


if __name__ == "__main__":
    main()
