"""How anybody is told anything: what, why, by when, one link on its own line; at once or in the daily digest."""

from django.conf import settings

from alsinfo.accounts.models import User
from alsinfo.outbox import post
from conditions.models import RegionalArticle, RegionalEdition, ReviewAssignment
from conditions.notices import audiences


def tell(
    person: User, subject: str, sentence: str, path: str, *, key: str = "", about: str = audiences.ANYBODY_HERE
) -> None:
    """Write to a person at once: a sentence or more, and a link on its own line; `about` says who may read it."""
    post.notify(person, subject, _with_link(sentence, path), about=about, key=key)


def tell_secret(person: User, subject: str, sentence: str, path: str, *, about: str) -> None:
    """As `tell`, with a link that opens something by itself, so that no text is kept."""
    post.send(person, subject, _with_link(sentence, path), about=about)


def tell_daily(person: User, subject: str, sentence: str, path: str, *, about: str, key: str = "") -> None:
    """As `tell`, in the person's next digest, since it can wait."""
    post.collect(person, subject, _with_link(sentence, path), about=about, key=key)


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


def _with_link(sentence: str, path: str) -> str:
    return f"{sentence}\n\n{settings.SITE_URL}{path}\n"
