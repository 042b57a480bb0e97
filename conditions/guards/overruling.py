"""A request for changes is overruled by a lead who had no part in the text; what was written stays as it was."""

from alsinfo.guards.engine import Guard, append_only, frozen_columns

TABLE = "conditions_overruling"
NOTE = "conditions_dissentnote"
THE_REQUEST = """conditions_reviewassignment a JOIN conditions_regionaledition r ON r.id = a.regional_edition_id
    JOIN conditions_reviewer d ON d.id = a.reviewer_id"""
THE_NOTED = """conditions_overruling o JOIN conditions_reviewassignment a ON a.id = o.assignment_id
    JOIN conditions_reviewer d ON d.id = a.reviewer_id WHERE o.id = NEW.overruling_id"""
LOCK_THE_PAGE = """SELECT 1 FROM conditions_regionalarticle WHERE id =
    (SELECT a.regional_article_id FROM conditions_reviewassignment a WHERE a.id = NEW.assignment_id)
    FOR NO KEY UPDATE"""

GUARDS = [
    *append_only(
        TABLE,
        keys=[("id",), ("assignment_id",)],
        columns_that_may_change=["note_proposed_by_id", "note_proposed_at"],
    ),
    Guard(
        name="an_overruling_is_of_the_last_request_for_changes",
        table=TABLE,
        event="INSERT",
        locks=LOCK_THE_PAGE,
        refuse_when=f"""NOT EXISTS (SELECT 1 FROM {THE_REQUEST} WHERE a.id = NEW.assignment_id
            AND a.asked_for_changes AND r.state = 'changes_requested'
            AND NOT EXISTS (SELECT 1 FROM conditions_reviewassignment later
                WHERE later.regional_edition_id = r.id AND later.asked_for_changes AND later.id > a.id))""",
        message="Only the request for changes that sent a text back can be overruled.",
    ),
    Guard(
        name="an_overruled_text_is_signed_by_another",
        table=TABLE,
        event="INSERT",
        refuse_when=f"""NOT EXISTS (SELECT 1 FROM {THE_REQUEST}
            JOIN conditions_signoff s ON s.regional_edition_id = r.id AND s.revision_id = r.revision_id
            WHERE a.id = NEW.assignment_id AND s.reviewer_id <> a.reviewer_id
            AND NOT EXISTS (SELECT 1 FROM conditions_revocation x WHERE x.sign_off_id = s.id))""",
        message="A request for changes can be overruled only where the signature of another reviewer stands.",
    ),
    Guard(
        name="nobody_overrules_on_a_text_they_reviewed",
        table=TABLE,
        event="INSERT",
        refuse_when=f"""EXISTS (SELECT 1 FROM {THE_REQUEST}
            JOIN conditions_reviewassignment own ON own.regional_edition_id = r.id AND own.state = 'completed'
            JOIN conditions_reviewer o ON o.id = own.reviewer_id
            WHERE a.id = NEW.assignment_id AND o.user_id = NEW.overruled_by_id)""",
        message="Who reviewed a text cannot overrule another reviewer of it.",
    ),
    Guard(
        name="nobody_overrules_on_a_text_they_wrote",
        table=TABLE,
        event="INSERT",
        refuse_when=f"""EXISTS (SELECT 1 FROM {THE_REQUEST}
            JOIN conditions_contribution c ON c.edition_id = r.edition_id
            WHERE a.id = NEW.assignment_id AND c.user_id = NEW.overruled_by_id)""",
        message="Who wrote a text cannot overrule a reviewer of it.",
    ),
    Guard(
        name="a_note_is_proposed_after_the_overruling",
        table=TABLE,
        event="INSERT",
        refuse_when="NEW.note_proposed_by_id IS NOT NULL",
        message="A note is proposed after the overruling.",
    ),
    frozen_columns(
        "a_proposed_note_stays_proposed",
        TABLE,
        ["note_proposed_by_id", "note_proposed_at"],
        "Who proposed a note stays in the record.",
        when="OLD.note_proposed_by_id IS NOT NULL",
    ),
    Guard(
        name="a_text_sent_back_is_cleared_by_an_overruling",
        table="conditions_regionaledition",
        event="UPDATE",
        refuse_when="""OLD.state = 'changes_requested' AND NEW.state = 'cleared'
            AND NOT EXISTS (SELECT 1 FROM conditions_overruling o WHERE o.assignment_id =
                (SELECT max(a.id) FROM conditions_reviewassignment a
                    WHERE a.regional_edition_id = NEW.id AND a.asked_for_changes))""",
        message="A text that was sent back is cleared by a clinical lead who overrules, or reviewed again.",
    ),
    *append_only(NOTE, keys=[("id",), ("overruling_id",)]),
    Guard(
        name="a_dissent_is_published_as_it_was_written",
        table=NOTE,
        event="INSERT",
        refuse_when=f"NOT EXISTS (SELECT 1 FROM {THE_NOTED} AND a.reason = NEW.text)",
        message="A dissent is published word for word, as its author wrote it.",
    ),
    Guard(
        name="a_dissent_is_published_when_another_proposed_it",
        table=NOTE,
        event="INSERT",
        refuse_when=f"""NOT EXISTS (SELECT 1 FROM {THE_NOTED}
            AND o.note_proposed_by_id IS NOT NULL AND o.note_proposed_by_id <> d.user_id)""",
        message="A dissent is published when a clinical lead or a publisher proposed it and its author agreed.",
    ),
]
