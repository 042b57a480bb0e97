"""A review is asked for one text of one page, and begins with a settled declaration."""

from alsinfo.guards.engine import Guard, Key, allowed_steps, append_only, frozen_columns, never_deleted
from conditions.vocabulary import ASSIGNMENT_STEPS

IS_OPEN = "{row}.state IN ('invited', 'interest_pending', 'accepted')"

ACCEPTED_WITHOUT_DECLARATION = """NEW.state = 'accepted' AND OLD.state <> 'accepted'
    AND NOT EXISTS (SELECT 1 FROM conditions_declaration d WHERE d.assignment_id = NEW.id
        AND (NOT d.has_interest OR d.cleared_by_id IS NOT NULL))"""

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
    frozen_columns(
        "a_cleared_interest_stays_cleared",
        "conditions_declaration",
        ["cleared_by_id", "cleared_at"],
        "Who cleared an interest stays in the record.",
        when="OLD.cleared_by_id IS NOT NULL",
    ),
]
