"""What must be true of a signature at the moment it is made; afterwards nothing changes it."""

from alsinfo.guards.engine import Guard, append_only

TABLE = "conditions_signoff"
LOCK_THE_PAGE = "SELECT 1 FROM conditions_regionalarticle WHERE id = NEW.regional_article_id FOR NO KEY UPDATE"
LOCK_THE_SIGNED_PAGE = """SELECT 1 FROM conditions_regionalarticle WHERE id =
    (SELECT s.regional_article_id FROM conditions_signoff s WHERE s.id = NEW.sign_off_id) FOR NO KEY UPDATE"""

GUARDS = [
    *append_only(TABLE, keys=[("id",), ("assignment_id",)]),
    Guard(
        name="a_signature_answers_an_accepted_assignment",
        table=TABLE,
        event="INSERT",
        locks=LOCK_THE_PAGE,
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_reviewassignment a
            WHERE a.id = NEW.assignment_id AND a.state = 'accepted' AND a.reviewer_id = NEW.reviewer_id
            AND a.regional_article_id = NEW.regional_article_id
            AND a.regional_edition_id IS NOT DISTINCT FROM NEW.regional_edition_id)""",
        message="Only the reviewer who accepted this review can sign it.",
    ),
    Guard(
        name="a_signature_is_on_the_assigned_revision",
        table=TABLE,
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_reviewassignment a
            WHERE a.id = NEW.assignment_id AND a.revision_id = NEW.revision_id)""",
        message="A signature is on exactly the text that was assigned.",
    ),
    Guard(
        name="a_signature_is_for_a_text_in_review",
        table=TABLE,
        event="INSERT",
        refuse_when="""NEW.regional_edition_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conditions_regionaledition r
            WHERE r.id = NEW.regional_edition_id AND r.state = 'in_review')""",
        message="This text is no longer in review.",
    ),
    Guard(
        name="a_reconfirmation_is_of_the_live_text",
        table=TABLE,
        event="INSERT",
        refuse_when="""NEW.regional_edition_id IS NULL AND NOT EXISTS (SELECT 1 FROM conditions_publication p
            WHERE p.regional_article_id = NEW.regional_article_id AND p.ended_at IS NULL
            AND p.revision_id = NEW.revision_id)""",
        message="Only the live text can be confirmed again.",
    ),
    Guard(
        name="nobody_signs_what_they_contributed_to",
        table=TABLE,
        event="INSERT",
        refuse_when="""EXISTS (SELECT 1 FROM conditions_contribution c
            JOIN conditions_regionalarticle p ON p.article_id = c.article_id
            JOIN conditions_reviewer r ON r.user_id = c.user_id
            WHERE p.id = NEW.regional_article_id AND r.id = NEW.reviewer_id)""",
        message="Nobody signs the text of an article they contributed to.",
    ),
    Guard(
        name="a_signer_is_registered_on_the_day_of_signing",
        table=TABLE,
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_credentialcheck c
            JOIN conditions_registration g ON g.id = c.registration_id
            JOIN conditions_regionalarticle p ON p.region = g.region
            WHERE c.id = NEW.credential_check_id AND g.reviewer_id = NEW.reviewer_id
            AND p.id = NEW.regional_article_id AND c.result = 'licensed'
            AND NEW.signed_on BETWEEN c.checked_on AND c.valid_until
            AND NOT EXISTS (SELECT 1 FROM conditions_credentialcheck later
                WHERE later.registration_id = c.registration_id AND later.id > c.id))""",
        message="A signature needs a registration, checked and valid for the region on the day of signing.",
    ),
    Guard(
        name="a_signer_is_active",
        table=TABLE,
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_reviewer r JOIN accounts_user u ON u.id = r.user_id
            WHERE r.id = NEW.reviewer_id AND r.is_active AND u.is_active)""",
        message="Only an active reviewer can sign.",
    ),
    Guard(
        name="signed_changes_stand_on_a_whole_page_signature",
        table=TABLE,
        event="INSERT",
        refuse_when="""NEW.scope = 'changes-only' AND NOT EXISTS (SELECT 1 FROM conditions_signoff s
            JOIN conditions_publication live ON live.regional_article_id = s.regional_article_id
            WHERE s.id = NEW.stands_on_id AND s.scope = 'whole-page'
            AND s.regional_article_id = NEW.regional_article_id
            AND live.ended_at IS NULL AND live.revision_id = NEW.base_id
            AND NOT EXISTS (SELECT 1 FROM conditions_revocation x WHERE x.sign_off_id = s.id))""",
        message="A signature on changes stands on a whole-page signature that was not withdrawn, over the live text.",
    ),
    Guard(
        name="a_signature_bears_the_time_of_the_database",
        table=TABLE,
        event="INSERT",
        refuse_when="",
        sqlite="abs(julianday(NEW.signed_on) - julianday(NEW.signed_at)) > 2",
        postgresql="""abs(extract(epoch FROM NEW.signed_at - alsinfo_clock())) > 60
            OR abs(NEW.signed_on - NEW.signed_at::date) > 1""",
        message="A signature bears the time at which it is made.",
    ),
    *append_only("conditions_revocation", keys=[("id",), ("sign_off_id",)]),
    Guard(
        name="a_revocation_waits_for_a_running_publication",
        table="conditions_revocation",
        event="INSERT",
        locks=LOCK_THE_SIGNED_PAGE,
        refuse_when="NOT EXISTS (SELECT 1 FROM conditions_signoff s WHERE s.id = NEW.sign_off_id)",
        message="There is no such signature.",
        sqlite="-",
    ),
]
