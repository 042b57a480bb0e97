"""A role is given by one administrator and held once a second confirmed it; taking it away needs one."""

from collections.abc import Callable

import pytest

from alsinfo.accounts import people, roles
from alsinfo.accounts.models import Role, RoleGrant, User
from alsinfo.accounts.people import NotAnAdministrator, OwnAccount, SecondAdministrator, SuperuserAccount
from alsinfo.accounts.roles import AlreadyHeld, NotWaiting
from alsinfo.admin.records import page_of
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from tests import pages
from tests import world as w
from tests.pages import signed_in
from tests.world import GB

pytestmark = pytest.mark.django_db


def verbs(after: int) -> list[str]:
    return list(AuditEvent.objects.filter(sequence__gt=after).order_by("sequence").values_list("verb", flat=True))


def test_a_role_is_held_once_a_second_administrator_confirmed_it(world: w.World) -> None:
    count = chain.head().count
    people.give_role(world.editor, Role.PUBLISHER, by=world.administrator)
    assert not roles.holds(world.editor, Role.PUBLISHER)
    assert world.editor not in roles.holders(Role.PUBLISHER)
    assert roles.held_by(world.editor) == {"editor"}
    people.confirm_role(world.editor, Role.PUBLISHER, by=world.other_administrator)
    assert roles.holds(world.editor, Role.PUBLISHER)
    assert world.editor in roles.holders(Role.PUBLISHER)
    people.take_role(world.editor, Role.PUBLISHER, by=world.administrator)
    assert not roles.holds(world.editor, Role.PUBLISHER)
    assert verbs(count) == ["propose_role", "grant_role", "revoke_role"]


def test_what_is_not_confirmed_is_withdrawn_by_one(world: w.World) -> None:
    people.give_role(world.editor, Role.PUBLISHER, by=world.administrator)
    count = chain.head().count
    people.take_role(world.editor, Role.PUBLISHER, by=world.administrator)
    assert verbs(count) == ["withdraw_role"]
    with pytest.raises(NotWaiting):
        people.confirm_role(world.editor, Role.PUBLISHER, by=world.other_administrator)


Who = Callable[[w.World], User]


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (lambda world: world.administrator, SecondAdministrator),
        (lambda world: world.publisher, NotAnAdministrator),
        (lambda world: world.lead, NotAnAdministrator),
        (lambda world: world.editor, NotAnAdministrator),
        (lambda world: world.superuser, NotAnAdministrator),
    ],
)
def test_nobody_else_confirms_a_role(world: w.World, who: Who, refusal: type[Refusal]) -> None:
    people.give_role(world.editor, Role.PUBLISHER, by=world.administrator)
    count = chain.head().count
    with pytest.raises(refusal):
        people.confirm_role(world.editor, Role.PUBLISHER, by=who(world))
    assert not roles.holds(world.editor, Role.PUBLISHER)
    assert verbs(count) == []


def test_nobody_gives_or_confirms_themselves_a_role(world: w.World) -> None:
    with pytest.raises(OwnAccount):
        people.give_role(world.administrator, Role.PUBLISHER, by=world.administrator)
    people.give_role(world.administrator, Role.PUBLISHER, by=world.other_administrator)
    with pytest.raises(OwnAccount):
        people.confirm_role(world.administrator, Role.PUBLISHER, by=world.administrator)
    with pytest.raises(SuperuserAccount):
        people.give_role(world.superuser, Role.PUBLISHER, by=world.administrator)


def test_an_administrator_nobody_confirmed_confirms_nothing(world: w.World) -> None:
    people.give_role(world.publisher, Role.ADMINISTRATOR, by=world.administrator)
    people.give_role(world.editor, Role.LEAD, by=world.administrator)
    with pytest.raises(NotAnAdministrator):
        people.confirm_role(world.editor, Role.LEAD, by=world.publisher)


