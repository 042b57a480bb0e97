"""Who may read a notice when it is sent: who holds the role still, is asked still, looks after the article still."""

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.outbox.audiences import audience, of_roles
from conditions.models import Article, Reading, ReviewAssignment
from conditions.vocabulary import OPEN_ASSIGNMENTS, OPEN_READINGS

STAFF = of_roles(Role.EDITOR, Role.PUBLISHER, Role.LEAD)
LEADS = of_roles(Role.LEAD)
PUBLISHERS = of_roles(Role.PUBLISHER)
GUARDIANS = of_roles(Role.PUBLISHER, Role.LEAD)
REVIEWERS = of_roles(Role.REVIEWER)
ANYBODY_HERE = of_roles(*Role)

ASKED = "You get this because you are asked to review this text."
READS = "You get this because you are asked to read this draft."
OWNS = "You get this because you look after this article."


def its_reviewer(assignment: ReviewAssignment) -> str:
    """The reviewer who was asked, whatever became of it."""
    return f"review:{assignment.pk}"


def awaited_reviewer(assignment: ReviewAssignment) -> str:
    """The reviewer, as long as something is asked of them."""
    return f"open-review:{assignment.pk}"


def its_reader(reading: Reading) -> str:
    """Who was asked to read a draft, whatever became of it."""
    return f"reading:{reading.pk}"


def awaited_reader(reading: Reading) -> str:
    """Who was asked to read a draft, as long as it is open."""
    return f"open-reading:{reading.pk}"


def its_owner(article: Article) -> str:
    """Who looks after the article."""
    return f"owner:{article.pk}"


@audience("review")
def _reviewer(person: User, key: str) -> str:
    asked = ReviewAssignment.objects.filter(pk=int(key), reviewer__user=person)
    return ASKED if asked.exists() and holds(person, Role.REVIEWER) else ""


@audience("open-review")
def _awaited_reviewer(person: User, key: str) -> str:
    is_open = ReviewAssignment.objects.filter(pk=int(key), state__in=OPEN_ASSIGNMENTS).exists()
    return _reviewer(person, key) if is_open else ""


@audience("reading")
def _reader(person: User, key: str) -> str:
    asked = Reading.objects.filter(pk=int(key), reader=person)
    return READS if asked.exists() and holds(person, Role.DRAFT_READER) else ""


@audience("open-reading")
def _awaited_reader(person: User, key: str) -> str:
    is_open = Reading.objects.filter(pk=int(key), state__in=OPEN_READINGS).exists()
    return _reader(person, key) if is_open else ""


@audience("owner")
def _owner(person: User, key: str) -> str:
    is_owner = Article.objects.filter(pk=int(key), owner=person).exists()
    return OWNS if is_owner and any(holds(person, role) for role in (Role.EDITOR, Role.PUBLISHER, Role.LEAD)) else ""
