"""Articles, addresses, reviewers and their credentials are kept; nobody checks their own."""

from alsinfo.guards.engine import Guard, Key, append_only, frozen_columns, never_deleted

LEADS_ON = """EXISTS (SELECT 1 FROM conditions_reference r WHERE r.merged_into_id = NEW.id
        OR r.id = NEW.merged_into_id AND r.merged_into_id IS NOT NULL)"""

GUARDS = [
    *never_deleted("conditions_article", keys=[("id",), ("uuid",), ("condition_id",)]),
    frozen_columns(
        "an_article_keeps_its_identity",
        "conditions_article",
        ["uuid", "condition_id"],
        "An article keeps its identity.",
    ),
    Guard(
        name="an_article_is_archived_with_nothing_open_or_public",
        table="conditions_article",
        event="UPDATE",
        refuse_when="""NEW.archived_at IS NOT NULL AND OLD.archived_at IS NULL
            AND (EXISTS (SELECT 1 FROM conditions_edition e WHERE e.article_id = NEW.id AND e.state <> 'closed')
                OR EXISTS (SELECT 1 FROM conditions_regionalarticle p
                    WHERE p.article_id = NEW.id AND p.state IN ('live', 'suspended')))""",
        message="An article is archived once no edition of it is open and no page of it is public.",
    ),
    Guard(
        name="an_archived_article_starts_no_edition",
        table="conditions_edition",
        event="INSERT",
        locks="SELECT 1 FROM conditions_article WHERE id = NEW.article_id FOR NO KEY UPDATE",
        refuse_when="""EXISTS (SELECT 1 FROM conditions_article a
            WHERE a.id = NEW.article_id AND a.archived_at IS NOT NULL)""",
        message="This article is archived. Take it out of the archive first.",
    ),
    *never_deleted(
        "conditions_path",
        keys=[("id",), ("region", "slug"), Key(("regional_article_id",), when="{row}.is_canonical", may_change=True)],
    ),
    frozen_columns(
        "an_address_is_never_given_away",
        "conditions_path",
        ["region", "slug", "regional_article_id"],
        "An address once given stays with its page.",
    ),
    Guard(
        name="an_address_lies_in_the_region_of_its_page",
        table="conditions_path",
        event="INSERT",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_regionalarticle p
            WHERE p.id = NEW.regional_article_id AND p.region = NEW.region)""",
        message="An address leads to a page of its own region.",
    ),
    Guard(
        name="a_merged_work_points_at_one_that_stands_later",
        table="conditions_reference",
        event="UPDATE OF merged_into_id",
        refuse_when=f"NEW.merged_into_id IS NOT NULL AND ({LEADS_ON})",
        message="A work is merged into one that stands, in one hop.",
    ),
    Guard(
        name="a_merged_work_points_at_one_that_stands",
        table="conditions_reference",
        event="INSERT",
        refuse_when=f"NEW.merged_into_id IS NOT NULL AND ({LEADS_ON})",
        message="A work is merged into one that stands, in one hop.",
    ),
    *never_deleted("conditions_reviewer", keys=[("id",), ("user_id",), Key(("slug",), may_change=True)]),
    frozen_columns(
        "a_reviewer_stays_the_same_person", "conditions_reviewer", ["user_id"], "A reviewer stays the same person."
    ),
    *never_deleted("conditions_registration", keys=[("id",), ("register", "number")]),
    frozen_columns(
        "a_registration_is_never_rewritten",
        "conditions_registration",
        ["reviewer_id", "register", "number", "region"],
        "A registration is not rewritten: add the new one.",
    ),
    *append_only("conditions_credentialcheck", keys=[("id",)]),
    Guard(
        name="nobody_checks_their_own_credentials",
        table="conditions_credentialcheck",
        event="INSERT",
        refuse_when="""EXISTS (SELECT 1 FROM conditions_registration g
            JOIN conditions_reviewer r ON r.id = g.reviewer_id
            WHERE g.id = NEW.registration_id AND r.user_id = NEW.checked_by_id)""",
        message="Nobody can check their own credentials.",
    ),
]
