"""What a text should satisfy before it is sent to review: small rules, some of which stand in the way, the rest advice.

`docs/reference/checks.md` lists them.
"""

from alsinfo.concurrency import clock_now
from conditions.checks import completeness, linked, medicines, sources, wording
from conditions.checks.rules import Body, Fault, Finding, Rule, Subject, found_by
from conditions.content import citations
from conditions.content.medicines import source_keys
from conditions.models import Edition
from conditions.models.desk import contents_of
from conditions.models.medicines import with_facts
from conditions.policies.linking import destinations
from organisations.models import Organisation

__all__ = ["RULES", "Fault", "Finding", "Rule", "Subject", "findings", "found_by"]

RULES: tuple[Rule, ...] = (
    *completeness.RULES,
    *sources.RULES,
    *medicines.RULES,
    *linked.RULES,
    *wording.RULES,
)


def findings(edition: Edition) -> list[Finding]:
    """Every fault of the edition as it is saved, blocking ones first."""
    return found_by(RULES, subjects(edition))


def subjects(edition: Edition) -> list[Subject]:
    """What the rules look at, for each region the edition covers."""
    contents = contents_of(edition)
    cited = {*citations.cited_keys(edition.sections.values_list("body", flat=True))}
    cited |= {key for content in contents.values() for key in source_keys(content)}
    keys = edition.citations.values_list("key", flat=True)
    unused = tuple(key for key in keys if key not in cited)
    outdated = tuple(str(use) for use in with_facts(edition.medicineuses.all()) if use.is_unanswered)
    listings = edition.listings.select_related("organisation__entry")
    bodies = {str(row.organisation.uuid): body_of(row.organisation) for row in listings}
    today = clock_now().date()
    return [
        Subject(region, content, today, edition.change_note, bodies, unused, destinations(content), outdated)
        for region, content in contents.items()
    ]


def body_of(organisation: Organisation) -> Body:
    """A listed organisation; its details are as its entry says."""
    return Body(organisation.name, organisation.entry.details_checked_on if organisation.entry else None)
