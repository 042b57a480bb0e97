"""What the database refuses about people: they are deactivated, never deleted."""

from alsinfo.guards.engine import Key, never_deleted

GUARDS = never_deleted("accounts_user", keys=[("id",), Key(("username",), may_change=True)])
