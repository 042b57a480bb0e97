"""How anybody is told anything: what, why, by when, one link on its own line."""

from django.conf import settings

from alsinfo.accounts.models import User
from alsinfo.outbox import post
from conditions.models import RegionalArticle, RegionalEdition, ReviewAssignment


def tell(person: User, subject: str, sentence: str, path: str, *, key: str = "") -> None:
    """Write to a person: a sentence or more, and a link on its own line."""
    post.send(person, subject, f"{sentence}\n\n{settings.SITE_URL}{path}\n", key=key)


def page_link(page: RegionalArticle) -> str:
    """The article in the admin."""
    return f"/admin/conditions/article/{page.article_id}/change/"


def row_link(row: RegionalEdition | None) -> str:
    """The edition in the admin, or the admin's home where there is none."""
    return f"/admin/conditions/edition/{row.edition_id}/change/" if row else "/admin/"


def assignment_link(assignment: ReviewAssignment) -> str:
    """The request in the admin."""
    return f"/admin/conditions/reviewassignment/{assignment.pk}/change/"


def in_words(day: object) -> str:
    """A day in words."""
    return f"{day:%-d %B %Y}"
