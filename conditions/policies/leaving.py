"""Who may take over the articles of somebody who leaves."""

from django.db.models import QuerySet

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from alsinfo.refusals import Refusal
from conditions.errors.leaving import NoSuccessor
from conditions.models import Article


def successors(user: User) -> QuerySet[User]:
    """The editors and publishers who stay."""
    return (holders(Role.EDITOR) | holders(Role.PUBLISHER)).exclude(pk=user.pk).distinct()


def objection_to_successor(user: User, successor: User | None) -> Refusal | None:
    """Articles need an owner who works on them; who owns none needs no successor."""
    if not Article.objects.filter(owner=user).exists():
        return None
    is_able = successor is not None and successors(user).filter(pk=successor.pk).exists()
    return None if is_able else NoSuccessor()
