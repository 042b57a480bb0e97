"""An organisation reads its own entry through a link, confirms it or corrects it; two persons stand behind a change."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alsinfo.audit.models import AuditEvent
from alsinfo.logs import WithoutSecrets
from alsinfo.outbox.models import Message
from alsinfo.tokens import hash_of
from organisations import actions, answering, asking
from organisations.asking import Said
from organisations.errors import (
    BadCheck,
    LinkOver,
    LinkWorks,
    MissingRole,
    NotShown,
    NotToBeAsked,
    OwnProposal,
)
from organisations.models import Contact, DetailsCheck, Entry, EntryLink, Organisation, Reply
from tests import pages
from tests import world as w
from tests.at_desk import at_desk, text_of
from tests.fingerprints import fingerprint
from tests.world import GB, US

pytestmark = pytest.mark.django_db
MAILBOX = "office@support-uk.example.org"
OVER = "This link no longer works"


@pytest.fixture
def body(world: w.World) -> Organisation:
    return world.bodies[GB]


@pytest.fixture
def link(world: w.World, body: Organisation) -> str:
    """The address in the letter."""
    return sent(world, body)


def sent(world: w.World, body: Organisation, address: str = MAILBOX) -> str:
    asking.send_link(body, address, by=world.editor)
    found = re.search(r"http://testserver(/your-entry/[\w-]{43}/)", Message.objects.get(to_address=address).body)
    assert found
    return found[1]


def typed(link: str, **but: Any) -> dict[str, Any]:
    """The correction form as it stands on the page, with some of it changed."""
    fields = pages.forms(Client().get(link))[1].fields
    return {**fields, "name": "Ada, office manager", **but}


def confirmed(link: str, number: int = 1) -> Any:
    return Client().post(link, {"answer": "confirm", "number": number, "name": "Ada, office manager"})


def public_page(region: str = "uk") -> str:
    return text_of(Client().get(f"/{region}/organisations/support-{region}/"))


def test_the_link_is_sent_by_a_button_and_its_secret_is_kept_nowhere(world: w.World, body: Organisation) -> None:
    desk = at_desk(world.editor)
    page = f"/admin/organisations/organisation/{body.pk}/"
    desk.post(f"{page}send-link/", {"address": MAILBOX, "days": 30})
    letter = Message.objects.get(to_address=MAILBOX)
    token = re.findall(r"/your-entry/([\w-]{43})/", letter.body)[0]
    assert "No account is needed" in letter.body and "Support UK" in letter.subject
    shown = text_of(desk.get(f"{page}change/"))
    assert f"Sent to {MAILBOX} by Editor" in shown and token not in shown
    assert token not in repr(list(EntryLink.objects.values_list())) + repr(list(AuditEvent.objects.values_list()))
    line = logging.LogRecord("x", 20, "x", 1, "GET /your-entry/%s/", (token,), None)
    WithoutSecrets().filter(line)
    assert token not in line.getMessage()
    key = EntryLink.objects.get().pk
    desk.post(f"{page}revoke-link/", {"link": key})
    assert Client().get(f"/your-entry/{token}/").status_code == 404
    other = f"/admin/organisations/organisation/{world.bodies[US].pk}/revoke-link/"
    assert "Somebody changed this" in text_of(desk.post(other, {"link": key}, follow=True))


def test_it_shows_the_public_entry_and_nothing_else(world: w.World, body: Organisation, link: str) -> None:
    actions.propose(body, by=world.editor, fields={"what_it_does": "A waiting change.", "name": "Waiting"})
    actions.hide_contact(body, "website", "https://support-uk.example.org/", by=world.editor, reason="Secret reason.")
    before, client = fingerprint(), Client()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(link)
    page = text_of(answer)
    assert fingerprint() == before and len(queries) <= 6
    assert "Is the entry of Support UK right?" in page and "Helps people." in page
    for secret in ("waiting", "Waiting", "support-uk.example.org", "Secret reason", "Support US", "Editor", MAILBOX):
        assert secret not in page
    assert not client.cookies and answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer" and "noindex" in answer.headers["X-Robots-Tag"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_confirming_tells_readers_on_which_day(world: w.World, body: Organisation, link: str) -> None:
    live = w.live(world)
    assert "Not yet verified with the organisation" in public_page()
    digest = w.page(live).live_publication().revision_id  # type: ignore[union-attr]
    answer = confirmed(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/your-entry/thanks/")
    today = f"{w.today():%-d %B %Y}"
    assert "Confirmed by the organisation on <time" in public_page() and today in public_page()
    assert "Confirmed by the organisation on" in text_of(Client().get("/uk/conditions/als/"))
    assert w.page(live).live_publication().revision_id == digest  # type: ignore[union-attr]
    check = DetailsCheck.objects.get()
    assert (check.how, check.asked, check.checked_by) == ("link", "Ada, office manager", world.editor)
    assert Message.objects.filter(to_user=world.editor, subject="Support UK answered").count() == 1
    event = AuditEvent.objects.order_by("-sequence")[0]
    assert (event.verb, event.actor_id) == ("confirm_entry", None)


def test_a_confirmation_is_of_the_entry_that_was_read(world: w.World, body: Organisation, link: str) -> None:
    actions.approve(actions.propose(body, by=world.editor, fields={"what_it_does": "Other."}), by=world.publisher)
    answer = confirmed(link, number=1)
    assert answer.status_code == 409 and "Your entry changed since you opened this page" in text_of(answer)
    assert "Ada, office manager" in text_of(answer), "what was typed is kept"
    assert not DetailsCheck.objects.exists()
    assert confirmed(link, number=2).status_code == 302


def test_a_correction_is_a_proposal_that_a_second_person_approves(
    world: w.World, body: Organisation, link: str
) -> None:
    changed = typed(link, what="Helps everybody.", help=["helpline"], note="We also cover Jersey.")
    changed |= {"contacts-1-kind": "email", "contacts-1-value": "new@example.org"}
    assert Client().post(link, changed).status_code == 302
    entry = body.entries.get(number=2)
    assert (entry.content["what"], entry.content["services"]) == ("Helps everybody.", ["helpline"])
    assert [row["value"] for row in entry.content["contacts"]] == ["https://support-uk.example.org/", "new@example.org"]
    assert "Helps everybody" not in public_page()
    waiting = text_of(at_desk(world.publisher).get(f"/admin/organisations/organisation/{body.pk}/change/"))
    assert "on behalf of the organisation itself (Ada, office manager" in waiting and "Jersey" in waiting
    with pytest.raises(MissingRole):
        actions.approve(entry, by=world.editor)
    w.roles.grant(world.editor, w.Role.PUBLISHER, by=None)
    with pytest.raises(OwnProposal, match="You sent the link"):
        actions.approve(entry, by=world.editor)
    actions.approve(entry, by=world.publisher)
    assert "Helps everybody." in public_page() and "Confirmed by the organisation on" in public_page()


def test_what_staff_proposed_meanwhile_stays_and_the_sum_is_not_the_organisations_word(
    world: w.World, body: Organisation, link: str
) -> None:
    actions.propose(body, by=world.editor, fields={"whom_it_serves": "Everybody."})
    Client().post(link, typed(link, what="Helps at night."))
    entry = body.entries.order_by("-number")[0]
    assert (entry.content["what"], entry.content["serves"]) == ("Helps at night.", "Everybody.")
    actions.approve(entry, by=world.publisher)
    assert "Not yet verified" in public_page()


def test_a_contact_is_changed_or_removed_in_its_place(world: w.World, body: Organisation, link: str) -> None:
    mail = Contact(kind="email", value="old@example.org", position=1)
    actions.approve(actions.propose(body, by=world.editor, put=[mail]), by=world.publisher)
    page = typed(link)
    places = {page[f"contacts-{n}-value"][0]: n for n in range(2)}
    old, web = places["old@example.org"], places["https://support-uk.example.org/"]
    answer = Client().post(link, page | {f"contacts-{old}-value": "not an address"})
    assert answer.status_code == 400
    again = text_of(answer)
    fault = "Number or address: “not an address” is not an e-mail address."
    assert f'<a href="#page-contacts-{old}-value">{fault}</a>' in again
    assert "Error: " in again and 'value="not an address"' in again
    changed = {f"contacts-{old}-value": "new@example.org", f"contacts-{web}-is_gone": "on"}
    assert Client().post(link, page | changed).status_code == 302
    entry = body.entries.order_by("-number")[0]
    assert [row["value"] for row in entry.content["contacts"]] == ["new@example.org"]


def test_a_note_alone_reaches_the_staff_and_nothing_at_all_is_told(
    world: w.World, body: Organisation, link: str
) -> None:
    nothing = Client().post(link, typed(link))
    assert nothing.status_code == 409 and "Nothing was changed" in text_of(nothing)
    assert Client().post(link, typed(link, note="We moved.")).status_code == 302
    assert Entry.objects.filter(organisation=body).count() == 1
    assert "We moved." in text_of(at_desk(world.editor).get(f"/admin/organisations/organisation/{body.pk}/change/"))


def test_a_link_brings_three_answers_and_no_more(world: w.World, body: Organisation, link: str) -> None:
    again = typed(link, note="1.")
    for _ in range(3):
        assert Client().post(link, again).status_code == 302
    before = fingerprint()
    for replay in (again, {"answer": "confirm", "number": 1, "name": "Ada"}):
        assert Client().post(link, replay).status_code == 404
    assert OVER in text_of(Client().get(link)) and fingerprint() == before
    with pytest.raises(LinkOver):
        asking.confirm_entry(EntryLink.objects.get(), body.entries.get(), name="Ada")


def test_confirming_twice_on_a_day_is_said_once(link: str) -> None:
    confirmed(link)
    again = confirmed(link)
    assert again.status_code == 409 and "today already" in text_of(again)
    assert DetailsCheck.objects.count() == Reply.objects.count() == 1


@pytest.mark.parametrize("how", ["expired", "revoked", "sender left"])
def test_a_link_that_is_over_shows_and_does_nothing(how: str, world: w.World, body: Organisation, link: str) -> None:
    form, found = typed(link, note="Late."), EntryLink.objects.get()
    if how == "revoked":
        asking.revoke_link(found, by=world.publisher)
    if how == "sender left":
        type(world.editor).objects.filter(pk=world.editor.pk).update(is_active=False)
    if how == "expired":
        link = "/your-entry/an-old-one/"
        now = w.clock_now()
        rest = {"sent_to": MAILBOX, "sent_by": world.editor, "sent_at": now - timedelta(days=2)}
        hashed = hash_of("an-old-one")
        found = EntryLink.objects.create(organisation=body, token_hash=hashed, expires_at=now, **rest)
    before = fingerprint()
    never = Client().get("/your-entry/never-was/")
    for answer in (Client().get(link), Client().post(link, form), confirmed(link)):
        assert (answer.status_code, answer.content) == (404, never.content)
    with pytest.raises(LinkOver):
        asking.correct_entry(found, body.entries.get(), Said(), name="Ada", note="Late.")
    assert fingerprint() == before


def test_a_link_reaches_no_other_organisation(world: w.World, link: str) -> None:
    other = world.bodies[US]
    for number in (2, 3):
        what = {"what_it_does": f"Version {number}."}
        other.refresh_from_db()
        actions.approve(actions.propose(other, by=world.editor, fields=what), by=world.publisher)
    form = typed(link, what="Stolen.", number=3, organisation=str(other.pk), uuid=str(other.uuid))
    assert Client().post(link, form).status_code == 409
    assert confirmed(link, number=3).status_code == 409
    with pytest.raises(NotShown):
        asking.correct_entry(EntryLink.objects.get(), other.entries.all()[0], Said({"what": "Stolen."}), name="Ada")
    assert not Entry.objects.filter(body__contains="Stolen").exists() and not Reply.objects.exists()


def test_only_one_link_at_a_time_to_a_mailbox_of_an_organisation_that_readers_see(
    world: w.World, body: Organisation
) -> None:
    for address, days in (("nobody", 30), (MAILBOX, 0), (MAILBOX, 61)):
        with pytest.raises(NotToBeAsked):
            asking.send_link(body, address, by=world.editor, days=days)
    with pytest.raises(MissingRole):
        asking.send_link(body, MAILBOX, by=world.lead)
    new = actions.propose(Organisation(slug="new", name="New", kind="support"), by=world.editor).organisation
    with pytest.raises(NotToBeAsked):
        asking.send_link(new, MAILBOX, by=world.editor)
    asking.send_link(body, MAILBOX, by=world.editor)
    with pytest.raises(LinkWorks):
        asking.send_link(body, "other@example.org", by=world.publisher)


def test_staff_do_not_speak_for_an_organisation(world: w.World, body: Organisation) -> None:
    with pytest.raises(BadCheck):
        actions.record_details_check(body.entries.get(), by=world.editor, checked_on=w.today(), how="link", asked="Me")


def test_requests_with_one_link_are_counted(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_A_MINUTE", 1)
    assert Client().get(link).status_code == 200
    answer = Client().post(link, {})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    monkeypatch.setattr(answering, "monotonic", lambda: 10.0**9)
    assert Client().get(link).status_code == 200
