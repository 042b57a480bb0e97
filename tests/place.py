"""Where the record of a test stands."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model

from alsinfo.accounts.models import User
from conditions.models import (
    Article,
    Edition,
    Reading,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Reviewer,
    SignOff,
)
from tests import world as w
from tests.world import GB, World

Row = TypeVar("Row", bound=Model)
WHY = "For a reason that is kept."


@dataclass
class Place:
    """Where the record stands: what the next action is about, all in the UK."""

    world: World
    third: Reviewer
    article: Article
    edition: Edition | None = None
    row: RegionalEdition | None = None
    assignment: ReviewAssignment | None = None
    signature: SignOff | None = None
    reading: Reading | None = None
    elsewhere: RegionalArticle | None = None

    @property
    def page(self) -> RegionalArticle:
        """The article's UK page as it is now."""
        return w.page(self.article, GB)

    def person(self, role: str) -> User:
        """Who stands for a role of `tests.machines.ROLES`."""
        people = {"assigned reviewer": self.world.uk.user, "other reviewer": self.world.other_uk.user}
        person: User = people.get(role) or getattr(self.world, role.replace(" ", "_"))
        return person


def now(row: Row | None) -> Row:
    """The row as it is now."""
    assert row is not None
    return type(row)._base_manager.get(pk=row.pk)
