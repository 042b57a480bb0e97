"""What the database refuses about audit events: they are only ever added."""

from alsinfo.guards.engine import append_only

GUARDS = append_only("audit_auditevent", keys=[("sequence",), ("prev_hash",), ("hash",)])
