"""What people are told, as messages in the outbox: what, why, by when, one link on its own line."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from alsinfo.outbox import post
from conditions.models import (
    CredentialCheck,
    Overruling,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Reviewer,
)
from conditions.vocabulary import AssignmentState


def invited(assignment: ReviewAssignment) -> None:
    """Ask the reviewer; the text itself is never in a mail."""
    page = assignment.regional_article
    _tell(
        assignment.reviewer.user,
        f"Please review: {page}",
        f"{assignment.invited_by} asks you to review the text on {page}. "
        f"Please answer by {_day(assignment.respond_by)}; the review is due on {_day(assignment.due_on)}.",
        f"/desk/reviews/{assignment.pk}/",
    )


def cancelled(assignment: ReviewAssignment, why: str) -> None:
    """Tell the reviewer that no answer is awaited any more."""
    _tell(
        assignment.reviewer.user,
        f"No longer needed: review of {assignment.regional_article}",
        f"Your review of {assignment.regional_article} is no longer needed: {why}",
        "/desk/",
    )


def interest_declared(assignment: ReviewAssignment) -> None:
    """Ask the clinical leads to decide on a declared interest."""
    for lead in holders(Role.LEAD).exclude(pk=assignment.reviewer.user_id):
        _tell(
            lead,
            f"Interest declared: {assignment.regional_article}",
            f"{assignment.reviewer} declared an interest and waits for a decision before reading the text.",
            _assignment_link(assignment),
        )


def answered(assignment: ReviewAssignment, what: str) -> None:
    """Tell who invited the reviewer what the reviewer said."""
    _tell(
        assignment.invited_by,
        f"{assignment.reviewer} {what}: {assignment.regional_article}",
        f"{assignment.reviewer} {what} for {assignment.regional_article}. {assignment.reason}".strip()
        + (f"\n\nThey suggest whom to ask instead: {assignment.suggestion}" if assignment.suggestion else ""),
        _row_link(assignment.regional_edition),
    )


def date_proposed(assignment: ReviewAssignment) -> None:
    """Tell who invited the reviewer that the review is due later."""
    _tell(
        assignment.invited_by,
        f"{assignment.reviewer} needs longer: {assignment.regional_article}",
        f"The review of {assignment.regional_article} by {assignment.reviewer} is due on {_day(assignment.due_on)}"
        + (f" instead of {_day(assignment.first_due_on)}" if assignment.first_due_on else "")
        + ". A date is moved once. If this is too late, a clinical lead can ask somebody else instead.",
        _assignment_link(assignment),
    )


def replaced(assignment: ReviewAssignment, reviewer: Reviewer) -> None:
    """Tell who invited a reviewer that a lead asked somebody else instead."""
    _tell(
        assignment.invited_by,
        f"{reviewer} was asked instead of {assignment.reviewer}: {assignment.regional_article}",
        f"A clinical lead asked {reviewer} to review {assignment.regional_article} instead of "
        f"{assignment.reviewer}. {assignment.reason}".strip(),
        _row_link(assignment.regional_edition),
    )


def answer_awaited(assignment: ReviewAssignment, day: date, days: int, today: date) -> None:
    """Remind the reviewer, once for each `days` before `day`; when that is past, who invited is told too."""
    what = "your answer" if assignment.state == AssignmentState.INVITED else "your review"
    when = "was due" if day < today else "is due"
    page = assignment.regional_article
    _tell(
        assignment.reviewer.user,
        f"Reminder, {what} {when} on {_day(day)}: {page}",
        f"{assignment.invited_by} asked you to review the text on {page}; {what} {when} on {_day(day)}. "
        "If you cannot do it, please say so there: somebody else can be asked.",
        f"/desk/reviews/{assignment.pk}/",
        key=reminder_key(assignment, day, days),
    )
    if days < 0:
        _tell(
            assignment.invited_by,
            f"Late since {_day(day)}: {assignment.reviewer}, {page}",
            f"{assignment.reviewer} was reminded today of the review of {page}, which was due on {_day(day)}.",
            _assignment_link(assignment),
            key=f"{reminder_key(assignment, day, days)}:inviter",
        )


def reminder_key(assignment: ReviewAssignment, day: date, days: int) -> str:
    """What a reminder is written under: another day makes another key, so that reminders begin anew."""
    return f"review:{assignment.pk}:{assignment.state}:{day}:{days}"


def overruled(overruling: Overruling) -> None:
    """Tell the reviewer whose request for changes was overruled; what they wrote stays in the record."""
    assignment = overruling.assignment
    _tell(
        assignment.reviewer.user,
        f"Overruled: your request for changes to {assignment.regional_article}",
        f"A clinical lead decided that the text on {assignment.regional_article} goes on as {_signers(overruling)} "
        f"signed it: {overruling.reason}\n\nWhat you wrote stays in the record, and nothing was signed in your name. "
        "It is published beside the text only if you are asked and agree.",
        f"/desk/reviews/{assignment.pk}/dissent/",
    )


def note_proposed(overruling: Overruling) -> None:
    """Ask the reviewer whether readers may read what they wrote."""
    assignment = overruling.assignment
    _tell(
        assignment.reviewer.user,
        f"May readers read your dissent? {assignment.regional_article}",
        f"{overruling.note_proposed_by} proposes to publish what you wrote about {assignment.regional_article}, word "
        "for word and under your name, in the history of that version. It appears only if you agree.",
        f"/desk/reviews/{assignment.pk}/dissent/",
    )


def note_agreed(overruling: Overruling) -> None:
    """Tell who proposed a note that its author agreed."""
    if overruling.note_proposed_by is not None:
        _tell(
            overruling.note_proposed_by,
            f"{overruling.assignment.reviewer} agreed: {overruling.assignment.regional_article}",
            "The dissent is shown in the history of the version as soon as that version is published.",
            _row_link(overruling.assignment.regional_edition),
        )


def nobody_is_reviewing(row: RegionalEdition) -> None:
    """Tell who submitted the text that nobody is reviewing it any more."""
    _tell(
        row.submitted_by,
        f"Nobody is reviewing: {row}",
        f"The last reviewer of {row} is gone and no signature stands. Ask somebody else.",
        _row_link(row),
    )


def cleared(row: RegionalEdition) -> None:
    """Tell the publishers that a text is signed and waits for them."""
    for publisher in holders(Role.PUBLISHER):
        _tell(
            publisher,
            f"Signed, not yet published: {row}",
            f"{row} is signed and no other reviewer is awaited. It can be published.",
            _row_link(row),
        )


def suspended(page: RegionalArticle, reason: str) -> None:
    """Tell publishers and leads that readers get help instead of the text."""
    people = (holders(Role.PUBLISHER) | holders(Role.LEAD)).distinct()
    for person in people:
        _tell(
            person,
            f"Suspended: {page}",
            f"{page} was taken down: {reason}",
            _page_link(page),
        )


def credential_ends(check: CredentialCheck, days: int, *, is_over: bool) -> None:
    """Tell the reviewer and the leads, once for each `days` of a check, that it is about to be over."""
    registration = check.registration
    reviewer = registration.reviewer
    ends = "ended" if is_over else "ends"
    _tell(
        reviewer.user,
        f"The check of your registration {ends}: {registration}",
        f"The check of your registration {registration} {ends} on {_day(check.valid_until)}. From then on you cannot "
        "sign until a clinical lead has looked at the register again. Write to them if something has changed.",
        "/desk/",
        key=f"credential:{check.pk}:{days}:{reviewer.user_id}",
    )
    for lead in holders(Role.LEAD).exclude(pk=reviewer.user_id):
        _tell(
            lead,
            f"Look at the register again: {reviewer}",
            f"The check of {reviewer}, {registration}, {ends} on {_day(check.valid_until)}. "
            "Open reviews are cancelled on the day after unless the register was looked at again.",
            "/admin/conditions/credentialcheck/add/",
            key=f"credential:{check.pk}:{days}:{lead.pk}",
        )


def struck_off(check: CredentialCheck, pages: Iterable[RegionalArticle]) -> None:
    """Tell every lead which live pages rest on the signature of somebody who is no longer licensed."""
    reviewer = check.registration.reviewer
    names = "\n".join(f"- {page}: {settings.SITE_URL}{_page_link(page)}" for page in pages)
    for lead in holders(Role.LEAD).exclude(pk=reviewer.user_id):
        _tell(
            lead,
            f"Within 24 hours: pages signed by {reviewer}",
            f"{check}. These pages rest on signatures of {reviewer} and are due for review today. Decide within "
            f"24 hours whether each stays, is signed anew or is taken down:\n\n{names}",
            f"/admin/conditions/reviewer/{reviewer.pk}/change/",
            key=f"struck-off:{check.pk}:{lead.pk}",
        )


def _tell(person: User, subject: str, sentence: str, path: str, *, key: str = "") -> None:
    post.send(person, subject, f"{sentence}\n\n{settings.SITE_URL}{path}\n", key=key)


def _signers(overruling: Overruling) -> str:
    row = overruling.assignment.regional_edition
    names = row.standing_sign_offs().values_list("printed_name", flat=True) if row else []
    return " and ".join(names)


def _assignment_link(assignment: ReviewAssignment) -> str:
    return f"/admin/conditions/reviewassignment/{assignment.pk}/change/"


def _page_link(page: RegionalArticle) -> str:
    return f"/admin/conditions/article/{page.article_id}/change/"


def _row_link(row: RegionalEdition | None) -> str:
    return f"/admin/conditions/edition/{row.edition_id}/change/" if row else "/admin/"


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
