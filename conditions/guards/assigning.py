"""A review is asked for one text of one page, and begins with a settled declaration."""

from alsinfo.guards.engine import Guard, Key, allowed_steps, append_only, frozen_columns, never_deleted
from conditions.guards.steps import ASSIGNMENT_STEPS

IS_OPEN = "{row}.state IN ('invited', 'interest_pending', 'accepted')"

ACCEPTED_WITHOUT_DECLARATION = """NEW.state = 'accepted' AND OLD.state <> 'accepted'
    AND NOT EXISTS (SELECT 1 FROM conditions_declaration d WHERE d.assignment_id = NEW.id
        AND (NOT d.has_interest OR d.cleared_by_id IS NOT NULL))"""

MOVED = "NEW.due_on IS DISTINCT FROM OLD.due_on"

CLEARED_BY_THE_REVIEWER = """NEW.cleared_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM conditions_reviewassignment a
    JOIN conditions_reviewer r ON r.id = a.reviewer_id
    WHERE a.id = NEW.assignment_id AND r.user_id = NEW.cleared_by_id)"""

GUARDS = [
    *never_deleted(
        "conditions_reviewassignment",
        keys=[
            ("id",),
            Key(("regional_edition_id", "reviewer_id"), when=IS_OPEN),
            Key(("regional_article_id", "reviewer_id"), when=f"{IS_OPEN} AND {{row}}.regional_edition_id IS NULL"),
        ],
    ),
    *allowed_steps("conditions_reviewassignment", "state", ASSIGNMENT_STEPS, initial=["invited"]),
    frozen_columns(
        "an_assignment_keeps_its_text_and_reviewer",
        "conditions_reviewassignment",
        ["regional_article_id", "regional_edition_id", "revision_id", "reviewer_id", "invited_by_id"],
        "An assignment is for one reviewer and one text; ask again for another.",
    ),
    Guard(
        name="an_assignment_is_for_a_text_of_its_own_page",
        table="conditions_reviewassignment",
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_revision v
            JOIN conditions_regionalarticle p ON p.article_id = v.article_id AND p.region = v.region
            WHERE v.digest = NEW.revision_id AND p.id = NEW.regional_article_id)""",
        message="A review is asked for a text of its own page.",
    ),
    Guard(
        name="an_assignment_is_for_the_text_in_review",
        table="conditions_reviewassignment",
        event="INSERT",
        refuse_when="""NEW.regional_edition_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conditions_regionaledition r
            JOIN conditions_edition e ON e.id = r.edition_id
            JOIN conditions_regionalarticle p ON p.article_id = e.article_id AND p.region = r.region
            WHERE r.id = NEW.regional_edition_id AND r.revision_id = NEW.revision_id
            AND r.state IN ('in_review', 'cleared') AND p.id = NEW.regional_article_id)""",
        message="A review is asked for the text that is in review.",
    ),
    Guard(
        name="a_review_begins_with_a_settled_declaration",
        table="conditions_reviewassignment",
        event="UPDATE",
        refuse_when=ACCEPTED_WITHOUT_DECLARATION,
        message="A review begins once competing interests were stated and settled.",
    ),
    Guard(
        name="a_review_begins_with_its_first_date",
        table="conditions_reviewassignment",
        event="INSERT",
        refuse_when="NEW.first_due_on IS NOT NULL",
        message="Another date is proposed after the review was accepted.",
    ),
    Guard(
        name="a_date_that_moves_keeps_the_first",
        table="conditions_reviewassignment",
        event="UPDATE",
        refuse_when=f"""({MOVED} OR NEW.first_due_on IS DISTINCT FROM OLD.first_due_on)
            AND NEW.first_due_on IS DISTINCT FROM COALESCE(OLD.first_due_on, OLD.due_on)""",
        message="The date first agreed stays in the record.",
    ),
    Guard(
        name="a_date_moves_once",
        table="conditions_reviewassignment",
        event="UPDATE",
        refuse_when=f"OLD.first_due_on IS NOT NULL AND {MOVED}",
        message="Another date can be proposed once.",
    ),
    Guard(
        name="a_date_moves_while_the_review_goes_on",
        table="conditions_reviewassignment",
        event="UPDATE",
        refuse_when=f"{MOVED} AND (OLD.state <> 'accepted' OR NEW.state <> 'accepted')",
        message="Another date can be proposed once a review was accepted, and until it ends.",
    ),
    Guard(
        name="a_date_moves_by_two_weeks_at_most",
        table="conditions_reviewassignment",
        event="UPDATE",
        refuse_when="",
        sqlite=f"{MOVED} AND (NEW.due_on < OLD.due_on OR NEW.due_on > date(OLD.due_on, '+14 days'))",
        postgresql=f"{MOVED} AND (NEW.due_on < OLD.due_on OR NEW.due_on > OLD.due_on + 14)",
        message="A review can be put off by 14 days at most.",
    ),
    frozen_columns(
        "what_was_answered_stays_as_it_was_written",
        "conditions_reviewassignment",
        ["reason", "suggestion", "asked_for_changes", "was_cut_short", "answered_at"],
        "What a reviewer answered stays in the record as it was written.",
        when="OLD.state NOT IN ('invited', 'interest_pending', 'accepted')",
    ),
    *append_only(
        "conditions_declaration",
        keys=[("id",), ("assignment_id",)],
        columns_that_may_change=["cleared_by_id", "cleared_at"],
    ),
    Guard(
        name="an_interest_is_cleared_after_it_was_declared",
        table="conditions_declaration",
        event="INSERT",
        refuse_when="NEW.cleared_by_id IS NOT NULL",
        message="An interest is cleared after it was declared.",
    ),
    Guard(
        name="nobody_clears_their_own_interest",
        table="conditions_declaration",
        event="UPDATE",
        refuse_when=CLEARED_BY_THE_REVIEWER,
        message="Nobody can clear their own declared interest.",
    ),
    *append_only("conditions_invitationlink", keys=[("id",), ("token_hash",)]),
    frozen_columns(
        "a_cleared_interest_stays_cleared",
        "conditions_declaration",
        ["cleared_by_id", "cleared_at"],
        "Who cleared an interest stays in the record.",
        when="OLD.cleared_by_id IS NOT NULL",
    ),
]
