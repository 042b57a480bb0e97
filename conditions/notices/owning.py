"""What editors are told when an article changes hands."""

from alsinfo.accounts.models import User
from conditions.models import Article
from conditions.notices.audiences import STAFF, its_owner
from conditions.notices.telling import tell_daily


def handed_over(article: Article, before: User, *, by: User, note: str) -> None:
    """Tell who owns the article now and who did, but for the person who did it."""
    said = f" They write: {note}" if note else ""
    path = f"/admin/conditions/article/{article.pk}/change/"
    if article.owner_id != by.pk:
        tell_daily(
            article.owner,
            f"You look after this article now: {article}",
            f"{by} handed the article on {article} over to you; {before} looked after it before.{said}",
            path,
            about=its_owner(article),
        )
    if before.pk != by.pk:
        tell_daily(
            before,
            f"Handed over: {article}",
            f"{by} handed the article on {article} over to {article.owner}. You look after it no more.{said}",
            path,
            about=STAFF,
        )
