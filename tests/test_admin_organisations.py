"""Organisations in the admin: one person proposes, another approves, readers see only what was approved."""

import pytest

from alsinfo.accounts.models import Role
from alsinfo.admin.records import page_of
from organisations.models import Organisation
from tests import pages
from tests import world as w
from tests.pages import new_rows, signed_in
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

LIST = "/admin/organisations/organisation/"
NEW = {
    "name": "Helpline",
    "slug": "helpline",
    "kind": "support",
    "what_it_does": "Answers calls.",
    **new_rows("coverage", 0, [{"code": "GB-SCT"}]),
    **new_rows("contacts", 0, [{"kind": "telephone", "value": "+44 808 802 6262", "position": "1"}]),
    **new_rows("registrations", 0, [{"register": "OSCR", "number": "SC000001"}]),
}


def test_a_proposal_waits_until_a_second_person_approves_it(world: w.World) -> None:
    editor, publisher = signed_in(world.editor), signed_in(world.publisher)
    pages.send(editor, f"{LIST}add/", **NEW)
    body = Organisation.objects.get(slug="helpline")
    assert body.entry is None
    assert "entry 1 waits for a second person; nothing is shown yet" in editor.get(LIST).content.decode()
    page = editor.get(page_of(body)).content.decode()
    assert "Only a publisher can approve an organisation’s entry." in page
    answer = pages.send(publisher, page_of(body), "/approve/")
    assert pages.messages(answer) == ["Readers see this entry now."]
    shown = Organisation.objects.get(slug="helpline").entry
    assert shown is not None
    assert shown.content["coverage"] == ["GB-SCT"]
    assert "entry 1 is shown" in editor.get(LIST).content.decode()


def test_the_proposal_stands_beside_what_readers_see(world: w.World) -> None:
    body = world.bodies[GB]
    pages.send(signed_in(world.editor), page_of(body), what_it_does="Helps families.")
    page = signed_in(world.publisher).get(page_of(body)).content.decode()
    row = '<td role="cell" data-says="Readers see">{}</td><td role="cell" data-says="Proposed">{}</td>'
    assert row.format("Helps people.", "Helps families.") in page
    assert row.format("Support organisation", "Support organisation") in page
    assert page.index("Helps families.") < page.index("Support organisation"), "what changed comes first"


def test_nobody_approves_their_own_proposal(world: w.World) -> None:
    body = world.bodies[GB]
    publisher = signed_in(world.publisher)
    pages.send(publisher, page_of(body), what_it_does="Mine.")
    sentence = "You proposed this entry, so a second person has to approve it."
    assert sentence in publisher.get(page_of(body)).content.decode()
    answer = pages.post(publisher, f"{LIST}{body.pk}/approve/", {"number": 2})
    assert pages.messages(answer) == [sentence]


def test_only_the_entry_that_was_read_is_approved(world: w.World) -> None:
    body = world.bodies[GB]
    publisher, editor = signed_in(world.publisher), signed_in(world.editor)
    pages.send(editor, page_of(body), what_it_does="One.")
    button = pages.form(publisher.get(page_of(body)), "/approve/")
    pages.send(editor, page_of(body), what_it_does="Two.")
    answer = pages.post(publisher, button.action, button.fields)
    assert pages.messages(answer) == ["This entry has been approved already, or a later one has."]
    answer = pages.post(publisher, button.action, {"number": 99})
    assert "Look at it again" in pages.messages(answer)[0]
    body.refresh_from_db()
    assert body.entry is not None
    assert body.entry.content["what"] == "Helps people."


def test_a_contact_that_cannot_be_used_is_refused_at_its_field(world: w.World) -> None:
    editor = signed_in(world.editor)
    before = pages.everything()
    answer = pages.send(editor, f"{LIST}add/", **{**NEW, "contacts-0-value": "call us", "coverage-0-code": "FR"})
    assert "is not a telephone number" in pages.errors(answer)["contacts-0-value"][0]
    assert "FR is not one of the available choices" in pages.errors(answer)["coverage-0-code"][0]
    assert pages.everything() == before
    answer = pages.send(editor, f"{LIST}add/", **{**NEW, "slug": "support-uk"})
    assert pages.errors(answer)["slug"] == ["Organisation with this Slug already exists."]


def test_a_save_that_changes_nothing_proposes_nothing(world: w.World) -> None:
    before = pages.everything()
    answer = pages.send(signed_in(world.editor), page_of(world.bodies[GB]))
    assert pages.errors(answer)[""] == ["Nothing changed since the last proposal."]
    assert pages.everything() == before


def test_leads_read_and_reviewers_do_not(world: w.World) -> None:
    lead = signed_in(world.lead)
    assert lead.get(page_of(world.bodies[GB])).status_code == 200
    assert lead.post(page_of(world.bodies[GB]), NEW).status_code == 403
    reviewer = signed_in(w.person("r", Role.REVIEWER, is_staff=True))
    assert reviewer.get(page_of(world.bodies[GB])).status_code == 403
