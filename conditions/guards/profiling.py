"""What the database refuses of reviewers' profiles: approved by somebody else, at an address that stays."""

from alsinfo.guards.engine import Guard, append_only, frozen_columns, never_deleted
from alsinfo.guards.guard import NOT_INSTALLED

GUARDS = [
    *never_deleted("conditions_profile", keys=[("id",), ("reviewer_id",)]),
    frozen_columns(
        "a_profile_stays_with_its_reviewer",
        "conditions_profile",
        ["reviewer_id"],
        "A profile stays with its reviewer.",
    ),
    Guard(
        name="a_profile_shows_an_approved_entry",
        table="conditions_profile",
        event="UPDATE",
        refuse_when="""NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conditions_profileentry e
            WHERE e.id = NEW.entry_id AND e.profile_id = NEW.id AND e.approved_by_id IS NOT NULL)""",
        message="Readers see what a reviewer wrote only once a clinical lead approved it.",
    ),
    Guard(
        name="a_profile_begins_without_an_entry",
        table="conditions_profile",
        event="INSERT",
        refuse_when="NEW.entry_id IS NOT NULL",
        message="A profile begins without an approved entry.",
    ),
    *append_only(
        "conditions_profileentry",
        keys=[("id",), ("profile_id", "number")],
        columns_that_may_change=["approved_by_id", "approved_at", "body", "photograph_id"],
    ),
    frozen_columns(
        "a_profile_entry_is_erased_with_its_account",
        "conditions_profileentry",
        ["body", "photograph_id"],
        "What a reviewer wrote stays as it is, until the data of their closed account are erased.",
        when="""NEW.body <> '' OR NEW.photograph_id IS NOT NULL OR EXISTS (SELECT 1 FROM conditions_profile p
            JOIN conditions_reviewer r ON r.id = p.reviewer_id JOIN accounts_user u ON u.id = r.user_id
            WHERE p.id = OLD.profile_id AND u.is_active)""",
    ),
    frozen_columns(
        "a_photograph_is_never_changed",
        "conditions_photograph",
        ["digest", "body", "width", "height"],
        "A photograph is never changed.",
    ),
    Guard(
        name="a_photograph_is_never_replaced",
        table="conditions_photograph",
        event="INSERT",
        refuse_when="EXISTS (SELECT 1 FROM conditions_photograph AS kept WHERE kept.digest = NEW.digest)",
        message="This photograph is there already.",
        postgresql=NOT_INSTALLED,
    ),
    Guard(
        name="a_profile_is_approved_after_it_was_proposed",
        table="conditions_profileentry",
        event="INSERT",
        refuse_when="NEW.approved_by_id IS NOT NULL",
        message="A profile is approved after it was proposed.",
    ),
    Guard(
        name="nobody_approves_their_own_profile",
        table="conditions_profileentry",
        event="UPDATE",
        refuse_when="""NEW.approved_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM conditions_profile p
            JOIN conditions_reviewer r ON r.id = p.reviewer_id
            WHERE p.id = NEW.profile_id AND r.user_id = NEW.approved_by_id)""",
        message="Nobody approves their own profile.",
    ),
    frozen_columns(
        "an_approved_profile_stays_approved",
        "conditions_profileentry",
        ["approved_by_id", "approved_at"],
        "Who approved a profile stays in the record.",
        when="OLD.approved_by_id IS NOT NULL",
    ),
    frozen_columns(
        "who_signed_keeps_their_address",
        "conditions_reviewer",
        ["slug"],
        "Published pages link to this reviewer’s page, so its address stays as it is.",
        when="EXISTS (SELECT 1 FROM conditions_signoff s WHERE s.reviewer_id = OLD.id)",
    ),
]
