"""Who may be asked to review, by whom, and how they may answer."""

from datetime import date, timedelta

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from conditions.errors.assigning import (
    AlreadyAsked,
    CannotReview,
    DateProposed,
    DeclarationMissing,
    NothingLive,
    NotYourAssignment,
    OwnInterest,
    SameReviewer,
    UnusableDate,
)
from conditions.errors.drafting import ReasonMissing, WrongState
from conditions.models import RegionalArticle, RegionalEdition, ReviewAssignment, Reviewer
from conditions.policies.roles import objection_without
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState, PageState, ReviewState
from organisations.regions import Region

DAYS_OF_GRACE = timedelta(days=5)
LONGEST_DELAY = timedelta(days=14)


def objection_to_competence(reviewer: Reviewer, page: RegionalArticle, *, today: date) -> Refusal | None:
    """Whether asking makes sense: active, credentialed for the region, and never a contributor."""
    if not reviewer.is_active or not holds(reviewer.user, Role.REVIEWER):
        return CannotReview(f"{reviewer} is not an active reviewer.")
    if reviewer.credential(Region(page.region), today) is None:
        return CannotReview(
            f"{reviewer} has no checked registration for {Region(page.region).country} that is valid today."
        )
    if page.article.contributions.filter(user=reviewer.user).exists():
        return CannotReview(f"{reviewer} contributed to this article and so can never sign it.")
    return None


def objection_to_invite(row: RegionalEdition, reviewer: Reviewer, *, by: User, today: date) -> Refusal | None:
    """An editor or lead asks a competent reviewer for a text in review, or for one more on a cleared text."""
    if objection := objection_without(by, Role.EDITOR, Role.LEAD):
        return objection
    if row.state not in (ReviewState.IN_REVIEW, ReviewState.CLEARED):
        return WrongState("Reviewers can be asked only while a text is in review or cleared.")
    if row.assignments.filter(reviewer=reviewer, state__in=OPEN_ASSIGNMENTS).exists():
        return AlreadyAsked()
    page = row.edition.article.regional_articles.get(region=row.region)
    return objection_to_competence(reviewer, page, today=today)


def objection_to_reconfirmation(page: RegionalArticle, reviewer: Reviewer, *, by: User, today: date) -> Refusal | None:
    """An editor or lead asks a competent reviewer to sign the live text again."""
    if objection := objection_without(by, Role.EDITOR, Role.LEAD):
        return objection
    if page.state not in (PageState.LIVE, PageState.SUSPENDED):
        return NothingLive()
    if page.assignments.filter(reviewer=reviewer, regional_edition=None, state__in=OPEN_ASSIGNMENTS).exists():
        return AlreadyAsked()
    return objection_to_competence(reviewer, page, today=today)


def objection_to_answer(assignment: ReviewAssignment, *, by: User, states: tuple[str, ...]) -> Refusal | None:
    """The assigned, active reviewer, in one of the states named."""
    if assignment.reviewer.user_id != by.pk:
        return NotYourAssignment()
    if objection := objection_without(by, Role.REVIEWER):
        return objection
    return None if assignment.state in states else WrongState("This review has ended or was answered already.")


def objection_to_accept(assignment: ReviewAssignment, *, by: User) -> Refusal | None:
    """Having said that there are no competing interests."""
    return objection_to_answer(assignment, by=by, states=(AssignmentState.INVITED,))


def objection_to_declare(assignment: ReviewAssignment, *, by: User, statement: str) -> Refusal | None:
    """An interest is stated in words."""
    if objection := objection_to_answer(assignment, by=by, states=(AssignmentState.INVITED,)):
        return objection
    return None if statement.strip() else DeclarationMissing()


def objection_to_clear_interest(assignment: ReviewAssignment, *, by: User) -> Refusal | None:
    """A lead other than the reviewer decides on a pending interest."""
    if objection := objection_without(by, Role.LEAD):
        return objection
    if assignment.reviewer.user_id == by.pk:
        return OwnInterest()
    if assignment.state != AssignmentState.INTEREST_PENDING:
        return WrongState("No declared interest is waiting for a decision here.")
    return None


