"""When an earlier text may be taken up again, in the same article or another."""

from collections.abc import Mapping

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.errors.cataloguing import Duplicate
from conditions.errors.reusing import NothingToCopy, NotItsText
from conditions.models import Article, Condition, Publication, Revision
from conditions.policies.drafting import objection_to_start
from conditions.policies.roles import objection_without
from conditions.vocabulary import EditionState
from organisations.regions import Region


def objection_to_restore(article: Article, texts: Mapping[Region, Revision], *, by: User) -> Refusal | None:
    """As for any start, and every text is one of the article's own for that region."""
    if objection := objection_to_start(article, by=by):
        return objection
    own = all(text.article_id == article.pk and text.region == region for region, text in texts.items())
    return None if own and texts else NotItsText()


def objection_to_copy(source: Article, *, by: User) -> Refusal | None:
    """An editor, and something was written."""
    if objection := objection_without(by, Role.EDITOR):
        return objection
    is_written = Publication.objects.filter(regional_article__article=source).exists()
    is_open = source.editions.exclude(state=EditionState.CLOSED).exists()
    return None if is_written or is_open else NothingToCopy()


def objection_to_duplicate(source: Article, condition: Condition, *, by: User) -> Refusal | None:
    """Also, the condition has no article."""
    if objection := objection_to_copy(source, by=by):
        return objection
    if Article.objects.filter(condition=condition).exists():
        return Duplicate(f"There is an article on {condition} already.")
    return None
