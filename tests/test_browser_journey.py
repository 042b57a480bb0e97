"""The whole way of a text in Chromium: editor, reviewer, publisher and reader, each in a browser of their own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from alsinfo.accounts.models import User
from conditions.models import Article, Edition
from tests import world as w

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.looks]
OpenPage = Callable[..., Page]

SECTIONS = [
    ("overview", "What it is", "ALS is a disease of the nerve cells that move muscles [@brown2017]."),
    ("symptoms", "Symptoms", "Muscles grow weak, stiff and thin [@brown2017]."),
]


def sign_in(page: Page, site: str, person: User, to: str) -> None:
    page.goto(f"{site}{to}")
    page.get_by_label("User name").fill(person.username)
    page.get_by_label("Password").fill(w.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site}{to}")


def write_the_article(page: Page, site: str, world: w.World) -> Edition:
    """An editor adds a condition and an article, starts an edition and writes it."""
    sign_in(page, site, world.editor, "/admin/conditions/condition/add/")
    page.locator("[name=name]").fill("Amyotrophic lateral sclerosis")
    page.locator("[name=slug]").fill("als")
    page.locator("[name=_save]").click()
    page.goto(f"{site}/admin/conditions/article/add/")
    page.locator("[name=condition]").select_option(label="Amyotrophic lateral sclerosis")
    page.locator("[name=_save]").click()
    page.goto(f"{site}/admin/conditions/article/{Article.objects.get().pk}/change/")
    press(page, "Start an edition")
    page.locator("[name=change_note]").fill("First version.")
    for name, text in {
        "title": "Amyotrophic lateral sclerosis (ALS)",
        "summary": "ALS weakens the muscles.",
        "key_points": "It weakens muscles.\nThere is no cure.",
        "emergency": "Someone is choking.",
        "disclaimer": "This is a test.",
    }.items():
        page.locator(f"[name=openings-0-{name}]").fill(text)
    for place, (kind, heading, body) in enumerate(SECTIONS):
        fill_row(page, "sections", place, key=kind, heading=heading, body=body, position=str(place + 1))
        page.locator(f"[name=sections-{place}-kind]").select_option(kind)
    page.get_by_role("button", name="Add a work").click()
    page.get_by_role("dialog").get_by_label("Words of the title").fill("amyotrophic")
    page.get_by_role("dialog").get_by_role("button", name="Cite Brown").click()
    for place, organisation in enumerate(world.bodies.values()):
        fill_row(page, "listings", place, why="For everyone.")
        page.locator(f"[name=listings-{place}-organisation]").select_option(label=organisation.name)
        page.locator(f"[name=listings-{place}-region]").select_option(["GB", "US"][place])
    page.locator("[name=_save], [name=_continue]").first.click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    return Edition.objects.get()


def press(page: Page, deed: str, *ticks: str) -> None:
    """Open what a button asks for, tick what is named, and press it."""
    opened = page.locator("details", has_text=deed).first
    opened.locator("summary").first.click()
    for label in ticks:
        opened.get_by_label(label, exact=True).check()
    opened.get_by_role("button").click()


def fill_row(page: Page, prefix: str, place: int, **texts: str) -> None:
    """The first row is there, closed; a button adds each further one, open."""
    if place == 0:
        page.locator(f"#{prefix}-0 > summary").click()
    else:
        page.locator(f"#{prefix}-group [data-add]").click()
    for name, text in texts.items():
        page.locator(f"[name={prefix}-{place}-{name}]").fill(text)


def review_and_sign(page: Page, site: str, person: User) -> None:
    """A reviewer opens the desk, states no interests, reads and signs with the password."""
    sign_in(page, site, person, "/desk/")
    page.get_by_role("link", name="Amyotrophic lateral sclerosis").first.click()
    expect(page.get_by_text("disease of the nerve cells")).to_have_count(0)
    page.get_by_label("I have no competing interests").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("disease of the nerve cells").first).to_be_visible()
    page.get_by_label("The whole page").check()
    page.get_by_label("still true").check()
    page.get_by_label("password").fill(w.PASSWORD)
    page.get_by_role("button", name="Send my decision").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You signed")


def test_a_text_goes_from_an_empty_form_to_readers_in_both_regions(
    open_page: OpenPage, live_site: str, world: w.World
) -> None:
    editor = open_page()
    edition = write_the_article(editor, live_site, world)
    press(editor, "Send to review", str(world.uk), str(world.us))
    expect(editor.get_by_text("UK: in review; US: in review.")).to_be_visible()

    review_and_sign(open_page(width=390), live_site, world.uk.user)
    review_and_sign(open_page(width=1280), live_site, world.us.user)

    publisher = open_page()
    sign_in(publisher, live_site, world.publisher, f"/admin/conditions/edition/{edition.pk}/change/")
    for label in ("UK", "US"):
        publisher.get_by_role("button", name="Publish").first.click()
        expect(publisher.get_by_text(f"({label}) v1 is live.")).to_be_visible()

    reader = open_page(width=390, java_script_enabled=False)
    for region, name in (("uk", "Dr Uk Reviewer"), ("us", "Dr Us Reviewer")):
        reader.goto(f"{live_site}/{region}/conditions/als/")
        expect(reader.get_by_role("heading", level=1)).to_have_text("Amyotrophic lateral sclerosis (ALS)")
        expect(reader.get_by_text("Muscles grow weak, stiff and thin")).to_be_visible()
        expect(reader.get_by_text(f"Medically reviewed by {name}")).to_be_visible()
    assert reader.context.cookies() == []
