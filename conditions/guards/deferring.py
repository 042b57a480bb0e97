"""A deferral is of the last review of its page."""

from alsinfo.guards.engine import Guard, append_only
from conditions.guards.signing import LOCK_THE_PAGE

TABLE = "conditions_deferral"

GUARDS = [
    *append_only(TABLE, keys=[("id",), ("regional_article_id", "reviewed_on", "number")]),
    Guard(
        name="a_deferral_is_of_the_last_review",
        table=TABLE,
        event="INSERT",
        locks=LOCK_THE_PAGE,
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_regionalarticle p WHERE p.id = NEW.regional_article_id
            AND p.state IN ('live', 'suspended') AND p.last_reviewed_on = NEW.reviewed_on)""",
        message="What is deferred is the review after the last one.",
    ),
]
