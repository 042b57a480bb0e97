"""The form an article is written in, in Chromium: by keyboard, with and without its script, for everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from alsinfo.admin.records import page_of
from conditions.models import Citation, Edition
from tests import world as w
from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
SECTIONS = 12
MOST_PRESSES = 6
MOST_ACTIONS = 3
SMITH = {"type": "book", "title": "On breathing", "author": [{"family": "Smith"}], "issued": {"date-parts": [[2020]]}}


@pytest.fixture
def edition(world: w.World) -> Edition:
    """A draft of twelve sections that cite one work; the library has another."""
    w.cataloguing.add_reference(SMITH, by=world.editor)
    edition = w.drafting.start(w.article(world), by=world.editor)
    kinds = {1: "overview", 2: "symptoms"}
    sections = [
        w.section(f"s{n}", f"Part {n}", f"Text {n} [@brown2017].", kind=kinds.get(n, "other"), position=n)
        for n in range(1, SECTIONS + 1)
    ]
    return w.write(
        edition,
        world.editor,
        put=[*w.opening_rows(edition), *sections, Citation(key="brown2017", reference=world.reference)],
    )


def opened(page: Page, site: str, address: str, world: w.World) -> Page:
    """The editor signs in and opens the page."""
    page.goto(site + address)
    page.locator("[name=login]").fill(world.editor.username)
    page.locator("[name=password]").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(site + address)
    return page


def keys(edition: Edition) -> list[str]:
    return list(edition.sections.values_list("key", flat=True))


def moved(*, of: int, to: int) -> list[str]:
    """The sections' keys with one of them moved, places from 1."""
    found = [f"s{n}" for n in range(1, SECTIONS + 1)]
    found.insert(to - 1, found.pop(of - 1))
    return found


