"""Who describes a reviewer, who approves it, and what can be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from conditions.content.canonical import UnusableText, refuse_unusable
from conditions.errors.profiling import NotYourProfile, OwnProfile, UnusableProfile
from conditions.models import Description, ProfileEntry, Reviewer
from conditions.policies.roles import objection_without
from organisations.errors import AlreadyApproved, OwnProposal

LONGEST_ROLE = 150  # characters, as of every line; it is printed with signatures
LONGEST_POST_NOMINALS = 100  # characters
LONGEST_TEXT = 2_000  # characters
LONGEST_ADDRESS = 300  # characters
MOST_LINES = 10


@dataclass(frozen=True)
class Away:
    """The days on which a reviewer takes no work, both included; None and None when there are none."""

    first: date | None = None
    last: date | None = None


def objection_to_describe(reviewer: Reviewer, *, by: User) -> Refusal | None:
    """The active reviewer, of themselves."""
    is_theirs = reviewer.user_id == by.pk and reviewer.is_active and holds(by, Role.REVIEWER)
    return None if is_theirs else NotYourProfile()


def objection_to_approve(entry: ProfileEntry, *, by: User) -> Refusal | None:
    """A clinical lead who is neither the reviewer nor the proposer, for the newest proposal."""
    if objection := objection_without(by, Role.LEAD):
        return objection
    if entry.profile.reviewer.user_id == by.pk:
        return OwnProfile()
    if entry.proposed_by_id == by.pk:
        return OwnProposal()
    if entry.approved_by_id is not None or entry.profile.entries.first() != entry:
        return AlreadyApproved()
    return None


def objection_to_description(description: Description) -> Refusal | None:
    """The first thing that stands in the way of showing it."""
    return next((UnusableProfile(sentence) for sentence in _faults(description)), None)


def objection_to_away(away: Away) -> Refusal | None:
    """Both days or none, in their order."""
    if (away.first is None) != (away.last is None):
        return UnusableProfile("Give both days, or leave both empty.")
    if away.first is not None and away.last is not None and away.last < away.first:
        return UnusableProfile("The last day is before the first.")
    return None


def fault_of_lines(lines: tuple[str, ...]) -> str:
    """Why a list cannot be shown, or nothing."""
    if len(lines) > MOST_LINES:
        return f"These are {len(lines)} lines; at most {MOST_LINES} can be shown."
    return next((f"“{line[:40]}…” is longer than {LONGEST_ROLE} characters." for line in lines if _is_long(line)), "")


def fault_of_links(links: tuple[str, ...]) -> str:
    """Why an address cannot be linked to, or nothing."""
    if len(links) > MOST_LINES:
        return f"These are {len(links)} addresses; at most {MOST_LINES} can be shown."
    return next(
        (f"“{link[:80]}” is not an address that begins with https://" for link in links if not _opens(link)), ""
    )


def _is_long(line: str) -> bool:
    return len(line) > LONGEST_ROLE


def _opens(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    is_plain = link.isprintable() and not set(link) & set(" \"'<>\\`")
    return is_plain and len(link) <= LONGEST_ADDRESS and parts.scheme == "https" and "." in (parts.hostname or "")


def _faults(description: Description) -> Iterator[str]:
    texts = (
        description.role,
        description.post_nominals,
        description.biography,
        description.interests,
        *description.specialties,
    )
    for text in texts:
        try:
            refuse_unusable(text)
        except UnusableText as problem:
            yield str(problem)
    if not description.role.strip() or "\n" in description.role or _is_long(description.role):
        yield f"Say what you are, on one line of at most {LONGEST_ROLE} characters."
    if "\n" in description.post_nominals or len(description.post_nominals) > LONGEST_POST_NOMINALS:
        yield f"Write your post-nominals on one line of at most {LONGEST_POST_NOMINALS} characters."
    if max(len(description.biography), len(description.interests)) > LONGEST_TEXT:
        yield f"A text here is longer than {LONGEST_TEXT:,} characters."
    if fault := fault_of_lines(description.specialties) or fault_of_links(description.links):
        yield fault