def objection_to_recuse(assignment: ReviewAssignment, *, by: User, reason: str) -> Refusal | None:
    """The reviewer, or a lead, after an interest was declared."""
    if assignment.reviewer.user_id != by.pk and (objection := objection_without(by, Role.LEAD)):
        return objection
    if assignment.state != AssignmentState.INTEREST_PENDING:
        return WrongState("No declared interest is waiting for a decision here.")
    return None if reason.strip() else ReasonMissing()


def objection_to_propose_any_due(assignment: ReviewAssignment, *, by: User, today: date) -> Refusal | None:
    """The reviewer, once, after accepting, and while two weeks more would help."""
    if objection := objection_to_answer(assignment, by=by, states=(AssignmentState.ACCEPTED,)):
        return objection
    if assignment.first_due_on is not None:
        return DateProposed()
    if latest_due(assignment) < today:
        return UnusableDate("This review is more than 14 days late. Write to who invited you, or hand it back.")
    return None


def objection_to_propose_due(assignment: ReviewAssignment, day: date, *, by: User, today: date) -> Refusal | None:
    """A later day than was agreed, not past, and at most 14 days later."""
    if objection := objection_to_propose_any_due(assignment, by=by, today=today):
        return objection
    earliest, latest = earliest_due(assignment, today=today), latest_due(assignment)
    if earliest <= day <= latest:
        return None
    return UnusableDate(
        f"Choose a day from {earliest:%-d %B %Y} to {latest:%-d %B %Y}: a review moves once, by 14 days."
    )


def earliest_due(assignment: ReviewAssignment, *, today: date) -> date:
    """The first day that can be proposed."""
    return max(assignment.due_on + timedelta(days=1), today)


def latest_due(assignment: ReviewAssignment) -> date:
    """The last day that can be proposed."""
    return assignment.due_on + LONGEST_DELAY


def objection_to_replace(
    assignment: ReviewAssignment, reviewer: Reviewer, *, by: User, reason: str, today: date
) -> Refusal | None:
    """A lead, who cancels with a reason and invites another competent reviewer."""
    if objection := objection_to_cancel(assignment, by=by, reason=reason):
        return objection
    if reviewer.pk == assignment.reviewer_id:
        return SameReviewer()
    if assignment.regional_edition is None:
        return objection_to_reconfirmation(assignment.regional_article, reviewer, by=by, today=today)
    return objection_to_invite(assignment.regional_edition, reviewer, by=by, today=today)


def objection_to_decline(assignment: ReviewAssignment, *, by: User, reason: str) -> Refusal | None:
    """The reviewer, before signing, with a reason."""
    states = (AssignmentState.INVITED, AssignmentState.ACCEPTED)
    if objection := objection_to_answer(assignment, by=by, states=states):
        return objection
    return None if reason.strip() else ReasonMissing()


def objection_to_cancel(assignment: ReviewAssignment, *, by: User, reason: str) -> Refusal | None:
    """A lead, while the answer is awaited, with a reason."""
    if objection := objection_without(by, Role.LEAD):
        return objection
    if not assignment.is_open:
        return WrongState("This review has ended already.")
    return None if reason.strip() else ReasonMissing()


def objection_to_remind(assignment: ReviewAssignment, *, by: User) -> Refusal | None:
    """An editor or lead, while the reviewer has the next move."""
    if objection := objection_without(by, Role.EDITOR, Role.LEAD):
        return objection
    if assignment.state in (AssignmentState.INVITED, AssignmentState.ACCEPTED):
        return None
    return WrongState("Nothing is awaited from this reviewer.")


def has_expired(assignment: ReviewAssignment, *, today: date) -> bool:
    """Whether an invitation went unanswered for five days after it should have been."""
    return assignment.state == AssignmentState.INVITED and today > assignment.respond_by + DAYS_OF_GRACE


def has_lapsed(assignment: ReviewAssignment, *, today: date) -> bool:
    """Whether an open review is in the hands of somebody who could no longer sign it."""
    return assignment.is_open and assignment.reviewer.credential(assignment.region, today) is None
