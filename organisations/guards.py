"""What the database refuses of organisations: readers see an entry two persons stand behind."""

from alsinfo.guards.engine import Guard, Key, append_only, frozen_columns, never_deleted
from alsinfo.guards.guard import NOT_INSTALLED

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
        columns_that_may_change=["approved_by_id", "approved_at"],
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
    Guard(
        name="an_organisation_names_its_own_check",
        table="organisations_organisation",
        event="UPDATE",
        refuse_when="""NEW.details_check_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organisations_detailscheck c
            WHERE c.id = NEW.details_check_id AND c.organisation_id = NEW.id)""",
        message="The check of an organisation’s details is of that organisation.",
    ),
    *append_only("organisations_detailscheck", keys=[("id",)]),
    *append_only("organisations_logo", keys=[("digest",)]),
    Guard(
        name="a_logo_is_kept_under_its_digest",
        table="organisations_logo",
        event="INSERT",
        refuse_when="NEW.digest IS DISTINCT FROM encode(sha256(NEW.body), 'hex')",
        sqlite=NOT_INSTALLED,  # which has no digest of bytes; there a logo is checked when it is served
        message="A logo is kept under the digest of its bytes.",
    ),
    *append_only(
        "organisations_hiding",
        keys=[("id",), Key(("organisation_id", "kind", "value"), when="{row}.ended_at IS NULL")],
        columns_that_may_change=["ended_by_id", "ended_at"],
    ),
    Guard(
        name="a_contact_is_hidden_before_it_is_shown_again",
        table="organisations_hiding",
        event="INSERT",
        refuse_when="NEW.ended_at IS NOT NULL",
        message="A contact is hidden before it is shown again.",
    ),
    frozen_columns(
        "a_contact_shown_again_stays_so_in_the_record",
        "organisations_hiding",
        ["ended_by_id", "ended_at"],
        "Who showed a contact again stays in the record.",
        when="OLD.ended_at IS NOT NULL",
    ),
    *append_only(
        "organisations_entrylink",
        keys=[("id",), ("token_hash",)],
        columns_that_may_change=["revoked_by_id", "revoked_at"],
    ),
    frozen_columns(
        "a_revoked_link_to_an_entry_stays_revoked",
        "organisations_entrylink",
        ["revoked_by_id", "revoked_at"],
        "Who revoked a link stays in the record; send another one.",
        when="OLD.revoked_at IS NOT NULL",
    ),
    *append_only("organisations_reply", keys=[("id",), ("link_id", "number")]),
    Guard(
        name="a_reply_comes_through_a_link_that_works",
        table="organisations_reply",
        event="INSERT",
        refuse_when="""EXISTS (SELECT 1 FROM organisations_entrylink l
            WHERE l.id = NEW.link_id AND (l.revoked_at IS NOT NULL OR l.expires_at <= NEW.replied_at))""",
        message="This link works no longer.",
    ),
    Guard(
        name="a_reply_is_about_the_links_own_organisation",
        table="organisations_reply",
        event="INSERT",
        refuse_when="""NEW.entry_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM organisations_entrylink l JOIN organisations_entry e ON e.organisation_id = l.organisation_id
            WHERE l.id = NEW.link_id AND e.id = NEW.entry_id)""",
        message="A reply is about the organisation that was asked.",
    ),
]
