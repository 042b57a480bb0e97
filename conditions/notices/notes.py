"""Tell people that they were mentioned."""

from collections.abc import Iterable

from alsinfo.accounts.models import User
from conditions.models import Edition, Note
from conditions.notices.audiences import STAFF
from conditions.notices.telling import tell_daily


def mentioned(people: Iterable[User], note: Note, edition: Edition, *, by: User) -> None:
    """Tell each but the writer where they were mentioned; what was said stays inside."""
    for person in people:
        if person.pk != by.pk:
            tell_daily(
                person,
                f"{by} mentions you in a note: {edition.article}",
                f"{by} mentions you in a note on {edition}. What it says is for those who may read the text, "
                "so it is not in this mail.",
                f"/admin/conditions/edition/{edition.pk}/notes/#note-{note.pk}",
                about=STAFF,
            )
