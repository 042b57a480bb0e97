"""Say who looks after an article, and put away what nobody writes any more."""

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions import notices
from conditions.models import Article
from conditions.policies import owning as policies


@action
def hand_over(article: Article, to: User, *, by: User, note: str = "") -> Article:
    """Another editor owns the article from now on; both are told, with the note."""
    article = lock(article)
    insist(policies.objection_to_hand_over(article, to, by=by))
    before = article.owner
    swap(article, owner=to)
    notices.handed_over(article, before, by=by, note=note.strip())
    record("hand_over", article, by=by, reason=note.strip(), before=str(before), after=str(to))
    return article


@action
def archive(article: Article, *, by: User) -> Article:
    """Put the article away: it is in no list, and no edition of it can be started."""
    article = lock(article)
    insist(policies.objection_to_archive(article, by=by))
    swap(article, archived_at=clock_now())
    record("archive", article, by=by, after="archived")
    return article


@action
def unarchive(article: Article, *, by: User) -> Article:
    """Take the article out of the archive."""
    article = lock(article)
    insist(policies.objection_to_unarchive(article, by=by))
    swap(article, archived_at=None)
    record("unarchive", article, by=by, before="archived")
    return article
