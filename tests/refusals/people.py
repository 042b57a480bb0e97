"""Attempts on people, the audit, messages and organisations."""

from datetime import timedelta

from alsinfo.accounts.models import Invitation, Role, RoleGrant, User
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message
from organisations import actions as organisation_actions
from organisations.models import CharityRegistration, Coverage, Entry, Organisation
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change
from tests.refusals.scene import Scene
from tests.world import GB, US


@attempt("accounts_user.username")
def taking_the_user_name_of_another_person(s: Scene) -> Act:
    return lambda: change(s.world.other_editor, username=s.world.editor.username)


@attempt("a_role_is_held_once")
def giving_a_role_twice(s: Scene) -> Act:
    return lambda: RoleGrant.objects.create(user=s.world.editor, role=Role.EDITOR)


@attempt("a_role_is_one_of_ours")
def giving_a_role_that_does_not_exist(s: Scene) -> Act:
    return lambda: RoleGrant.objects.create(user=s.world.editor, role="owner")


def given(s: Scene, **but: object) -> RoleGrant:
    """A role that the administrator gave the editor, not saved; it waits for a second administrator."""
    made = {"user": s.world.editor, "role": Role.LEAD, "granted_by": s.world.administrator}
    return RoleGrant(**{**made, **but})


def confirmed_by(s: Scene, by: User, **but: object) -> Act:
    """Confirming a role that the administrator gave the editor."""
    waiting = given(s, **but)
    waiting.save()
    return lambda: change(waiting, confirmed_by=by, confirmed_at=clock_now())


@attempt("nobody_gives_themselves_a_role")
def giving_oneself_a_role(s: Scene) -> Act:
    return lambda: given(s, granted_by=s.world.editor).save()


@attempt("nobody_confirms_their_own_role")
def confirming_ones_own_role(s: Scene) -> Act:
    return confirmed_by(s, s.world.other_administrator, user=s.world.other_administrator)


@attempt("nobody_confirms_a_role_they_gave")
def confirming_a_role_one_gave(s: Scene) -> Act:
    return confirmed_by(s, s.world.administrator)


@attempt("only_an_administrator_confirms_a_role")
def confirming_a_role_as_a_publisher(s: Scene) -> Act:
    return confirmed_by(s, s.world.publisher)


@attempt("only_an_administrator_confirms_a_role")
def confirming_a_role_as_an_administrator_whom_nobody_confirmed(s: Scene) -> Act:
    given(s, user=s.world.publisher, role=Role.ADMINISTRATOR).save()
    return confirmed_by(s, s.world.publisher)


@attempt("a_role_is_confirmed_by_a_person_or_given_by_the_system")
def a_confirmation_by_nobody(s: Scene) -> Act:
    waiting = given(s)
    waiting.save()
    return lambda: change(waiting, confirmed_at=clock_now())


@attempt("a_role_is_confirmed_after_it_was_given")
def giving_and_confirming_a_role_at_once(s: Scene) -> Act:
    at_once = given(s, confirmed_by=s.world.other_administrator, confirmed_at=clock_now())
    return lambda: at_once.save()


@attempt("a_role_given_stays_with_its_person")
def passing_a_role_on(s: Scene) -> Act:
    held = RoleGrant.objects.get(user=s.world.publisher)
    return lambda: change(held, user=s.world.editor)


@attempt("a_confirmed_role_stays_confirmed")
def putting_another_name_under_a_confirmed_role(s: Scene) -> Act:
    held = RoleGrant.objects.get(user=s.world.publisher)
    return lambda: change(held, confirmed_by=s.world.administrator)


def invited(s: Scene, **but: object) -> Invitation:
    """An invitation of the editor, not saved; it waits."""
    now = clock_now()
    made = {"user": s.world.editor, "invited_by": s.world.administrator, "digest": "a" * 64}
    return Invitation(**{**made, "invited_at": now, "expires_at": now + timedelta(days=1), **but})


def settled(s: Scene) -> Invitation:
    """An invitation that was revoked."""
    over = invited(s, revoked_at=clock_now())
    over.save()
    return over


@attempt("one_invitation_of_a_person_waits")
def inviting_a_person_twice(s: Scene) -> Act:
    invited(s).save()
    return lambda: invited(s, digest="b" * 64).save()


@attempt("accounts_invitation.digest")
def two_invitations_with_one_key(s: Scene) -> Act:
    settled(s)
    return lambda: invited(s).save()


@attempt("an_invitation_is_used_or_revoked")
def an_invitation_both_used_and_revoked(s: Scene) -> Act:
    return lambda: invited(s, used_at=clock_now(), revoked_at=clock_now()).save()


@attempt("an_invitation_is_used_before_it_expires")
def using_an_invitation_that_expired(s: Scene) -> Act:
    return lambda: invited(s, expires_at=clock_now() - timedelta(days=1), used_at=clock_now()).save()


@attempt("an_invitation_that_is_over_stays_so")
def opening_a_revoked_invitation_again(s: Scene) -> Act:
    over = settled(s)
    return lambda: change(over, revoked_at=None)


