"""What the database refuses about people: they are kept, get roles from two persons, come by an invitation once."""

from alsinfo.guards.engine import Guard, Key, append_only, frozen_columns, never_deleted

GRANTS = "accounts_rolegrant"

GUARDS = [
    *never_deleted("accounts_user", keys=[("id",), Key(("username",), may_change=True)]),
    frozen_columns(
        "a_role_given_stays_with_its_person",
        GRANTS,
        ["user_id", "role", "granted_by_id", "granted_at"],
        "A role stays with the person it was given to.",
    ),
    frozen_columns(
        "a_confirmed_role_stays_confirmed",
        GRANTS,
        ["confirmed_by_id", "confirmed_at"],
        "Who confirmed a role stays in the record.",
        when="OLD.confirmed_at IS NOT NULL",
    ),
    Guard(
        name="a_role_is_confirmed_after_it_was_given",
        table=GRANTS,
        event="INSERT",
        refuse_when="NEW.granted_by_id IS NOT NULL AND NEW.confirmed_at IS NOT NULL",
        message="A role is confirmed after it was given.",
    ),
    Guard(
        name="only_an_administrator_confirms_a_role",
        table=GRANTS,
        event="UPDATE",
        refuse_when="""NEW.confirmed_by_id IS NOT NULL AND OLD.confirmed_by_id IS NULL AND NOT EXISTS
            (SELECT 1 FROM accounts_rolegrant g JOIN accounts_user u ON u.id = g.user_id
            WHERE g.user_id = NEW.confirmed_by_id AND g.role = 'administrator'
            AND g.confirmed_at IS NOT NULL AND u.is_active)""",
        message="Only an administrator confirms a role.",
    ),
    *append_only(
        "accounts_invitation",
        keys=[
            ("id",),
            ("digest",),
            Key(("user_id",), when="{row}.used_at IS NULL AND {row}.revoked_at IS NULL"),
        ],
        columns_that_may_change=["used_at", "revoked_at"],
    ),
    frozen_columns(
        "an_invitation_that_is_over_stays_so",
        "accounts_invitation",
        ["used_at", "revoked_at"],
        "An invitation that was used or revoked stays so.",
        when="OLD.used_at IS NOT NULL OR OLD.revoked_at IS NOT NULL",
    ),
]
