"""Somebody comes: invited by mail, through a link that works once, with a password that only they know."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from alsinfo.accounts import inviting, people, resetting, roles
from alsinfo.accounts.inviting import AddressInUse, AlreadyHere, InvitationOver, NoRole, NothingToRevoke
from alsinfo.accounts.models import Invitation, Role, User
from alsinfo.accounts.people import NotAnAdministrator, NotYetHere, OwnAccount
from alsinfo.admin.records import page_of
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from tests import pages
from tests import world as w
from tests.invitations import FORM, link_to, opened
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
NEW = "a sentence that nobody would guess"
TYPED = {"password1": NEW, "password2": NEW}
OVER = "This invitation no longer works"
LIST = "/admin/accounts/user/"


@pytest.fixture
def invited(world: w.World) -> User:
    return w.invite(world)


def now(person: User) -> User:
    found: User = User.objects.get(pk=person.pk)
    return found


# Coming


def test_the_letter_names_who_invites_to_what_and_until_when(world: w.World) -> None:
    invited = w.invite(world, "grace", Role.REVIEWER, Role.LEAD)
    letter = Message.objects.get(to_address="grace@example.org")
    assert letter.subject == "Your invitation to alsinfo"
    assert "Administrator invites you to work on alsinfo as: Clinical lead, Reviewer." in letter.body
    assert "Your user name is grace." in letter.body
    invitation = invited.invitations.get()
    assert invitation.expires_at - invitation.invited_at == timedelta(days=7)
    assert f"until {invitation.expires_at:%-d %B %Y, %H:%M} UTC" in letter.body


def test_who_reviews_or_reads_drafts_does_not_enter_the_admin(world: w.World) -> None:
    assert not w.invite(world, "grace", Role.REVIEWER, Role.DRAFT_READER).is_staff
    assert w.invite(world, "ada", Role.DRAFT_READER, Role.EDITOR).is_staff


def test_opening_the_link_changes_nothing(invited: User) -> None:
    before = pages.everything()
    client = opened(invited)
    page = client.get(FORM)
    assert page.status_code == 200
    assert "Welcome, Invited" in page.text
    assert pages.everything() == before


def test_the_first_password_opens_the_account_and_signs_in(invited: User) -> None:
    client = opened(invited)
    answer = client.post(FORM, TYPED, follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert "Your roles give you nothing to do here." in answer.text
    assert (now(invited).is_active, now(invited).check_password(NEW)) == (True, True)
    event = AuditEvent.objects.latest("sequence")
    assert (event.verb, event.actor) == ("join", invited)
    assert chain.verify() == []
    again = Client().post("/accounts/login/", {"login": "invited", "password": NEW})
    assert again.headers["Location"] == "/admin/"


def test_where_it_is_required_the_way_goes_on_to_a_second_factor(invited: User, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client = opened(invited)
    answer = client.post(FORM, TYPED, follow=True)
    assert answer.redirect_chain == [("/accounts/factors/", 302)]
    assert "Welcome. Your password is set." in answer.text
    assert "waits for a second administrator" in answer.text
    assert client.get("/accounts/factors/app/add/").status_code == 200
    assert client.get("/admin/").headers["Location"] == "/accounts/factors/"


def test_whoever_used_the_browser_before_is_signed_out(world: w.World, invited: User) -> None:
    client = signed_in(world.administrator)
    client.get(link_to(invited))
    client.post(FORM, TYPED)
    assert client.session["_auth_user_id"] == str(invited.pk)


@pytest.mark.parametrize(
    "change",
    [{"password2": "another one entirely"}, {"password1": "short", "password2": "short"}, {"password1": ""}],
    ids=["not the same twice", "too short", "none"],
)
def test_a_refused_password_leaves_the_invitation_as_it_was(invited: User, change: dict[str, str]) -> None:
    client = opened(invited)
    answer = client.post(FORM, TYPED | change)
    assert answer.status_code == 400
    assert "<title>Error: Welcome" in answer.text
    assert NEW not in answer.text
    assert not now(invited).is_active
    assert client.post(FORM, TYPED).status_code == 302


def test_an_invited_person_can_neither_sign_in_nor_ask_for_a_password_nor_be_given_one(
    client: Client, world: w.World, invited: User
) -> None:
    assert client.post("/accounts/login/", {"login": "invited", "password": ""}).status_code == 400
    client.post("/accounts/password/forgotten/", {"email": invited.email})
    assert Message.objects.latest("pk").subject == "No account has this address"
    for act in (people.activate, resetting.reset_password):
        with pytest.raises(NotYetHere):
            act(invited, by=world.administrator)
    page = signed_in(world.administrator).get(page_of(invited))
    assert "/reset-password/" not in page.text
    assert "Send the invitation again" in page.text


def test_the_role_is_held_once_it_is_confirmed_and_the_person_has_come(world: w.World, invited: User) -> None:
    people.confirm_role(invited, Role.EDITOR, by=world.other_administrator)
    assert not roles.holds(now(invited), Role.EDITOR)
    assert invited not in roles.holders(Role.EDITOR)
    opened(invited).post(FORM, TYPED)
    assert roles.holds(now(invited), Role.EDITOR)


def test_a_person_is_told_that_a_role_was_confirmed(world: w.World) -> None:
    people.give_role(world.editor, Role.PUBLISHER, by=world.administrator)
    people.confirm_role(world.editor, Role.PUBLISHER, by=world.other_administrator)
    assert Message.objects.filter(to_user=world.editor, subject="You may now work as Publisher").exists()


def test_a_lead_prepares_the_reviewer_before_they_come(world: w.World) -> None:
    invited = w.invite(world, "clinician", Role.REVIEWER)
    page = signed_in(world.lead).get("/admin/conditions/reviewer/add/")
    assert f'<option value="{invited.pk}">' in page.text


# Links that no longer work


def use(world: w.World, person: User) -> None:
    opened(person).post(FORM, TYPED)


def send_again(world: w.World, person: User) -> None:
    inviting.send_again(person, by=world.administrator)


def revoke(world: w.World, person: User) -> None:
    inviting.revoke(person, by=world.administrator)


def change_address(world: w.World, person: User) -> None:
    people.change(person, by=world.administrator, fields={"email": "right@example.org"})


def erase(world: w.World, person: User) -> None:
    people.erase(person, by=world.administrator)


@pytest.mark.parametrize("ending", [use, send_again, revoke, change_address, erase])
def test_a_link_that_is_over_gives_the_calm_page_before_and_after_it_was_opened(
    world: w.World, invited: User, ending: Callable[[w.World, User], None]
) -> None:
    link = link_to(invited)
    open_already = opened(invited)
    ending(world, invited)
    unknown = Client().get(f"{FORM}nothing/").text
    assert OVER in unknown
    before = pages.everything()
    for answer in (Client().get(link), open_already.get(FORM), open_already.post(FORM, TYPED), Client().get(FORM)):
        assert (answer.status_code, answer.text) == (200, unknown)
    assert pages.everything() == before


def later(monkeypatch: pytest.MonkeyPatch, **delta: int) -> None:
    """Let time have passed for invitations, whichever clock the database has."""
    moment = clock_now() + timedelta(**delta)
    monkeypatch.setattr(inviting, "clock_now", lambda: moment)


def test_a_link_works_for_seven_days(invited: User, monkeypatch: pytest.MonkeyPatch) -> None:
    link, client = link_to(invited), opened(invited)
    later(monkeypatch, days=6, hours=23)
    assert Client().get(link).status_code == 302
    later(monkeypatch, days=7)
    assert OVER in Client().get(link).text
    assert OVER in client.post(FORM, TYPED).text
    assert not now(invited).is_active


def test_a_link_works_once_when_two_browsers_opened_it(invited: User) -> None:
    one, other = opened(invited), opened(invited)
    assert one.post(FORM, TYPED).status_code == 302
    assert OVER in other.post(FORM, {"password1": NEW + "!", "password2": NEW + "!"}).text
    assert now(invited).check_password(NEW)


def test_an_invitation_sent_again_goes_to_the_address_of_now(world: w.World, invited: User) -> None:
    change_address(world, invited)
    stale = invited  # as on a page opened before
    inviting.send_again(stale, by=world.administrator)
    client = opened(now(invited))
    assert client.post(FORM, TYPED).status_code == 302


def test_nobody_joins_for_another_or_after_the_link_was_used(world: w.World, invited: User) -> None:
    invitation = invited.invitations.get()
    with pytest.raises(InvitationOver):
        inviting.join(invitation, NEW, by=world.administrator)
    inviting.join(invitation, NEW, by=invited)
    with pytest.raises(InvitationOver):
        inviting.join(invitation, "x", by=invited)
    assert now(invited).check_password(NEW)


# Who invites


@pytest.mark.parametrize("who", ["editor", "publisher", "lead", "superuser"])
def test_only_administrators_invite(world: w.World, invited: User, who: str) -> None:
    by = getattr(world, who)
    fields = {"full_name": "A", "email": "a@example.org"}
    with pytest.raises(NotAnAdministrator):
        inviting.invite("a", by=by, fields=fields, roles=[Role.EDITOR])
    for act in (inviting.send_again, inviting.revoke):
        with pytest.raises(NotAnAdministrator):
            act(invited, by=by)


def test_who_has_come_is_not_invited_and_nobody_twice_or_to_nothing(world: w.World, invited: User) -> None:
    by = world.administrator
    refused: list[tuple[type[Refusal], Callable[[], object]]] = [
        (AlreadyHere, lambda: inviting.send_again(world.editor, by=by)),
        (OwnAccount, lambda: inviting.send_again(by, by=by)),
        (NothingToRevoke, lambda: inviting.revoke(world.editor, by=by)),
        (
            AddressInUse,
            lambda: inviting.invite("b", by=by, fields={"email": invited.email}, roles=[Role.LEAD]),
        ),
        (NoRole, lambda: inviting.invite("b", by=by, fields={"email": "b@example.org"}, roles=[])),
    ]
    for refusal, act in refused:
        with pytest.raises(refusal):
            act()


def test_the_list_says_who_is_awaited(world: w.World, invited: User) -> None:
    administrator = signed_in(world.administrator)

    def shown() -> str:
        row = re.search(r'field-username"><a[^>]*>invited</a>.*?</tr>', administrator.get(LIST).text, re.DOTALL)
        found = re.search(r'field-standing">([^<]*)<', row[0]) if row else None
        assert found
        return found[1]

    until = invited.invitations.get().expires_at
    assert shown() == f"invited until {until:%-d %B %Y, %H:%M} UTC"
    pages.send(administrator, page_of(invited), "/revoke-invitation/")
    assert shown() == "invitation revoked"
    pages.send(administrator, page_of(invited), "/invite-again/")
    assert inviting.standing(now(invited), clock_now() + timedelta(days=8)) == "invitation expired"
    opened(invited).post(FORM, TYPED)
    assert shown() == "open"
    people.deactivate(now(invited), by=world.administrator)
    assert shown() == "closed"
    assert Invitation.objects.filter(user=invited).count() == 2
