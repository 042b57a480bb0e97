"""What waits for a person: an app adds a line for each kind of work, the first page shows those with something."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from alsinfo.accounts.models import Role, User


@dataclass(frozen=True)
class Item:
    """One thing that waits, with a fact about it in a few words; `url` is "" where there is no page of it."""

    label: str
    url: str
    fact: str = ""


@dataclass(frozen=True)
class Waiting:
    """All that waits of one kind: how much, the first few, and the list of it; `url` comes after the admin's own, ""
    where there is no list.

    `tone` is "late", "soon" or "calm".
    """

    count: int
    url: str
    items: Sequence[Item] = ()
    tone: str = "calm"
    title: str = ""

    @property
    def heading(self) -> str:
        """The number and what it counts."""
        return f"{self.count:,} {self.title}"

    @property
    def rest(self) -> str:
        """How many are not shown; "" for none."""
        left = self.count - len(self.items)
        return f"{left:,}" if left and self.items else ""


@dataclass(frozen=True)
class Line:
    """A kind of work for people with one of the roles; `title` follows the number, `of_one` where that is 1.

    `find` is asked once, in a number of queries that does not grow with what there is.
    """

    title: str
    readers: tuple[Role, ...]
    place: int
    find: Callable[[User], Waiting]
    of_one: str = ""

    def found_for(self, user: User) -> Waiting:
        """What waits for a person, with its title."""
        found = self.find(user)
        return replace(found, title=(self.of_one or self.title) if found.count == 1 else self.title)