def test_a_role_waits_or_is_confirmed_once(world: w.World) -> None:
    people.give_role(world.editor, Role.LEAD, by=world.administrator)
    with pytest.raises(AlreadyHeld):
        people.give_role(world.editor, Role.LEAD, by=world.other_administrator)
    people.confirm_role(world.editor, Role.LEAD, by=world.other_administrator)
    with pytest.raises(NotWaiting):
        people.confirm_role(world.editor, Role.LEAD, by=world.other_administrator)
    with pytest.raises(NotWaiting):
        people.confirm_role(world.editor, Role.PUBLISHER, by=world.other_administrator)


def test_the_system_gives_a_role_that_needs_no_second_person() -> None:
    person = w.person("somebody")
    given = roles.grant(person, Role.ADMINISTRATOR, by=None)
    assert (given.granted_by, given.confirmed_by) == (None, None)
    assert given.confirmed_at is not None
    assert roles.holds(person, Role.ADMINISTRATOR)


def test_the_button_is_disabled_with_the_reason_for_who_gave_the_role(world: w.World) -> None:
    administrator = signed_in(world.administrator)
    pages.send(administrator, page_of(world.editor), "/give-role/", role="lead")
    page = administrator.get(page_of(world.editor))
    assert "Confirm: Clinical lead, given by Administrator" in page.text
    assert "Lead (not confirmed)" in page.text or "Clinical lead (not confirmed)" in page.text
    assert SecondAdministrator.sentence in page.text
    assert not pages.form(page, "/confirm-role/").has_button
    pages.post(administrator, page_of(world.editor).replace("change", "confirm-role"), {"role": "lead"})
    assert RoleGrant.objects.get(user=world.editor, role="lead").confirmed_at is None
    pages.send(signed_in(world.other_administrator), page_of(world.editor), "/confirm-role/")
    assert roles.holds(world.editor, Role.LEAD)


def test_an_address_changed_by_another_is_told_to_the_old_one_and_named_in_the_audit(world: w.World) -> None:
    count = chain.head().count
    people.change(world.uk.user, by=world.administrator, fields={"email": "mine@example.org"})
    people.change(world.uk.user, by=world.administrator, fields={"email": "mine@example.org", "full_name": "X"})
    assert verbs(count) == ["change_address", "change_person"]
    told = Message.objects.filter(subject="Your e-mail address was changed")
    assert [message.to_address for message in told] == ["uk-reviewer@example.org"]


# A demoted person's open form


def test_a_demoted_editors_open_form_is_refused(world: w.World) -> None:
    edition = w.draft(world)
    editor = signed_in(world.editor)
    form = pages.form(editor.get(page_of(edition)))
    people.take_role(world.editor, Role.EDITOR, by=world.administrator)
    before = pages.everything()
    assert editor.post(page_of(edition), {**form.fields, "change_note": "Changed."}).status_code == 403
    assert pages.everything() == before


def test_a_demoted_publishers_open_button_is_refused(world: w.World, live: w.Article) -> None:
    publisher = signed_in(world.publisher)
    form = next(each for each in pages.forms(publisher.get(page_of(live))) if "/suspend/" in each.action)
    people.take_role(world.publisher, Role.PUBLISHER, by=world.administrator)
    before = pages.everything()
    publisher.post(form.action, {**form.fields, "reason": "A doubt."})
    assert pages.everything() == before


def test_a_demoted_reviewers_open_review_is_refused(world: w.World) -> None:
    accepted = w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))
    reviewer = signed_in(world.uk.user)
    where = f"/desk/reviews/{accepted.pk}/"
    forms = [form for form in pages.forms(reviewer.get(where)) if "reviews" in (form.action or where)]
    assert forms
    people.take_role(world.uk.user, Role.REVIEWER, by=world.administrator)
    before = pages.everything()
    typed = {"scope": "whole-page", "password": w.PASSWORD, "is_declaration_true": "on", "note": "x"}
    for form in forms:
        assert reviewer.post(form.action or where, {**form.fields, **typed}).status_code in (403, 404, 409)
    assert pages.everything() == before
