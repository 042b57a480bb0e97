"""What the database refuses of organisations: readers see an entry two persons stand behind."""

from alsinfo.guards.engine import Guard, Key, append_only, frozen_columns, never_deleted

GUARDS = [
    *never_deleted("organisations_organisation", keys=[("id",), ("uuid",), Key(("slug",), may_change=True)]),
    frozen_columns(
        "an_organisation_keeps_its_identity",
        "organisations_organisation",
        ["uuid"],
        "An organisation keeps its identity.",
    ),
    Guard(
        name="an_organisation_shows_an_approved_entry",
        table="organisations_organisation",
        event="UPDATE",
        refuse_when="""NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organisations_entry e
            WHERE e.id = NEW.entry_id AND e.organisation_id = NEW.id AND e.approved_by_id IS NOT NULL)""",
        message="Readers see an entry only once a second person approved it.",
    ),
    Guard(
        name="an_organisation_begins_without_an_entry",
        table="organisations_organisation",
        event="INSERT",
        refuse_when="NEW.entry_id IS NOT NULL",
        message="An organisation begins without an approved entry.",
    ),
    *append_only(
        "organisations_entry",
        keys=[("id",), ("organisation_id", "number")],
        columns_that_may_change=["approved_by_id", "approved_at", "details_checked_on"],
    ),
    Guard(
        name="an_entry_is_approved_after_it_was_proposed",
        table="organisations_entry",
        event="INSERT",
        refuse_when="NEW.approved_by_id IS NOT NULL",
        message="An entry is approved after it was proposed.",
    ),
    frozen_columns(
        "an_approved_entry_stays_approved",
        "organisations_entry",
        ["approved_by_id", "approved_at"],
        "Who approved an entry stays in the record.",
        when="OLD.approved_by_id IS NOT NULL",
    ),
]
