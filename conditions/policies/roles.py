"""Who may do what by role; the rule every other rule begins with."""

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from conditions.errors.cataloguing import MissingRole


def objection_without(user: User, *roles: Role) -> Refusal | None:
    """None if the person holds one of the roles, else a refusal that names them."""
    if any(holds(user, role) for role in roles):
        return None
    names = " or ".join(role.label.lower() for role in roles)
    return MissingRole(f"Only a person with the role of {names} can do this.")
