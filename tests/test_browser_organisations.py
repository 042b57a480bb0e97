"""Who looks after organisations can do it by keyboard and on a phone: import, what needs attention, old beside new."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from organisations import actions
from organisations.models import Contact, Organisation
from tests import axe
from tests import world as w
from tests.test_browser_work import enter
from tests.world import GB

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
LIST = "/admin/organisations/organisation/"
SHEET = b"slug,name,kind,what_it_does\nnew-help,New Help,support,It helps.\nsupport-us,Support US,charity,It helps.\n"


def test_old_stands_beside_new_and_is_approved_on_a_phone(open_page: OpenPage, live_site: str) -> None:
    world = w.build()
    body = world.bodies[GB]
    put = [Contact(kind="text", value="85258", position=2)]
    actions.propose(body, by=world.editor, fields={"whom_it_serves": "Families."}, put=put)
    page = open_page(width=390)
    enter(page, live_site, "publisher")
    page.goto(f"{live_site}/admin/organisations-to-verify/")
    assert axe.violations(page) == []
    page.get_by_role("link", name="Support UK").first.press("Enter")
    changed = page.get_by_role("table", name="waits for a second person").get_by_role("row")
    expect(changed.nth(1)).to_contain_text("Whom it serves")
    expect(changed.nth(1).get_by_role("cell", name="Families.")).to_be_in_viewport()
    expect(changed.nth(2).get_by_role("cell").last).to_contain_text("Text message · 85258")
    expect(changed.nth(3)).to_contain_text("Name")
    assert axe.violations(page) == []
    page.get_by_role("button", name="Approve this entry").press("Enter")
    expect(page.get_by_text("Readers see this entry now.")).to_be_visible()


def test_an_import_is_looked_at_before_it_is_proposed(open_page: OpenPage, live_site: str) -> None:
    page = open_page()
    w.build()
    enter(page, live_site, "editor")
    page.goto(f"{live_site}{LIST}import/")
    page.get_by_role("button", name="See what would be done").press("Enter")
    page.get_by_role("link", name="Choose a file.").press("Enter")
    expect(page.get_by_label("File")).to_be_focused()
    assert axe.violations(page) == []
    page.get_by_label("File").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": SHEET})
    page.get_by_role("button", name="See what would be done").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 added, 0 changed, 0 already there, 1 refused.")
    expect(page.get_by_role("cell", name="kind: “charity” is none of support,")).to_be_visible()
    assert axe.violations(page) == []
    page.get_by_role("button", name="Propose these").press("Enter")
    page.get_by_role("link", name="To what waits for a second person").press("Enter")
    expect(page.get_by_role("link", name="New Help")).to_be_visible()
    assert Organisation.objects.get(slug="new-help").entry is None
