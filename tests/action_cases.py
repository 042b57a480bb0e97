"""Every action, who does it after which steps, and what its audit event says: the table of `test_actions`."""

from typing import Any

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from conditions.actions import (
    assigning,
    cataloguing,
    credentials,
    dissenting,
    leaving,
    merging,
    pages,
    profiling,
)
from conditions.models import Condition, Description, Overruling, ProfileEntry, Reference
from conditions.vocabulary import CheckResult, Register
from tests import situations as s
from tests import ways
from tests import world as w
from tests.action_case import SYSTEM, Case
from tests.acts import Place, now
from tests.informing_cases import INFORMING
from tests.invitations import INVITING
from tests.medicine_cases import MEDICINES
from tests.notice_cases import CALENDARS, NOTICES
from tests.organising_cases import ORGANISING
from tests.owning_cases import OWNING
from tests.picturing_cases import PICTURING
from tests.reading_cases import READING
from tests.remarking_cases import REMARKING
from tests.takedown_cases import TAKING_DOWN
from tests.talking_cases import TALKING
from tests.triaging_cases import TRIAGING
from tests.watching_cases import WATCHING

WORK = {"title": "A new work", "type": "book"}


def add_condition(place: Place, by: User) -> Any:
    return cataloguing.add_condition("pls", "PLS", by=by)


def add_work(place: Place) -> None:
    cataloguing.add_reference(WORK, by=place.world.editor)


def merge_work(place: Place) -> None:
    merging.merge_references(now(place.world.reference), new_work(), by=place.world.editor)


def new_work() -> Reference:
    return Reference.objects.get(title=WORK["title"])


def propose_condition(place: Place) -> None:
    add_condition(place, place.world.editor)


def propose_role(place: Place) -> None:
    roles.grant(place.world.editor, Role.LEAD, by=place.world.other_administrator)


def add_reviewer(place: Place, by: User) -> Any:
    fields = {"slug": "editor", "printed_name": "Dr Ed Itor", "role_title": "Neurologist"}
    return cataloguing.add_reviewer(place.world.editor, by=by, fields=fields)


def record_check(place: Place, by: User) -> Any:
    registration = place.world.uk.registrations.get()
    days = {"checked_on": w.today(), "valid_until": w.today()}
    return credentials.record_check(registration, by=by, result=CheckResult.LICENSED, **days)


def propose_profile(place: Place) -> None:
    profiling.save_profile(place.world.uk, Description("Neurologist"), by=place.world.uk.user)


def leave(place: Place, by: User) -> Any:
    return leaving.leave(place.world.uk.user, by=by)


def left(place: Place) -> None:
    leaving.leave(place.world.uk.user, by=place.world.administrator)


def erase(place: Place, by: User) -> Any:
    return leaving.erase(now(place.world.uk.user), by=by)


def expire(place: Place, by: User) -> Any:
    return assigning.expire(now(place.assignment))


def rebuild(place: Place, by: User) -> Any:
    live = place.page.live_publication()
    assert live
    pages.rebuild(live)
    return live


def lapse(place: Place, by: User) -> Any:
    return assigning.lapse(now(place.assignment))


def struck_off(place: Place) -> None:
    registration = now(place.assignment).reviewer.registrations.get()
    w.check(registration, place.world.lead, result=CheckResult.NOT_FOUND)


def propose_note(place: Place, by: User) -> Any:
    return dissenting.propose_note(Overruling.objects.get(), by=by)


def note_proposed(place: Place) -> None:
    propose_note(place, place.world.publisher)


def agree_to_note(place: Place, by: User) -> Any:
    return dissenting.agree_to_note(Overruling.objects.get(), by=by)


