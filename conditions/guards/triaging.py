"""What a reader said stays as it was said or is blanked; it takes the steps of its machine."""

from alsinfo.guards.engine import Guard, allowed_steps, append_only, frozen_columns
from conditions.guards.steps import FEEDBACK_BEGINS, FEEDBACK_STEPS

TABLE = "conditions_feedback"

ON_A_PAGE_OF_ANOTHER_REGION = """NEW.publication_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM conditions_publication p JOIN conditions_regionalarticle r ON r.id = p.regional_article_id
    WHERE p.id = NEW.publication_id AND r.region = NEW.region)"""

FIXED_IN_ANOTHER_ARTICLE = """NEW.fixed_in_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM conditions_publication p JOIN conditions_regionalarticle r ON r.id = p.regional_article_id
    JOIN conditions_edition e ON e.article_id = r.article_id
    WHERE p.id = NEW.publication_id AND e.id = NEW.fixed_in_id)"""

GUARDS = [
    *append_only(
        TABLE,
        keys=[("id",)],
        columns_that_may_change=[
            "state",
            "taken_by_id",
            "note",
            "outcome",
            "fixed_in_id",
            "closed_at",
            "harm_confirmed_by_id",
            "harm_confirmed_at",
            "words",
            "blanked_at",
            "lock_version",
        ],
    ),
    *allowed_steps(TABLE, "state", FEEDBACK_STEPS, initial=FEEDBACK_BEGINS),
    Guard(
        name="feedback_is_on_a_page_of_its_region",
        table=TABLE,
        event="INSERT",
        refuse_when=ON_A_PAGE_OF_ANOTHER_REGION,
        message="Feedback is on a page of the reader’s own region.",
    ),
    Guard(
        name="a_readers_words_are_only_blanked",
        table=TABLE,
        event="UPDATE",
        refuse_when="NEW.words IS DISTINCT FROM OLD.words AND (NEW.words <> '' OR NEW.blanked_at IS NULL)",
        message="A reader’s words stay as they were sent, or are blanked.",
    ),
    frozen_columns(
        "blanked_feedback_stays_blanked",
        TABLE,
        ["blanked_at"],
        "Blanked words stay so.",
        when="OLD.blanked_at IS NOT NULL",
    ),
    frozen_columns(
        "a_confirmed_harm_stays_confirmed",
        TABLE,
        ["harm_confirmed_by_id", "harm_confirmed_at"],
        "That something could harm somebody stays confirmed.",
        when="OLD.harm_confirmed_at IS NOT NULL",
    ),
    Guard(
        name="feedback_is_fixed_in_its_own_article",
        table=TABLE,
        event="UPDATE",
        refuse_when=FIXED_IN_ANOTHER_ARTICLE,
        message="What a reader said of a page is put right in an edition of that page’s article.",
    ),
]
