"""Who holds which role, from one moment to the next."""

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.accounts.roles import AlreadyHeld, NotHeld
from alsinfo.audit.models import AuditEvent
from alsinfo.refusals import Refusal
from tests import world as w

pytestmark = pytest.mark.django_db


def test_a_role_is_held_from_the_moment_it_is_given_to_the_moment_it_is_taken() -> None:
    person = w.person("somebody")
    assert not roles.holds(person, Role.EDITOR)
    roles.grant(person, Role.EDITOR, by=None)
    assert roles.holds(person, Role.EDITOR) and not roles.holds(person, Role.PUBLISHER)
    roles.revoke(person, Role.EDITOR, by=None)
    assert not roles.holds(person, Role.EDITOR)


def test_a_person_may_hold_several_roles() -> None:
    person = w.person("somebody", Role.EDITOR, Role.REVIEWER)
    assert [role for role in Role if roles.holds(person, role)] == [Role.EDITOR, Role.REVIEWER]


def test_the_superuser_flag_gives_no_role() -> None:
    superuser = w.User.objects.create_superuser("root", "root@example.org", w.PASSWORD)
    assert not any(roles.holds(superuser, role) for role in Role)


def test_a_closed_account_holds_nothing_even_where_it_was_read_before() -> None:
    person = w.person("somebody", Role.EDITOR)
    w.User.objects.filter(pk=person.pk).update(is_active=False)
    assert not roles.holds(person, Role.EDITOR)
    assert person not in roles.holders(Role.EDITOR)


@pytest.mark.parametrize(("act", "refusal"), [(roles.grant, AlreadyHeld), (roles.revoke, NotHeld)])
def test_a_role_is_given_and_taken_once(act: object, refusal: type[Refusal]) -> None:
    person = w.person("somebody", *([Role.LEAD] if refusal is AlreadyHeld else []))
    events = AuditEvent.objects.count()
    with pytest.raises(refusal):
        act(person, Role.LEAD, by=None)  # type: ignore[operator]
    assert AuditEvent.objects.count() == events
