"""What must be true of a page's public state; a suspension holds until another person lifts it."""

from alsinfo.guards.engine import Guard, allowed_steps, append_only, frozen_columns, never_deleted
from conditions.guards.signing import LOCK_THE_PAGE
from conditions.guards.steps import PAGE_STEPS

TABLE = "conditions_regionalarticle"
OPEN_SUSPENSION = """EXISTS (SELECT 1 FROM conditions_suspension d WHERE d.regional_article_id = NEW.id
    AND NOT EXISTS (SELECT 1 FROM conditions_lift l WHERE l.suspension_id = d.id))"""
REVIEWED_OTHERWISE = """(NEW.last_reviewed_on IS DISTINCT FROM OLD.last_reviewed_on
        OR NEW.next_review_due_on IS DISTINCT FROM OLD.next_review_due_on)
    AND NOT EXISTS (SELECT 1 FROM conditions_signoff s JOIN conditions_article a ON a.id = NEW.article_id
        WHERE s.regional_article_id = NEW.id AND s.scope = 'whole-page' AND s.signed_on = NEW.last_reviewed_on
        AND NEW.next_review_due_on <= {latest})"""
LOCK_THE_SUSPENDED_PAGE = """SELECT 1 FROM conditions_regionalarticle WHERE id =
    (SELECT d.regional_article_id FROM conditions_suspension d WHERE d.id = NEW.suspension_id) FOR NO KEY UPDATE"""

GUARDS = [
    *never_deleted(TABLE, keys=[("id",), ("article_id", "region")]),
    *allowed_steps(TABLE, "state", PAGE_STEPS, initial=["unpublished"]),
    frozen_columns(
        "a_page_keeps_its_article_and_region", TABLE, ["article_id", "region"], "A page keeps its article and region."
    ),
    Guard(
        name="a_live_page_has_a_publication",
        table=TABLE,
        event="UPDATE",
        refuse_when="""NEW.state = 'live' AND NOT EXISTS (SELECT 1 FROM conditions_publication p
            WHERE p.regional_article_id = NEW.id AND p.ended_at IS NULL)""",
        message="A page is live only with a publication.",
    ),
    Guard(
        name="a_live_page_has_no_open_suspension",
        table=TABLE,
        event="UPDATE",
        refuse_when=f"NEW.state = 'live' AND {OPEN_SUSPENSION}",
        message="This page is suspended until another person lifts it.",
    ),
    Guard(
        name="a_suspended_page_has_an_open_suspension",
        table=TABLE,
        event="UPDATE",
        refuse_when=f"NEW.state = 'suspended' AND OLD.state <> 'suspended' AND NOT {OPEN_SUSPENSION}",
        message="A page is suspended by a suspension that gives its reason.",
    ),
    Guard(
        name="a_page_is_as_up_to_date_as_it_was_signed",
        table=TABLE,
        event="UPDATE",
        refuse_when="",
        sqlite=REVIEWED_OTHERWISE.format(
            latest="date(NEW.last_reviewed_on, '+' || a.review_interval_months || ' months')"
        ),
        postgresql=REVIEWED_OTHERWISE.format(
            latest="NEW.last_reviewed_on + make_interval(months => a.review_interval_months)"
        ),
        message="A page was last reviewed on the day of a whole-page signature, and is due within its interval.",
    ),
    *append_only("conditions_suspension", keys=[("id",)]),
    Guard(
        name="a_suspension_is_of_a_public_page",
        table="conditions_suspension",
        event="INSERT",
        locks=LOCK_THE_PAGE,
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_regionalarticle p
            WHERE p.id = NEW.regional_article_id AND p.state IN ('live', 'suspended'))""",
        message="Only a page that is live can be suspended.",
    ),
    *append_only("conditions_lift", keys=[("id",), ("suspension_id",)]),
    Guard(
        name="nobody_lifts_their_own_suspension",
        table="conditions_lift",
        event="INSERT",
        locks=LOCK_THE_SUSPENDED_PAGE,
        refuse_when="""EXISTS (SELECT 1 FROM conditions_suspension d
            WHERE d.id = NEW.suspension_id AND d.suspended_by_id = NEW.lifted_by_id)""",
        message="Who suspended a page cannot put it back; another person has to.",
    ),
    Guard(
        name="nothing_is_lifted_onto_a_revoked_signature",
        table="conditions_lift",
        event="INSERT",
        refuse_when="""EXISTS (SELECT 1 FROM conditions_suspension d
            JOIN conditions_publication p ON p.regional_article_id = d.regional_article_id AND p.ended_at IS NULL
            JOIN conditions_signoff s ON s.regional_edition_id = p.regional_edition_id
                OR s.assignment_id = p.assignment_id
            JOIN conditions_revocation x ON x.sign_off_id IN (s.id, s.stands_on_id)
            WHERE d.id = NEW.suspension_id)""",
        message="A signature this page rests on has been withdrawn. It needs a fresh review.",
    ),
]
