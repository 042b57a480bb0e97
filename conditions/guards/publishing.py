"""What must be true of a publication at the moment it is made, and of a page that is live."""

from alsinfo.guards.engine import Guard, Key, append_only
from conditions.guards.signing import LOCK_THE_PAGE

TABLE = "conditions_publication"

# The signatures made for the very way through review, or the very re-confirmation, that is published.
OWN_SIGNATURES = """conditions_signoff s WHERE s.revision_id = NEW.revision_id
    AND s.regional_article_id = NEW.regional_article_id
    AND ((NEW.regional_edition_id IS NOT NULL AND s.regional_edition_id = NEW.regional_edition_id)
        OR (NEW.regional_edition_id IS NULL AND s.regional_edition_id IS NULL
            AND s.assignment_id = NEW.assignment_id))"""

GUARDS = [
    *append_only(
        TABLE,
        keys=[
            ("id",),
            ("regional_article_id", "sequence"),
            ("regional_edition_id",),
            ("assignment_id",),
            Key(("regional_article_id",), when="{row}.ended_at IS NULL"),
        ],
        columns_that_may_change=["ended_at"],
    ),
    Guard(
        name="a_publication_is_signed_for_its_own_review",
        table=TABLE,
        event="INSERT",
        locks=LOCK_THE_PAGE,
        refuse_when=f"NOT EXISTS (SELECT 1 FROM {OWN_SIGNATURES})",
        message="Nobody has signed this text for this region. It cannot be published.",
    ),
    Guard(
        name="a_publication_rests_on_no_revoked_signature",
        table=TABLE,
        event="INSERT",
        refuse_when=f"""EXISTS (SELECT 1 FROM {OWN_SIGNATURES} AND EXISTS
            (SELECT 1 FROM conditions_revocation x WHERE x.sign_off_id IN (s.id, s.stands_on_id)))""",
        message="A signature this text rests on has been withdrawn.",
    ),
    Guard(
        name="a_text_is_published_once_its_review_has_ended",
        table=TABLE,
        event="INSERT",
        refuse_when="""NEW.regional_edition_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conditions_regionaledition r
            WHERE r.id = NEW.regional_edition_id AND r.revision_id = NEW.revision_id
            AND r.state IN ('cleared', 'scheduled', 'publish_failed'))""",
        message="A text is published once its review has ended well.",
    ),
    Guard(
        name="nobody_publishes_an_edition_they_contributed_to",
        table=TABLE,
        event="INSERT",
        refuse_when="""EXISTS (SELECT 1 FROM conditions_contribution c
            JOIN conditions_regionaledition r ON r.edition_id = c.edition_id
            WHERE r.id = NEW.regional_edition_id AND c.user_id = NEW.published_by_id)""",
        message="Nobody publishes an edition they contributed to.",
    ),
    Guard(
        name="a_withdrawn_page_is_not_published",
        table=TABLE,
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_regionalarticle p
            WHERE p.id = NEW.regional_article_id AND p.state IN ('unpublished', 'live', 'suspended'))
            AND NOT EXISTS (SELECT 1 FROM conditions_reinstatement x
                WHERE x.regional_article_id = NEW.regional_article_id AND x.agreed_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM conditions_publication b
                    WHERE b.regional_article_id = NEW.regional_article_id AND b.published_at > x.agreed_at)
                AND EXISTS (SELECT 1 FROM """
        + OWN_SIGNATURES
        + """ AND s.signed_at > x.agreed_at))""",
        message="This page is withdrawn or leads elsewhere. Reinstate it first.",
    ),
    Guard(
        name="a_suspended_page_needs_a_signature_made_since",
        table=TABLE,
        event="INSERT",
        refuse_when=f"""EXISTS (SELECT 1 FROM conditions_suspension d
            WHERE d.regional_article_id = NEW.regional_article_id
            AND NOT EXISTS (SELECT 1 FROM conditions_lift l WHERE l.suspension_id = d.id)
            AND NOT EXISTS (SELECT 1 FROM {OWN_SIGNATURES} AND s.signed_at > d.suspended_at))""",
        message="This page is suspended; it needs a signature made since.",
    ),
    Guard(
        name="signed_changes_are_published_over_their_base",
        table=TABLE,
        event="INSERT",
        refuse_when=f"""EXISTS (SELECT 1 FROM {OWN_SIGNATURES} AND s.scope = 'changes-only'
            AND NOT EXISTS (SELECT 1 FROM conditions_publication p
                WHERE p.regional_article_id = NEW.regional_article_id AND p.sequence = NEW.sequence - 1
                AND p.revision_id = s.base_id))""",
        message="The live text has changed since the changes were signed.",
    ),
    Guard(
        name="a_reconfirmation_repeats_the_text_before_it",
        table=TABLE,
        event="INSERT",
        refuse_when="""NEW.assignment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conditions_publication p
            WHERE p.regional_article_id = NEW.regional_article_id AND p.sequence = NEW.sequence - 1
            AND p.revision_id = NEW.revision_id)""",
        message="Only the live text can be confirmed again.",
    ),
    Guard(
        name="publications_are_counted_without_gaps",
        table=TABLE,
        event="INSERT",
        refuse_when="""NEW.sequence <> 1 + COALESCE((SELECT max(p.sequence) FROM conditions_publication p
            WHERE p.regional_article_id = NEW.regional_article_id), 0)""",
        message="Versions are counted without gaps.",
    ),
    Guard(
        name="a_publication_ends_once",
        table=TABLE,
        event="UPDATE",
        refuse_when="OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at",
        message="A publication that has ended stays ended.",
    ),
    *append_only("conditions_changenote", keys=[("id",), ("publication_id",)]),
    *append_only("conditions_correction", keys=[("id",), ("publication_id",)]),
    Guard(
        name="a_correction_is_the_one_sent_to_review",
        table="conditions_correction",
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_publication p
            JOIN conditions_regionaledition r ON r.id = p.regional_edition_id
            WHERE p.id = NEW.publication_id AND r.correction = NEW.text AND r.wrong_since = NEW.since)""",
        message="A correction is published as it was sent to review.",
    ),
]
