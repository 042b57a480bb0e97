"""Who may hand an article over, put it into the archive and take it out."""

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from conditions.errors.owning import AlreadyOwner, Archived, NotAnEditor, NotArchived, StillNeeded
from conditions.models import Article
from conditions.policies.roles import objection_without
from conditions.vocabulary import EditionState, PageState


def objection_to_hand_any_over(*, by: User) -> Refusal | None:
    """Editors and leads hand articles over, also those of somebody who left."""
    return objection_without(by, Role.EDITOR, Role.LEAD)


def objection_to_hand_over(article: Article, to: User, *, by: User) -> Refusal | None:
    """To an editor who does not own it yet."""
    if objection := objection_to_hand_any_over(by=by):
        return objection
    if article.owner_id == to.pk:
        return AlreadyOwner()
    return None if holds(to, Role.EDITOR) else NotAnEditor()


def objection_to_archive(article: Article, *, by: User) -> Refusal | None:
    """An editor or publisher, once nobody writes the article and no reader gets it."""
    if objection := objection_without(by, Role.EDITOR, Role.PUBLISHER):
        return objection
    if article.archived_at is not None:
        return Archived("This article is archived already.")
    if article.editions.exclude(state=EditionState.CLOSED).exists():
        return StillNeeded("An edition of this article is open. Finish or discard it first.")
    if article.regional_articles.filter(state__in=(PageState.LIVE, PageState.SUSPENDED)).exists():
        return StillNeeded("A page of this article is public or taken down for now. It has to be withdrawn first.")
    return None


def objection_to_unarchive(article: Article, *, by: User) -> Refusal | None:
    """An editor or publisher, when it is archived."""
    if objection := objection_without(by, Role.EDITOR, Role.PUBLISHER):
        return objection
    return NotArchived() if article.archived_at is None else None
