"""What people are told, as messages in the outbox: what, why, by when, one link on its own line."""

from collections.abc import Iterable, Mapping

from django.conf import settings

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from alsinfo.outbox import post
from conditions.content.plain import Mention, plain_text
from conditions.models import CredentialCheck, RegionalArticle, RegionalEdition, ReviewAssignment, SignOff
from organisations.models import Organisation
from organisations.regions import Region

RECEIPT = """You signed the text on {page}, for readers in {country}. Please keep this mail: it is your receipt.

Title: {title}
Signed by: {signer}
Registration: {registration}
Signed at: {at}
Meaning: {meaning}
Covers: {covers}
Interests: {interests}
Digest (SHA-256): {digest}
{base}
Was this not you? Tell a clinical lead at once: they can withdraw the signature.

To check it, compare the digest with the one on your receipt page:

{link}

Readers find its first twelve signs under "Who reviewed this page". A single changed letter would give another digest.

Below is the text as you signed it.

{rule}

{text}"""
RULE = "=" * 72


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
            f"/admin/conditions/reviewassignment/{assignment.pk}/change/",
        )


def answered(assignment: ReviewAssignment, what: str) -> None:
    """Tell who invited the reviewer what the reviewer said."""
    _tell(
        assignment.invited_by,
        f"{assignment.reviewer} {what}: {assignment.regional_article}",
        f"{assignment.reviewer} {what} for {assignment.regional_article}. {assignment.reason}".strip(),
        _row_link(assignment.regional_edition),
    )


def signed(signature: SignOff) -> None:
    """Give the signer what they signed, with the frozen text; the only mail with a text, to who has read it."""
    region, content = Region(signature.regional_article.region), signature.revision.content
    signer = (signature.printed_name, signature.post_nominals, signature.role_title)
    receipt = RECEIPT.format(
        page=signature.regional_article,
        country=region.country,
        title=content["title"],
        signer=", ".join(part for part in signer if part),
        registration=signature.registration,
        at=f"{signature.signed_at.astimezone(region.time_zone):%-d %B %Y, %H:%M %Z} ({region.time_zone})",
        meaning=signature.meaning,
        covers=signature.get_scope_display(),
        interests=signature.interests,
        digest=signature.revision_id,
        base=f"Changes from the text with digest: {signature.base_id}\n" if signature.base_id else "",
        link=f"{settings.SITE_URL}/desk/reviews/{signature.assignment_id}/receipt/",
        rule=RULE,
        text=plain_text(content, _mentions(content["listings"])),
    )
    post.send(signature.reviewer.user, f"You signed: {signature.regional_article}", receipt)


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


def _mentions(listings: Iterable[Mapping[str, str]]) -> list[Mention]:
    """The listings whose organisation has an approved entry, by its name there."""
    whys = {listing["organisation"]: listing["why"] for listing in listings}
    bodies = Organisation.objects.filter(uuid__in=whys, entry__isnull=False).select_related("entry")
    found = [Mention(body.entry.content["name"], whys[str(body.uuid)]) for body in bodies if body.entry]
    return sorted(found, key=lambda mention: mention.name.casefold())


def _page_link(page: RegionalArticle) -> str:
    return f"/admin/conditions/article/{page.article_id}/change/"


def _row_link(row: RegionalEdition | None) -> str:
    return f"/admin/conditions/edition/{row.edition_id}/change/" if row else "/admin/"


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