def test_section_8_becomes_section_3_by_keyboard_and_is_saved_with_what_was_typed(
    page: Page, live_site: str, world: w.World, edition: Edition
) -> None:
    opened(page, live_site, page_of(edition), world)
    page.get_by_label("Change note").fill("Typed.")
    page.get_by_role("button", name="Move “Part 8” up").focus()
    presses = 0
    while page.locator("[data-entry]").nth(2).get_by_role("link").text_content() != "Part 8":
        page.keyboard.press("Enter")
        presses += 1
        assert presses < MOST_PRESSES
    expect(page.get_by_role("status")).to_have_text("“Part 8” is 3 of 12, not saved yet.")
    expect(page.get_by_role("button", name="Move “Part 8” up")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert keys(edition) == moved(of=8, to=3)
    edition.refresh_from_db()
    assert edition.change_note == "Typed."


def test_without_a_script_sections_move_and_works_are_cited_too(
    open_page: OpenPage, live_site: str, world: w.World, edition: Edition
) -> None:
    page = opened(open_page(width=390, java_script_enabled=False), live_site, page_of(edition), world)
    page.get_by_role("button", name="Move “Part 8” up").click()
    expect(page.get_by_text("Saved. “Part 8” is 7 of 12.")).to_be_visible()
    expect(page.get_by_role("button", name="Move “Part 8” up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved. “Part 8” is 6 of 12.")).to_be_visible()
    assert keys(edition) == moved(of=8, to=6)
    page.locator("#sections-0 > summary").click()
    page.locator("#sections-0").get_by_label("Text").fill("Typed.")
    page.locator("#sections-0").get_by_role("button", name="Cite a work").click()
    page.get_by_label("Words of the title").fill("breathing")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Cite").click()
    expect(page.get_by_text("[@smith2020] stands at the end of “Part 1”. Saved.")).to_be_visible()
    assert edition.sections.get(key="s1").body == "Typed. [@smith2020]"


def test_a_work_is_cited_at_the_cursor_in_three_actions_and_nothing_is_saved_before_the_editor_says_so(
    page: Page, live_site: str, world: w.World, edition: Edition
) -> None:
    opened(page, live_site, page_of(edition), world)
    row = page.locator("#sections-2")
    row.locator("summary").click()
    text = row.get_by_label("Text")
    text.fill("Before after.")
    for _ in "after.":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    row.get_by_role("button", name="Cite a work").click()  # one
    page.get_by_role("dialog").get_by_label("Words of the title").fill("breathing")  # two
    page.get_by_role("dialog").get_by_role("button", name="Cite Smith").click()  # three
    expect(text).to_have_value("Before [@smith2020] after.")
    expect(text).to_be_focused()
    page.keyboard.press("Control+z")
    expect(text).to_have_value("Before after.")
    page.keyboard.press("Control+Shift+z")
    assert edition.citations.count() == 1
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(row).to_have_attribute("open", "")
    assert edition.sections.get(key="s3").body == "Before [@smith2020] after."
    assert set(edition.citations.values_list("key", flat=True)) == {"brown2017", "smith2020"}


def test_a_pasted_reference_is_added_and_cited_in_the_dialogue(
    page: Page, live_site: str, world: w.World, edition: Edition
) -> None:
    opened(page, live_site, page_of(edition), world)
    row = page.locator("#sections-2")
    row.locator("summary").click()
    row.get_by_role("button", name="Cite a work").click()
    dialogue = page.get_by_role("dialog")
    dialogue.get_by_label("DOI, PMID, or a reference").fill("nothing")
    dialogue.get_by_role("button", name="Add to the library").click()
    expect(dialogue.get_by_role("heading", name="No work was added")).to_be_visible()
    assert violations(page) == []
    dialogue.get_by_label("DOI, PMID, or a reference").fill(
        "@book{x, title={A new book}, author={Jones, A.}, year=2024}"
    )
    dialogue.get_by_role("button", name="Add to the library").click()
    dialogue.get_by_role("button", name="Cite Jones").click()
    expect(row.get_by_label("Text")).to_have_value("Text 3 [@brown2017]. [@jones2024]")


def test_a_fault_in_section_12_is_one_action_from_the_summary(
    page: Page, live_site: str, world: w.World, edition: Edition
) -> None:
    opened(page, live_site, page_of(edition), world)
    page.locator("#sections-11 > summary").click()
    page.locator("#sections-11").get_by_label("Text").fill("a <b>c</b>")
    page.keyboard.press("Control+s")
    link = page.get_by_role("link", name="Section 12, Text")
    expect(page.locator(".problems")).to_be_focused()
    link.press("Enter")
    expect(page.locator("#id_sections-11-body")).to_be_focused()
    expect(page.locator("#id_sections-11-body")).to_be_in_viewport()
    assert violations(page) == []


def test_a_finding_in_a_closed_row_is_one_action_away(
    page: Page, live_site: str, world: w.World, edition: Edition
) -> None:
    w.edit(edition, world.editor, "s11", "")
    opened(page, live_site, page_of(edition), world)
    page.get_by_role("link", name="“Part 11” is empty.").click()
    expect(page.locator("#id_sections-10-body")).to_be_in_viewport()


def test_everybody_can_use_an_empty_text_one_in_review_and_the_page_of_works(
    page: Page, live_site: str, world: w.World, edition: Edition
) -> None:
    empty = w.drafting.start(w.article(world, "pls", "PLS"), by=world.editor)
    opened(page, live_site, page_of(empty), world)
    page.get_by_role("button", name="Add a section").click()
    expect(page.locator("#sections-1 [name=sections-1-heading]")).to_be_focused()
    assert violations(page) == []
    page.goto(f"{live_site}/admin/conditions/edition/{edition.pk}/works/?q=nothing")
    assert violations(page) == []
    listings = [w.Listing(organisation=body, region=region) for region, body in world.bodies.items()]
    w.write(edition, world.editor, put=listings, fields={"change_note": "First version."})
    w.submit(world, edition)
    page.goto(live_site + page_of(edition))
    page.get_by_text("Take back to the desk …").first.click()
    assert violations(page) == []
