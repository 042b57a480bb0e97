"""A page is taken down for good by two persons, leads to a live page, and comes back when both agreed."""

from alsinfo.guards.engine import Guard, append_only

TABLE = "conditions_regionalarticle"
DECIDED = ("agreed_by_id", "agreed_at", "dropped_by_id", "dropped_at")


def proposals(name: str) -> list[Guard]:
    """What was proposed stays, and is decided once."""
    table = f"conditions_{name}"
    return [
        *append_only(table, keys=[("id",)], columns_that_may_change=DECIDED),
        Guard(
            name=f"a_{name}_is_decided_once",
            table=table,
            event="UPDATE",
            refuse_when="OLD.agreed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL",
            message="This was decided already.",
        ),
        Guard(
            name=f"a_{name}_begins_undecided",
            table=table,
            event="INSERT",
            refuse_when="NEW.agreed_at IS NOT NULL OR NEW.agreed_by_id IS NOT NULL",
            message="One person proposes, another agrees.",
        ),
    ]


GUARDS = [
    *proposals("withdrawal"),
    *proposals("reinstatement"),
    *append_only("conditions_redirection", keys=[("id",)]),
    Guard(
        name="a_page_leads_to_a_live_page_of_its_region",
        table="conditions_redirection",
        event="INSERT",
        locks="""SELECT 1 FROM conditions_regionalarticle WHERE id IN (NEW.regional_article_id, NEW.target_id)
            ORDER BY id FOR NO KEY UPDATE""",
        refuse_when="""NOT EXISTS (SELECT 1 FROM conditions_regionalarticle t
            JOIN conditions_regionalarticle p ON p.id = NEW.regional_article_id AND p.region = t.region
            WHERE t.id = NEW.target_id AND t.state = 'live')""",
        message="A page leads to another one that is live in the same region.",
    ),
    Guard(
        name="a_page_is_withdrawn_by_two_persons",
        table=TABLE,
        event="UPDATE",
        refuse_when="""NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'
            AND NOT EXISTS (SELECT 1 FROM conditions_withdrawal w
                WHERE w.regional_article_id = NEW.id AND w.agreed_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM conditions_reinstatement x
                    WHERE x.regional_article_id = NEW.id AND x.agreed_at >= w.agreed_at))""",
        message="A page is withdrawn by two persons.",
    ),
    Guard(
        name="a_redirected_page_leads_somewhere",
        table=TABLE,
        event="UPDATE",
        refuse_when="""NEW.state = 'redirected' AND NOT EXISTS (SELECT 1 FROM conditions_redirection r
            WHERE r.regional_article_id = NEW.id)""",
        message="A page that is redirected leads to another one.",
    ),
    Guard(
        name="nothing_is_live_of_a_page_taken_down_for_good",
        table=TABLE,
        event="UPDATE",
        refuse_when="""NEW.state IN ('withdrawn', 'redirected') AND EXISTS (SELECT 1 FROM conditions_publication p
            WHERE p.regional_article_id = NEW.id AND p.ended_at IS NULL)""",
        message="Nothing of a page that is withdrawn or leads elsewhere is live.",
    ),
]
