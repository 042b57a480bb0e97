"""What Word, Google Docs, a web page, a mail and a plain text put on the clipboard becomes our Markdown."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alsinfo.admin.records import page_of
from conditions.content import markup
from conditions.models import Edition
from conditions.policies.texts import MARKUP_FIELDS
from tests import world as w
from tests.test_browser_journey import sign_in

CLIPBOARD = Path(__file__).parent / "clipboard"
SCRIPT = Path(__file__).parent.parent / "static" / "pasting.js"
COPY = """([type, text]) => document.addEventListener("copy", (event) => {
  event.clipboardData.setData(type, text);
  if (type === "text/html") event.clipboardData.setData("text/plain", "the plain text");
  event.preventDefault();
}, { once: true })"""
FIXTURES = sorted(path for path in CLIPBOARD.iterdir() if path.suffix != ".md")


def expected(fixture: Path) -> str:
    return fixture.with_suffix(".md").read_text().strip("\n")


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_what_comes_of_it_can_be_saved(fixture: Path) -> None:
    assert markup.objections(expected(fixture)) == []


def test_the_script_knows_the_fields_that_take_markdown() -> None:
    named = re.search(r"const FIELDS = \[(.*?)\]", SCRIPT.read_text())
    assert named
    fields = {name for names in MARKUP_FIELDS.values() for name in names}
    assert set(re.findall(r'"(\w+)"', named[1])) == fields


def paste(page: Page, kind: str, text: str, keys: str = "Control+V") -> None:
    """Copy from a page that puts this on the clipboard, then paste."""
    page.evaluate(COPY, [kind, text])
    page.keyboard.press("Control+C")
    page.keyboard.press(keys)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_five_clipboards_become_markdown_that_can_be_saved_and_undone(
    open_page: Callable[..., Page], live_site: str
) -> None:
    world = w.build()
    edition = w.draft(world)
    page = open_page()
    sign_in(page, live_site, world.editor, page_of(edition))
    page.wait_for_load_state("load")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    body = page.locator("[name=sections-0-body]")
    for fixture in FIXTURES:
        body.fill("")
        page.keyboard.type("x")
        page.keyboard.press("Shift+Home")
        kind = "text/plain" if fixture.suffix == ".txt" else "text/html"
        paste(page, kind, fixture.read_bytes().decode())
        expect(body, fixture.name).to_have_value(expected(fixture))
        page.keyboard.press("Control+Z")
        expect(body, fixture.name).to_have_value("x")

    body.fill("")
    word = (CLIPBOARD / "word.html").read_text()
    paste(page, "text/html", word, "Control+Shift+V")
    expect(body).to_have_value("the plain text")
    body.fill("Before. After.")
    body.press("Home")
    for _ in "Before. ":
        page.keyboard.press("ArrowRight")
    paste(page, "text/html", "<p>One <b>word.</b></p>")
    expect(body).to_have_value("Before. One **word.**After.")
    note = page.locator("[name=note_to_reviewers]")
    note.fill("")
    paste(page, "text/html", word)
    expect(note, "takes no Markdown").to_have_value("the plain text")

    body.fill("")
    paste(page, "text/html", word)
    page.locator("[name=_save], [name=_continue]").first.click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert Edition.objects.get().sections.get(key="overview").body == expected(CLIPBOARD / "word.html")
