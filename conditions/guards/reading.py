"""A text is read while it is in review, by somebody who wrote nothing of it, and a reading keeps its text."""

from alsinfo.guards.engine import Guard, Key, allowed_steps, frozen_columns, never_deleted
from conditions.guards.steps import READING_STEPS

TABLE = "conditions_reading"

GUARDS = [
    *never_deleted(
        TABLE,
        keys=[
            ("id",),
            Key(("regional_edition_id", "reader_id"), when="{row}.state IN ('invited', 'accepted')"),
        ],
    ),
    *allowed_steps(TABLE, "state", READING_STEPS, initial=["invited"]),
    frozen_columns(
        "a_reading_keeps_its_text_and_reader",
        TABLE,
        ["regional_edition_id", "revision_id", "reader_id", "invited_by_id", "invited_at"],
        "A reading is by one reader of one text; ask again for another.",
    ),
    frozen_columns(
        "a_completed_reading_stays_as_it_was",
        TABLE,
        ["completed_at", "due_on", "reason"],
        "What was read, and when, stays in the record.",
        when="OLD.state = 'completed'",
    ),
    Guard(
        name="a_reading_is_of_the_text_in_review",
        table=TABLE,
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_regionaledition r
            WHERE r.id = NEW.regional_edition_id AND r.revision_id = NEW.revision_id
            AND r.state IN ('in_review', 'cleared'))""",
        message="Readers are asked for the text that is in review.",
    ),
    Guard(
        name="nobody_counts_as_a_reader_of_their_own_work",
        table=TABLE,
        event="INSERT",
        refuse_when="""EXISTS (SELECT 1 FROM conditions_regionaledition r
            JOIN conditions_edition e ON e.id = r.edition_id
            JOIN conditions_contribution c ON c.article_id = e.article_id
            WHERE r.id = NEW.regional_edition_id AND c.user_id = NEW.reader_id)""",
        message="Who wrote parts of an article does not count as one of its readers.",
    ),
]
