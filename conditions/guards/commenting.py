"""A remark stays as it was made, and an open “must” stands in the way of its author's signature."""

from alsinfo.guards.engine import Guard, allowed_steps, append_only
from conditions.guards.steps import COMMENT_STEPS

OPEN_MUST = """EXISTS (SELECT 1 FROM conditions_reviewcomment c
    JOIN conditions_reviewer r ON r.user_id = c.author_id
    JOIN conditions_regionalarticle p ON p.article_id = c.article_id
    WHERE r.id = NEW.reviewer_id AND p.id = NEW.regional_article_id
    AND (c.regions = 'GB,US' OR c.regions = p.region)
    AND c.weight = 'must' AND c.state <> 'resolved')"""

ON_ANOTHER_TEXT = """NOT EXISTS (SELECT 1 FROM conditions_revision v
    WHERE v.digest = NEW.revision_id AND v.article_id = NEW.article_id
    AND (NEW.regions = 'GB,US' OR NEW.regions = v.region))"""

BY_SOMEBODY_ELSE = """NEW.assignment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conditions_reviewassignment a
    JOIN conditions_reviewer r ON r.id = a.reviewer_id
    WHERE a.id = NEW.assignment_id AND r.user_id = NEW.author_id AND a.revision_id = NEW.revision_id)"""

BY_ANOTHER_READER = """NEW.reading_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conditions_reading r
    WHERE r.id = NEW.reading_id AND r.reader_id = NEW.author_id AND r.revision_id = NEW.revision_id
    AND r.state = 'accepted')"""

GUARDS = [
    *append_only(
        "conditions_reviewcomment",
        keys=[("id",)],
        columns_that_may_change=["state", "settled_by_id", "settled_in_id", "lock_version"],
    ),
    *allowed_steps("conditions_reviewcomment", "state", COMMENT_STEPS, initial=["open"]),
    Guard(
        name="a_remark_is_on_a_text_of_its_article",
        table="conditions_reviewcomment",
        event="INSERT",
        refuse_when=ON_ANOTHER_TEXT,
        message="A remark is on a text of its own article and region.",
    ),
    Guard(
        name="a_remark_is_made_by_who_was_asked",
        table="conditions_reviewcomment",
        event="INSERT",
        refuse_when=BY_SOMEBODY_ELSE,
        message="A remark is made by the person who was asked to read the text.",
    ),
    Guard(
        name="a_readers_remark_is_made_while_they_read",
        table="conditions_reviewcomment",
        event="INSERT",
        refuse_when=BY_ANOTHER_READER,
        message="A remark is made by the person who accepted to read the text.",
    ),
    *append_only("conditions_commentreply", keys=[("id",)]),
    Guard(
        name="an_open_must_stands_in_the_way_of_signing",
        table="conditions_signoff",
        event="INSERT",
        refuse_when=OPEN_MUST,
        message="A remark of yours that must be met is not settled yet, so this text cannot be signed.",
    ),
]
