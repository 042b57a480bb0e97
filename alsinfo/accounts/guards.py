"""What the database refuses about people: they are deactivated, never deleted."""

from alsinfo.guards.engine import never_deleted

GUARDS = never_deleted("accounts_user", keys=[("id",), ("username",)])
