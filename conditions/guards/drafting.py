"""Text changes only in drafts; what was sent to review never changes; who wrote is kept."""

from alsinfo.guards.engine import Guard, Key, allowed_steps, append_only, frozen_columns, never_deleted
from conditions.guards.steps import EDITION_STEPS, REVIEW_BEGINS, REVIEW_STEPS

DESK_TABLES = ("opening", "section", "citation", "listing", "medicineuse", "picture")
NOT_A_DRAFT = "This text is in review or closed, so it cannot be changed. Reopen it first."


def desk_rows(name: str) -> list[Guard]:
    """A row of an edition's text is added, changed and deleted only while the edition is a draft."""
    table = f"conditions_{name}"

    def sent(row: str) -> str:
        return f"EXISTS (SELECT 1 FROM conditions_edition e WHERE e.id = {row}.edition_id AND e.state <> 'draft')"

    return [
        Guard(f"a_{name}_is_added_to_a_draft", table, "INSERT", sent("NEW"), NOT_A_DRAFT),
        Guard(f"a_{name}_is_changed_in_a_draft", table, "UPDATE", f"{sent('OLD')} OR {sent('NEW')}", NOT_A_DRAFT),
        Guard(f"a_{name}_is_deleted_from_a_draft", table, "DELETE", sent("OLD"), NOT_A_DRAFT),
    ]


REVISION_GUARDS = [
    *append_only("conditions_revision", keys=[("digest",)]),
    Guard(
        name="a_revision_is_kept_under_its_digest",
        table="conditions_revision",
        event="INSERT",
        refuse_when="",
        sqlite="NEW.digest IS DISTINCT FROM SHA256(NEW.text)",
        postgresql="NEW.digest IS DISTINCT FROM encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex')",
        message="A revision is kept under the digest of its text.",
    ),
    Guard(
        name="a_revision_says_what_its_text_says",
        table="conditions_revision",
        event="INSERT",
        refuse_when="",
        sqlite="""NEW.schema IS DISTINCT FROM json_extract(NEW.text, '$.schema')
            OR NEW.region IS DISTINCT FROM json_extract(NEW.text, '$.content.region')
            OR (SELECT a.uuid FROM conditions_article a WHERE a.id = NEW.article_id)
                IS DISTINCT FROM replace(json_extract(NEW.text, '$.content.article'), '-', '')""",
        postgresql="""NEW.schema::text IS DISTINCT FROM NEW.text::jsonb ->> 'schema'
            OR NEW.region IS DISTINCT FROM NEW.text::jsonb -> 'content' ->> 'region'
            OR (SELECT a.uuid::text FROM conditions_article a WHERE a.id = NEW.article_id)
                IS DISTINCT FROM NEW.text::jsonb -> 'content' ->> 'article'""",
        message="A revision’s article, region and schema are those in its text.",
    ),
]

EDITION_GUARDS = [
    *never_deleted(
        "conditions_edition",
        keys=[("id",), ("article_id", "number"), Key(("article_id",), when="{row}.state <> 'closed'")],
    ),
    *allowed_steps("conditions_edition", "state", EDITION_STEPS, initial=["draft"]),
    frozen_columns(
        "an_edition_keeps_its_identity",
        "conditions_edition",
        ["article_id", "number", "started_by_id", "started_at"],
        "An edition keeps its article and number.",
    ),
    frozen_columns(
        "an_edition_is_changed_as_a_draft",
        "conditions_edition",
        ["regions", "change_note", "correction", "wrong_since", "note_to_reviewers"],
        NOT_A_DRAFT,
        when="OLD.state <> 'draft'",
    ),
    Guard(
        name="an_edition_closes_when_every_region_has_ended",
        table="conditions_edition",
        event="UPDATE",
        refuse_when="""NEW.state = 'closed' AND EXISTS (SELECT 1 FROM conditions_regionaledition r
            WHERE r.edition_id = NEW.id
            AND r.state NOT IN ('published', 'superseded', 'unchanged', 'discarded', 'replaced'))""",
        message="An edition closes when the text of every region has been published or discarded.",
    ),
]

CONTRIBUTION_GUARDS = [
    *append_only("conditions_contribution", keys=[("id",), ("edition_id", "region", "user_id")]),
    Guard(
        name="a_contribution_names_the_article_of_its_edition",
        table="conditions_contribution",
        event="INSERT",
        locks="""SELECT 1 FROM conditions_regionalarticle
            WHERE article_id = NEW.article_id ORDER BY id FOR NO KEY UPDATE""",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_edition e
            WHERE e.id = NEW.edition_id AND e.article_id = NEW.article_id)""",
        message="A contribution names the article of its edition.",
    ),
]

ROW_GUARDS = [
    *never_deleted("conditions_regionaledition", keys=[("id",), ("edition_id", "region", "round")]),
    *allowed_steps("conditions_regionaledition", "state", REVIEW_STEPS, initial=REVIEW_BEGINS),
    frozen_columns(
        "a_row_in_review_keeps_its_text",
        "conditions_regionaledition",
        [
            *("edition_id", "region", "round", "revision_id", "change_note", "correction", "wrong_since"),
            *("submitted_by_id", "submitted_at"),
        ],
        "What was sent to review is never changed; another text gets another round.",
    ),
    Guard(
        name="a_row_carries_a_revision_of_its_own_page",
        table="conditions_regionaledition",
        event="INSERT",
        refuse_when="""NEW.revision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM conditions_revision v
            JOIN conditions_edition e ON e.article_id = v.article_id
            WHERE v.digest = NEW.revision_id AND e.id = NEW.edition_id AND v.region = NEW.region)""",
        message="A text in review belongs to its own article and region.",
    ),
    Guard(
        name="a_row_is_for_a_region_the_edition_covers",
        table="conditions_regionaledition",
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_edition e WHERE e.id = NEW.edition_id
            AND e.state <> 'closed' AND e.regions IN (NEW.region, 'GB,US'))""",
        message="This edition is not written for that region, or is closed.",
    ),
    Guard(
        name="an_unchanged_text_is_the_live_text",
        table="conditions_regionaledition",
        event="INSERT",
        refuse_when="""NEW.state = 'unchanged' AND NOT EXISTS (SELECT 1 FROM conditions_publication p
            WHERE p.revision_id = NEW.revision_id AND p.ended_at IS NULL)""",
        message="Only the text that is live now is unchanged.",
    ),
    Guard(
        name="a_cleared_text_is_signed",
        table="conditions_regionaledition",
        event="UPDATE",
        refuse_when="""NEW.state = 'cleared' AND OLD.state <> 'cleared'
            AND NOT EXISTS (SELECT 1 FROM conditions_signoff s
                WHERE s.regional_edition_id = NEW.id AND s.revision_id = NEW.revision_id
                AND NOT EXISTS (SELECT 1 FROM conditions_revocation x WHERE x.sign_off_id = s.id))""",
        message="A text is cleared by a signature that stands.",
    ),
    Guard(
        name="a_published_row_has_its_publication",
        table="conditions_regionaledition",
        event="UPDATE",
        refuse_when="""NEW.state = 'published' AND OLD.state <> 'published'
            AND NOT EXISTS (SELECT 1 FROM conditions_publication p WHERE p.regional_edition_id = NEW.id)""",
        message="A text is published by its publication.",
    ),
]

GUARDS = [
    *(guard for name in DESK_TABLES for guard in desk_rows(name)),
    *REVISION_GUARDS,
    *EDITION_GUARDS,
    *CONTRIBUTION_GUARDS,
    *ROW_GUARDS,
]
