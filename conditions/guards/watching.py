"""What was published about works we cite, when lists were read and what was answered stays as it was written."""

from alsinfo.guards.engine import Guard, append_only

GUARDS = [
    *append_only("conditions_retractionlist", keys=[("id",)]),
    *append_only(
        "conditions_retractionevent",
        keys=[("id",), ("source", "entry", "doi", "pmid", "nature", "happened_on", "notice_doi", "notice_pmid")],
    ),
    *append_only("conditions_retractionanswer", keys=[("id",), ("event_id", "regional_article_id")]),
    Guard(
        name="a_day_of_looking_up_never_goes_back",
        table="conditions_lookedup",
        event="UPDATE",
        refuse_when="NEW.as_of < OLD.as_of",
        message="That a work was looked up in a newer list stays known.",
    ),
]
