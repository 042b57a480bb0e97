"""What a text should satisfy before it is sent to review: small rules, some of which stand in the way, the rest advice.

`docs/reference/checks.md` lists them.
"""

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from alsinfo.concurrency import clock_now
from conditions.checks import completeness, linked, medicines, pictured, sources, wording
from conditions.checks.rules import Body, Fault, Finding, Rule, Subject, found_by
from conditions.checks.sources import CHECKED_WITHIN
from conditions.content import citations, pictures
from conditions.content.canonical import Content
from conditions.content.medicines import source_keys
from conditions.models import Edition, Publication
from conditions.models.desk import contents_of
from conditions.models.medicines import with_facts
from conditions.policies.linking import destinations
from conditions.policies.watching import unanswered
from conditions.vocabulary import LinkState
from organisations.models import Organisation
from organisations.regions import Region

__all__ = ["RULES", "Fault", "Finding", "Rule", "Subject", "findings", "found_by"]

RULES: tuple[Rule, ...] = (
    *completeness.RULES,
    *sources.RULES,
    *medicines.RULES,
    *linked.RULES,
    *pictured.RULES,
    *wording.RULES,
)


def findings(edition: Edition, contents: Mapping[Region, Content] | None = None) -> list[Finding]:
    """Every fault of the edition as it is saved, blocking ones first; `contents` are its own, if already at hand."""
    return found_by(RULES, subjects(edition, contents_of(edition) if contents is None else contents))


def subjects(edition: Edition, contents: Mapping[Region, Content]) -> list[Subject]:
    """What the rules look at, for each region the edition covers."""
    bodies = list(edition.sections.values_list("body", flat=True))
    cited = {*citations.cited_keys(bodies)}
    cited |= {key for content in contents.values() for key in source_keys(content)}
    keys = edition.citations.values_list("key", flat=True)
    unused = tuple(key for key in keys if key not in cited)
    placed = {key for body in bodies for key in pictures.keys_in(body)}
    unplaced = tuple(dict.fromkeys(row.key for row in edition.pictures.all() if row.key not in placed))
    outdated = tuple(str(use) for use in with_facts(edition.medicineuses.all()) if use.is_unanswered)
    listings = edition.listings.select_related("organisation__details_check")
    listed = {str(row.organisation.uuid): body_of(row.organisation) for row in listings}
    today = clock_now().date()
    links = unsound_links(edition, today)
    published = Publication.objects.filter(regional_article__article=edition.article_id, sequence=1)
    public_since = dict(published.values_list("regional_article__region", "published_on"))
    return [
        Subject(
            region=region,
            content=content,
            today=today,
            change_note=edition.change_note,
            bodies=listed,
            unused=unused,
            unplaced=unplaced,
            pages=destinations(content),
            outdated=outdated,
            retracted=retracted_in(content),
            links=links,
            correction=edition.correction,
            wrong_since=edition.wrong_since,
            public_since=public_since.get(region.value),
        )
        for region, content in contents.items()
    ]


def retracted_in(content: Content) -> dict[str, date]:
    """When works that a content cites were retracted, by key; not those a clinical lead answered for."""
    return {key: event.happened_on for key, event in unanswered(content).items()}


def unsound_links(edition: Edition, today: date) -> dict[str, str]:
    """What is wrong with the web addresses of works an edition cites, by key; nothing where links are not visited."""
    if not settings.LINK_CHECKS:
        return {}
    rows = edition.citations.values_list("key", "reference__links__state", "reference__links__checked_at")
    found = {}
    for key, state, checked_at in rows:
        if state == LinkState.BROKEN:
            found[key] = "is broken"
        elif state and (checked_at is None or checked_at.date() < today - CHECKED_WITHIN):
            found[key] = "was not checked in the last six months"
    return found


def body_of(organisation: Organisation) -> Body:
    """A listed organisation, and when its details were checked."""
    return Body(organisation.name, organisation.details_check.checked_on if organisation.details_check else None)
