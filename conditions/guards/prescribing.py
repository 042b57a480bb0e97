"""Medicines keep their identity; what was decided about them is added to, never rewritten."""

from alsinfo.guards.engine import Key, append_only, frozen_columns, never_deleted

GUARDS = [
    *never_deleted("conditions_medicine", keys=[("id",), ("uuid",), Key(("name",), may_change=True)]),
    frozen_columns("a_medicine_keeps_its_identity", "conditions_medicine", ["uuid"], "A medicine keeps its identity."),
    *append_only("conditions_licencestatus", keys=[("id",)]),
    *append_only("conditions_fundingdecision", keys=[("id",)]),
]
