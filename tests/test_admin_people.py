"""Accounts and reviewers in the admin: who may sign in, as what, and who looked at which register."""

import pytest

from alsinfo.accounts.models import Invitation, Role, User
from alsinfo.accounts.roles import holds
from alsinfo.admin.records import page_of
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from conditions.models import CredentialCheck, Registration, Reviewer
from tests import pages
from tests import world as w
from tests.invitations import FORM, opened
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

NEW = {"username": "new", "full_name": "New Person", "email": "new@example.org", "roles": ["editor"]}
ADD = "/admin/accounts/user/add/"


def test_an_administrator_invites_a_person_whose_role_a_second_one_confirms(world: w.World) -> None:
    administrator = signed_in(world.administrator)
    assert 'type="password"' not in administrator.get(ADD).text
    answer = pages.send(administrator, ADD, **NEW)
    new = User.objects.get(username="new")
    assert (new.is_active, new.is_superuser, new.is_staff, new.has_usable_password()) == (False, False, True, False)
    assert "Send the invitation again" in answer.text
    assert not holds(new, Role.EDITOR)
    pages.send(administrator, page_of(new), "/give-role/", role="reviewer")
    pages.send(administrator, page_of(new), "/take-role/", role="reviewer")
    client = opened(new)
    assert client.post(FORM, {"password1": w.PASSWORD, "password2": w.PASSWORD}).headers["Location"] == "/admin/"
    answer = pages.send(signed_in(world.other_administrator), page_of(new), "/confirm-role/")
    assert pages.messages(answer) == ["The role is held from now on."]
    assert holds(User.objects.get(pk=new.pk), Role.EDITOR)
    pages.send(administrator, page_of(new), full_name="Renamed", is_staff="")
    verbs = list(AuditEvent.objects.order_by("-sequence").values_list("verb", flat=True)[:6])
    assert verbs == ["change_person", "grant_role", "join", "withdraw_role", "propose_role", "invite_person"]
    assert chain.verify() == []


def test_what_is_wrong_with_an_invitation_is_said_at_its_field(world: w.World) -> None:
    wrong = {**NEW, "username": "editor", "email": "EDITOR@example.org", "full_name": "", "roles": []}
    answer = pages.send(signed_in(world.administrator), ADD, **wrong)
    found = pages.errors(answer)
    assert found["username"] == ["Somebody already has this user name."]
    assert found["email"] == ["Somebody already has this e-mail address."]
    assert found["roles"] == ["Say what the person is to do: choose a role."]
    assert "full_name" in found
    assert not Invitation.objects.exists()


def test_a_closed_account_loses_its_session_at_once(world: w.World) -> None:
    editor, administrator = signed_in(world.editor), signed_in(world.administrator)
    assert editor.get("/admin/").status_code == 200
    pages.send(administrator, page_of(world.editor), "/deactivate/")
    assert editor.get("/admin/").status_code == 302
    pages.send(administrator, page_of(world.editor), "/activate/")
    assert editor.get("/admin/").status_code == 302
    assert signed_in(world.editor).get("/admin/").status_code == 200


def test_nobody_raises_or_closes_their_own_account(world: w.World) -> None:
    administrator = signed_in(world.administrator)
    before = pages.everything()
    for verb in ("give-role", "take-role", "deactivate"):
        url = page_of(world.administrator).replace("change", verb)
        answer = pages.post(administrator, url, {"role": "publisher"})
        assert pages.messages(answer) == ["This is your own account, so another administrator has to do this."]
    assert pages.everything() == before


def test_an_account_with_the_superuser_flag_is_out_of_reach(world: w.World) -> None:
    administrator = signed_in(world.administrator)
    before = pages.everything()
    fields = {"full_name": "Mine", "email": "mine@example.org", "is_superuser": "on", "is_staff": "on"}
    assert administrator.post(page_of(world.superuser), fields).status_code == 403
    pages.post(administrator, page_of(world.superuser).replace("change", "deactivate"), {})
    assert pages.everything() == before
    pages.post(administrator, page_of(world.editor), {**fields, "password": "x", "username": "root", "is_active": ""})
    editor = User.objects.get(pk=world.editor.pk)
    assert (editor.is_superuser, editor.username, editor.is_active) == (False, "editor", True)
    assert editor.check_password(w.PASSWORD)


