"""What reviewers, and those who asked them, are told of a review."""

from datetime import date

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from conditions.models import RegionalEdition, ReviewAssignment, Reviewer
from conditions.notices.audiences import LEADS, PUBLISHERS, STAFF, awaited_reviewer, its_reviewer
from conditions.notices.telling import assignment_link, in_words, row_link, tell, tell_daily, tell_secret
from conditions.vocabulary import AssignmentState


def invited(assignment: ReviewAssignment, token: str) -> None:
    """Ask the reviewer, with a link that needs no account; the text is neither in the mail nor behind the link."""
    page = assignment.regional_article
    tell_secret(
        assignment.reviewer.user,
        f"Please review: {page}",
        f"{assignment.invited_by} asks you to review the text on {page}. "
        f"Please answer by {in_words(assignment.respond_by)}; the review is due on {in_words(assignment.due_on)}. "
        "The link shows what is asked, without signing in. It is meant for you alone.",
        f"/desk/invitations/{token}/",
        about=awaited_reviewer(assignment),
    )


def cancelled(assignment: ReviewAssignment, why: str) -> None:
    """Tell the reviewer that no answer is awaited any more."""
    tell(
        assignment.reviewer.user,
        f"No longer needed: review of {assignment.regional_article}",
        f"Your review of {assignment.regional_article} is no longer needed: {why}",
        "/desk/",
        about=its_reviewer(assignment),
    )


def interest_declared(assignment: ReviewAssignment) -> None:
    """Ask the clinical leads to decide on a declared interest."""
    for lead in holders(Role.LEAD).exclude(pk=assignment.reviewer.user_id):
        tell_daily(
            lead,
            f"Interest declared: {assignment.regional_article}",
            f"{assignment.reviewer} declared an interest and waits for a decision before reading the text.",
            assignment_link(assignment),
            about=LEADS,
        )


def answered(assignment: ReviewAssignment, what: str) -> None:
    """Tell who invited the reviewer what the reviewer said."""
    tell_daily(
        assignment.invited_by,
        f"{assignment.reviewer} {what}: {assignment.regional_article}",
        f"{assignment.reviewer} {what} for {assignment.regional_article}. {assignment.reason}".strip()
        + (f"\n\nThey suggest whom to ask instead: {assignment.suggestion}" if assignment.suggestion else ""),
        row_link(assignment.regional_edition),
        about=STAFF,
    )


def date_proposed(assignment: ReviewAssignment) -> None:
    """Tell who invited the reviewer that the review is due later."""
    tell_daily(
        assignment.invited_by,
        f"{assignment.reviewer} needs longer: {assignment.regional_article}",
        f"The review of {assignment.regional_article} by {assignment.reviewer} is due on {in_words(assignment.due_on)}"
        + (f" instead of {in_words(assignment.first_due_on)}" if assignment.first_due_on else "")
        + ". A date is moved once. If this is too late, a clinical lead can ask somebody else instead.",
        assignment_link(assignment),
        about=STAFF,
    )


def replaced(assignment: ReviewAssignment, reviewer: Reviewer) -> None:
    """Tell who invited a reviewer that a lead asked somebody else instead."""
    tell_daily(
        assignment.invited_by,
        f"{reviewer} was asked instead of {assignment.reviewer}: {assignment.regional_article}",
        f"A clinical lead asked {reviewer} to review {assignment.regional_article} instead of "
        f"{assignment.reviewer}. {assignment.reason}".strip(),
        row_link(assignment.regional_edition),
        about=STAFF,
    )


def answer_awaited(assignment: ReviewAssignment, day: date, days: int, today: date) -> None:
    """Remind the reviewer, once for each `days` before `day`; when that is past, who invited is told too."""
    what = "your answer" if assignment.state == AssignmentState.INVITED else "your review"
    when = "was due" if day < today else "is due"
    page = assignment.regional_article
    tell_daily(
        assignment.reviewer.user,
        f"Reminder, {what} {when} on {in_words(day)}: {page}",
        f"{assignment.invited_by} asked you to review the text on {page}; {what} {when} on {in_words(day)}. "
        "If you cannot do it, please say so there: somebody else can be asked.",
        f"/desk/reviews/{assignment.pk}/",
        about=awaited_reviewer(assignment),
        key=reminder_key(assignment, day, days),
    )
    if days < 0:
        tell_daily(
            assignment.invited_by,
            f"Late since {in_words(day)}: {assignment.reviewer}, {page}",
            f"{assignment.reviewer} was reminded today of the review of {page}, which was due on {in_words(day)}.",
            assignment_link(assignment),
            about=STAFF,
            key=f"{reminder_key(assignment, day, days)}:inviter",
        )


def reminded(assignment: ReviewAssignment, *, by: User, key: str) -> None:
    """Somebody asks the reviewer how far they are."""
    page = assignment.regional_article
    is_invited = assignment.state == AssignmentState.INVITED
    what, day = ("answer", assignment.respond_by) if is_invited else ("review", assignment.due_on)
    tell(
        assignment.reviewer.user,
        f"Reminder, your {what} is awaited: {page}",
        f"{by} reminds you of the review of the text on {page}; your {what} is asked for by {in_words(day)}. "
        "If you cannot do it, please say so there: somebody else can be asked.",
        f"/desk/reviews/{assignment.pk}/",
        about=awaited_reviewer(assignment),
        key=key,
    )


def reminder_key(assignment: ReviewAssignment, day: date, days: int) -> str:
    """What a reminder is written under: another day makes another key, so that reminders begin anew."""
    return f"review:{assignment.pk}:{assignment.state}:{day}:{days}"


def nobody_is_reviewing(row: RegionalEdition) -> None:
    """Tell who submitted the text that nobody is reviewing it any more."""
    tell_daily(
        row.submitted_by,
        f"Nobody is reviewing: {row}",
        f"The last reviewer of {row} is gone and no signature stands. Ask somebody else.",
        row_link(row),
        about=STAFF,
    )


def cleared(row: RegionalEdition) -> None:
    """Tell the publishers that a text is signed and waits for them."""
    for publisher in holders(Role.PUBLISHER):
        tell_daily(
            publisher,
            f"Signed, not yet published: {row}",
            f"{row} is signed and no other reviewer is awaited. It can be published.",
            row_link(row),
            about=PUBLISHERS,
        )
