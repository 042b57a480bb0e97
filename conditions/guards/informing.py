"""What the database refuses of pages about the site: readers see an entry two persons stand behind."""

from alsinfo.guards.engine import Guard, append_only, frozen_columns, never_deleted

PAGE, ENTRY = "conditions_sitepage", "conditions_sitepageentry"

GUARDS = [
    *never_deleted(PAGE, keys=[("id",), ("kind", "region")]),
    frozen_columns(
        "a_site_page_keeps_its_address", PAGE, ["kind", "region"], "A page about the site keeps its address."
    ),
    Guard(
        name="a_site_page_shows_an_approved_entry",
        table=PAGE,
        event="UPDATE",
        refuse_when=f"""NEW.entry_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {ENTRY} e
            WHERE e.id = NEW.entry_id AND e.page_id = NEW.id AND e.approved_by_id IS NOT NULL)""",
        message="Readers see a page about the site only once a second person approved it.",
    ),
    Guard(
        name="a_site_page_begins_without_an_entry",
        table=PAGE,
        event="INSERT",
        refuse_when="NEW.entry_id IS NOT NULL",
        message="A page about the site begins without an approved entry.",
    ),
    *append_only(
        ENTRY, keys=[("id",), ("page_id", "number")], columns_that_may_change=["approved_by_id", "approved_at"]
    ),
    Guard(
        name="a_site_page_entry_is_approved_after_it_was_proposed",
        table=ENTRY,
        event="INSERT",
        refuse_when="NEW.approved_by_id IS NOT NULL",
        message="An entry is approved after it was proposed.",
    ),
    frozen_columns(
        "an_approved_site_page_stays_approved",
        ENTRY,
        ["approved_by_id", "approved_at"],
        "Who approved an entry stays in the record.",
        when="OLD.approved_by_id IS NOT NULL",
    ),
]