STRUCK_OFF = (*ways.INVITED, struck_off)
UNANSWERED = (*ways.INVITED, s.unanswered)
ON_THE_WAY = (
    Case("start", "editor", (s.live,), "Edition", after="draft"),
    Case("save", "editor", (s.drafted,), "Edition"),
    Case("submit", "editor", (s.drafted,), "Edition", "draft", "frozen"),
    Case("reopen", "publisher", ways.CLEARED, "RegionalEdition", "cleared", "reopened"),
    Case("discard", "editor", ways.IN_REVIEW, "RegionalEdition", "in_review", "discarded"),
    Case("invite", "lead", ways.CLEARED, "ReviewAssignment", "cleared", "in_review"),
    Case("invite_to_reconfirm", "editor", (s.live,), "ReviewAssignment"),
    Case("accept", "assigned reviewer", ways.INVITED, "ReviewAssignment", "invited", "accepted"),
    Case("declare_interest", "assigned reviewer", ways.INVITED, "ReviewAssignment", "invited", "interest_pending"),
    Case("clear_interest", "lead", ways.PENDING, "ReviewAssignment", "interest_pending", "accepted"),
    Case("recuse", "lead", ways.PENDING, "ReviewAssignment", "interest_pending", "recused", "assignment_recused"),
    Case(
        "decline", "assigned reviewer", ways.INVITED, "ReviewAssignment", "invited", "declined", "assignment_declined"
    ),
    Case("cancel", "lead", ways.IN_REVIEW, "ReviewAssignment", "accepted", "cancelled", "assignment_cancelled"),
    Case("propose_due", "assigned reviewer", ways.IN_REVIEW, "ReviewAssignment", "accepted", "accepted"),
    Case("replace", "lead", ways.IN_REVIEW, "ReviewAssignment", "Dr Uk Reviewer", "Dr Third Uk Reviewer"),
    Case("expire", SYSTEM, UNANSWERED, "ReviewAssignment", "invited", "expired", "assignment_expired", expire),
    Case("lapse", SYSTEM, STRUCK_OFF, "ReviewAssignment", "invited", "cancelled", "assignment_cancelled", lapse),
    Case("sign_off", "assigned reviewer", ways.IN_REVIEW, "SignOff", "in_review", "cleared"),
    Case("request_changes", "assigned reviewer", ways.IN_REVIEW, "ReviewAssignment", "in_review", "changes_requested"),
    Case("overrule", "lead", ways.SIGNED_AND_SENT_BACK, "RegionalEdition", "changes_requested", "cleared"),
    Case("propose_note", "publisher", ways.OVERRULED, "Overruling", act=propose_note),
    Case("agree_to_note", "other reviewer", (*ways.OVERRULED, note_proposed), "DissentNote", act=agree_to_note),
    Case("publish", "publisher", ways.CLEARED, "Publication", "cleared", "published"),
    Case("reconfirm", "assigned reviewer", (*ways.CONFIRMING, s.accepted), "Publication", after="live"),
    Case("rebuild", SYSTEM, (s.live,), "Publication", act=rebuild),
    Case("revoke", "lead", (s.live,), "SignOff", "live", "suspended"),
    Case("suspend", "publisher", (s.live,), "RegionalArticle", "live", "suspended"),
    Case("leave", "administrator", ways.IN_REVIEW, "User", verb="deactivate", act=leave),
    Case("erase", "administrator", (left,), "User", act=erase),
    Case("lift", "lead", (s.live, s.suspended), "RegionalArticle", "suspended", "live"),
)
CATALOGUING = (
    Case("add_condition", "editor", (), "Condition", after="PLS", act=add_condition),
    Case(
        "change_condition",
        "editor",
        (),
        "Condition",
        act=lambda place, by: cataloguing.change_condition(place.article.condition, by=by, fields={"name": "MND"}),
    ),
    Case(
        "add_article",
        "editor",
        (propose_condition,),
        "Article",
        after="PLS",
        act=lambda place, by: cataloguing.add_article(Condition.objects.get(slug="pls"), by=by),
    ),
    Case(
        "add_reference",
        "editor",
        (),
        "Reference",
        after="A new work",
        act=lambda place, by: cataloguing.add_reference(WORK, by=by),
    ),
    Case(
        "change_reference",
        "publisher",
        (),
        "Reference",
        after="A new work",
        act=lambda place, by: cataloguing.change_reference(now(place.world.reference), WORK, by=by),
    ),
    Case(
        "merge_references",
        "editor",
        (add_work,),
        "Reference",
        before="A new work",
        after=str(w.BROWN["title"]),
        act=lambda place, by: merging.merge_references(now(place.world.reference), new_work(), by=by),
    ),
    Case(
        "part_references",
        "publisher",
        (add_work, merge_work),
        "Reference",
        before=str(w.BROWN["title"]),
        after="A new work",
        act=lambda place, by: merging.part_references(new_work(), by=by),
    ),
    Case("add_reviewer", "lead", (), "Reviewer", after="Dr Ed Itor", act=add_reviewer),
    Case(
        "change_reviewer",
        "lead",
        (),
        "Reviewer",
        after="Dr New",
        act=lambda place, by: cataloguing.change_reviewer(now(place.third), by=by, fields={"printed_name": "Dr New"}),
    ),
    Case(
        "add_registration",
        "lead",
        (),
        "Registration",
        after="GMC 0000009",
        act=lambda place, by: credentials.add_registration(place.third, Register.GMC, "C0000009", by=by),
    ),
    Case("record_check", "lead", (), "CredentialCheck", "licensed", "licensed", act=record_check),
    Case(
        "save_profile",
        "assigned reviewer",
        (),
        "Profile",
        after="a new proposal",
        act=lambda place, by: profiling.save_profile(place.world.uk, Description("Neurologist"), by=by),
    ),
    Case(
        "approve_profile",
        "lead",
        (propose_profile,),
        "ProfileEntry",
        "Consultant neurologist",
        "Neurologist",
        act=lambda place, by: profiling.approve_profile(ProfileEntry.objects.get(), by=by),
    ),
    Case(
        "change_address",
        "editor",
        (),
        "Path",
        after="new",
        act=lambda place, by: cataloguing.change_address(place.page, "new", by=by),
    ),
)
ROLES = (
    Case(
        "grant",
        "administrator",
        (),
        "User",
        after="lead",
        verb="propose_role",
        act=lambda place, by: roles.grant(place.world.editor, Role.LEAD, by=by).user,
    ),
    Case(
        "confirm",
        "administrator",
        (propose_role,),
        "User",
        after="lead",
        verb="grant_role",
        act=lambda place, by: roles.confirm(place.world.editor, Role.LEAD, by=by) or place.world.editor,
    ),
    Case(
        "revoke (a role)",
        "administrator",
        (),
        "User",
        before="editor",
        verb="revoke_role",
        act=lambda place, by: roles.revoke(place.world.editor, Role.EDITOR, by=by) or place.world.editor,
    ),
)
__all__ = ["CASES", "OF_CONDITIONS", "SYSTEM", "Case"]
TALKS = (*READING, *REMARKING, *TALKING, *TRIAGING)
OF_CONDITIONS = (
    *(*ON_THE_WAY, *OWNING, *TAKING_DOWN, *TALKS, *WATCHING),
    *(*CATALOGUING, *MEDICINES, *PICTURING, *ORGANISING, *INFORMING, *CALENDARS),
)
CASES = (*OF_CONDITIONS, *ROLES, *INVITING, *NOTICES)