def event(**but: object) -> AuditEvent:
    """The event that would come next."""
    last = chain.head()
    made = {"sequence": last.count + 1, "verb": "publish", "at": clock_now(), "prev_hash": last.hash, "hash": "f" * 64}
    return AuditEvent(**{**made, **but})


@attempt("audit_auditevent.prev_hash")
def forking_the_chain(s: Scene) -> Act:
    first = AuditEvent.objects.order_by("sequence")[0]
    return lambda: event(prev_hash=first.prev_hash).save(force_insert=True)


@attempt("audit_auditevent.hash")
def repeating_an_event(s: Scene) -> Act:
    first = AuditEvent.objects.order_by("sequence")[0]
    return lambda: event(hash=first.hash).save(force_insert=True)


def message(**but: object) -> Message:
    """A message to one address."""
    return Message(**{"to_address": "somebody@example.org", "subject": "Hello", "body": "Hello.", **but})


@attempt("a_message_is_written_once_per_key")
def writing_a_message_twice(s: Scene) -> Act:
    message(key="reminder").save()
    return lambda: message(key="reminder").save()


@attempt("a_message_has_one_recipient")
def writing_to_nobody(s: Scene) -> Act:
    return lambda: message(to_address="").save()


@attempt("a_message_has_one_outcome")
def a_message_both_sent_and_given_up(s: Scene) -> Act:
    return lambda: message(sent_at=clock_now(), failed_at=clock_now(), body="").save()


@attempt("a_settled_message_keeps_no_text")
def keeping_the_text_of_a_message_that_was_sent(s: Scene) -> Act:
    return lambda: message(sent_at=clock_now()).save()


@attempt("one_coverage_row_per_area")
def covering_an_area_twice(s: Scene) -> Act:
    return lambda: Coverage.objects.create(organisation=s.world.bodies[GB], code="GB")


@attempt("coverage_lies_in_a_region")
def covering_an_area_outside_both_regions(s: Scene) -> Act:
    return lambda: Coverage.objects.create(organisation=s.world.bodies[GB], code="FR")


@attempt("one_row_per_charity_registration")
def registering_a_charity_twice(s: Scene) -> Act:
    row = {"organisation": s.world.bodies[GB], "register": "CCEW", "number": "294354"}
    CharityRegistration.objects.create(**row)
    return lambda: CharityRegistration.objects.create(**row)


def organisation(**but: object) -> Organisation:
    """A body nobody has described yet."""
    return Organisation(**{"slug": "other", "name": "Other", "kind": "support", "what_it_does": "Helps.", **but})


def entry(s: Scene, **but: object) -> Entry:
    """A second proposal for the UK organisation, by the editor."""
    made = {"organisation": s.world.bodies[GB], "number": 2, "body": "{}", "proposed_by": s.world.editor}
    return Entry(**{**made, "proposed_at": clock_now(), **but})


@attempt("organisations_organisation.uuid")
def a_second_organisation_with_the_same_identity(s: Scene) -> Act:
    return lambda: organisation(uuid=s.world.bodies[GB].uuid).save(force_insert=True)


@attempt("organisations_organisation.slug")
def taking_the_address_of_another_organisation(s: Scene) -> Act:
    return lambda: change(s.world.bodies[GB], slug=s.world.bodies[US].slug)


@attempt("an_organisation_keeps_its_identity")
def giving_an_organisation_another_identity(s: Scene) -> Act:
    return lambda: change(s.world.bodies[GB], uuid="00000000-0000-4000-8000-000000000000")


@attempt("an_organisation_shows_an_approved_entry")
def showing_an_entry_nobody_approved(s: Scene) -> Act:
    body = s.world.bodies[GB]
    proposed = organisation_actions.propose(body, by=s.world.editor, fields={"what_it_does": "Sells cures."})
    return lambda: change(body, entry=proposed)


@attempt("an_organisation_begins_without_an_entry")
def adding_an_organisation_with_the_entry_of_another(s: Scene) -> Act:
    return lambda: organisation(entry=s.world.bodies[GB].entry).save()


@attempt("an_entry_is_approved_after_it_was_proposed")
def adding_an_approved_entry(s: Scene) -> Act:
    return lambda: entry(s, approved_by=s.world.publisher, approved_at=clock_now()).save()


@attempt("an_approved_entry_stays_approved")
def putting_another_name_under_an_approval(s: Scene) -> Act:
    return lambda: change(s.world.bodies[GB].entries.get(), approved_by=s.world.other_publisher)


@attempt("one_entry_per_number")
def a_second_entry_with_the_same_number(s: Scene) -> Act:
    return lambda: entry(s, number=1).save()


@attempt("nobody_approves_their_own_entry")
def approving_ones_own_entry(s: Scene) -> Act:
    proposed = entry(s)
    proposed.save()
    return lambda: change(proposed, approved_by=s.world.editor, approved_at=clock_now())


@attempt("an_approved_entry_says_who_and_when")
def an_approval_by_nobody(s: Scene) -> Act:
    proposed = entry(s)
    proposed.save()
    return lambda: change(proposed, approved_at=clock_now())


def person(s: Scene) -> User:
    """Somebody new, not saved."""
    return User(username="somebody-new", password="!")  # a password that fits nothing
