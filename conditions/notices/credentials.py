"""What is told of registrations that end."""

from collections.abc import Iterable

from alsinfo.accounts.models import Role
from alsinfo.accounts.roles import holders
from conditions.models import CredentialCheck, RegionalArticle
from conditions.notices.audiences import LEADS, REVIEWERS
from conditions.notices.telling import in_words, tell, tell_daily


def credential_ends(check: CredentialCheck, days: int, *, is_over: bool) -> None:
    """Tell the reviewer and the leads, once for each `days` of a check, that it is about to be over."""
    registration = check.registration
    reviewer = registration.reviewer
    ends = "ended" if is_over else "ends"
    tell_daily(
        reviewer.user,
        f"The check of your registration {ends}: {registration}",
        f"The check of your registration {registration} {ends} on {in_words(check.valid_until)}. From then on you "
        "cannot sign until a clinical lead has looked at the register again. Write to them if something has changed.",
        "/desk/",
        about=REVIEWERS,
        key=f"credential:{check.pk}:{days}:{reviewer.user_id}",
    )
    for lead in holders(Role.LEAD).exclude(pk=reviewer.user_id):
        tell_daily(
            lead,
            f"Look at the register again: {reviewer}",
            f"The check of {reviewer}, {registration}, {ends} on {in_words(check.valid_until)}. "
            "Open reviews are cancelled on the day after unless the register was looked at again.",
            "/admin/conditions/credentialcheck/add/",
            about=LEADS,
            key=f"credential:{check.pk}:{days}:{lead.pk}",
        )


def struck_off(check: CredentialCheck, pages: Iterable[RegionalArticle]) -> None:
    """Tell every lead which live pages rest on the signature of somebody who is no longer licensed."""
    reviewer = check.registration.reviewer
    names = "\n".join(f"- {page}" for page in pages)
    for lead in holders(Role.LEAD).exclude(pk=reviewer.user_id):
        tell(
            lead,
            f"Within 24 hours: pages signed by {reviewer}",
            f"{check}. These pages rest on signatures of {reviewer} and are due for review today. Decide within "
            f"24 hours whether each stays, is signed anew or is taken down:\n\n{names}",
            "/admin/within-24-hours/",
            about=LEADS,
            key=f"struck-off:{check.pk}:{lead.pk}",
        )