def test_an_administrator_reads_people_and_what_was_done_to_them_and_nothing_else(world: w.World) -> None:
    w.draft(world)
    administrator = signed_in(world.administrator)
    assert administrator.get("/admin/conditions/edition/").status_code == 403
    page = administrator.get("/admin/audit/auditevent/").content.decode()
    assert "grant_role" in page
    assert "add_article" not in page
    hidden = AuditEvent.objects.filter(verb="add_article").get()
    assert administrator.get(page_of(hidden)).status_code == 404


def test_a_lead_describes_a_reviewer_and_checks_a_registration(world: w.World) -> None:
    person = w.person("clinician", Role.REVIEWER)
    lead = signed_in(world.lead)
    described = {"slug": "c", "printed_name": "Dr C", "role_title": "Neurologist", "is_active": "on"}
    pages.send(lead, "/admin/conditions/reviewer/add/", user=person.pk, **described)
    reviewer = Reviewer.objects.get(user=person)
    entry = {"reviewer": reviewer.pk, "register": "GMC"}
    answer = pages.send(lead, "/admin/conditions/registration/add/", **entry, number="12")
    assert "is not a number that the General Medical Council gives" in pages.errors(answer)["number"][0]
    pages.send(lead, "/admin/conditions/registration/add/", **entry, number="c 765 4321")
    registration = Registration.objects.get(number="7654321")
    check = {"registration": registration.pk, "result": "licensed", "checked_on": w.today().isoformat()}
    answer = pages.send(lead, "/admin/conditions/credentialcheck/add/", **check, valid_until="2020-01-01")
    assert pages.errors(answer)["valid_until"]
    pages.send(lead, "/admin/conditions/credentialcheck/add/", **check, valid_until="2099-01-01")
    assert reviewer.credential(w.GB, w.today()) is not None
    pages.send(lead, page_of(reviewer), is_active="", printed_name="Dr C Renamed")
    reviewer.refresh_from_db()
    assert (reviewer.is_active, reviewer.printed_name) == (False, "Dr C Renamed")


def test_an_npi_comes_with_a_licence_and_a_number_belongs_to_one_reviewer(world: w.World) -> None:
    lead = signed_in(world.lead)
    url = "/admin/conditions/registration/add/"
    answer = pages.send(lead, url, reviewer=world.uk.pk, register="NPI", number="1000000004")
    assert set(pages.errors(answer)) == {"licence_state", "licence_number"}
    answer = pages.send(lead, url, reviewer=world.uk.pk, register="GMC", number="0000002")
    assert pages.errors(answer)


def test_nobody_checks_their_own_registration(world: w.World) -> None:
    w.roles.grant(world.uk.user, Role.LEAD, by=None)
    User.objects.filter(pk=world.uk.user_id).update(is_staff=True)
    own = Registration.objects.get(reviewer=world.uk)
    before = CredentialCheck.objects.count()
    check = {"registration": own.pk, "result": "licensed", "checked_on": w.today(), "valid_until": "2099-01-01"}
    answer = pages.send(signed_in(world.uk.user), "/admin/conditions/credentialcheck/add/", **check)
    assert "Nobody can check their own credentials." in pages.errors(answer)[""][0]
    assert CredentialCheck.objects.count() == before


def test_a_password_is_changed_by_its_owner(world: w.World) -> None:
    editor = signed_in(world.editor)
    new = "another horse, another battery"
    sent = {"oldpassword": w.PASSWORD, "password1": new, "password2": new}
    where = editor.get("/admin/password_change/").headers["Location"]
    editor.post(where, sent)
    world.editor.refresh_from_db()
    assert world.editor.check_password(new)
