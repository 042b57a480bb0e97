"""Who may have review dates in a calendar program: whoever works on articles, as long as they do."""

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.policies.roles import objection_without

READERS = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)


def objection_to_calendar(*, by: User) -> Refusal | None:
    """An editor, publisher or lead."""
    return objection_without(by, *READERS)
