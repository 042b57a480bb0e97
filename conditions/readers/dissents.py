"""What readers learn of reviewers who did not sign: their own words, beside the version they were about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from conditions.models import DissentNote, Publication
from conditions.page_facts import register_page_of
from conditions.readers.team import members, published_signatures
from conditions.rendering import reviewer_path
from organisations.facts import safe_address
from organisations.regions import Region


@dataclass(frozen=True)
class DissentFact:
    """An overruled reviewer's words, unchanged; `reviewer_url` is empty where they have no page."""

    printed_name: str
    post_nominals: str
    registration: str
    safe_register_url: str
    reviewer_url: str
    text: str


def notes_of(publications: Iterable[Publication]) -> dict[int, list[DissentNote]]:
    """What overruled reviewers agreed to have published with versions, by their keys; none with a re-confirmation."""
    editions = {each.regional_edition_id: each.pk for each in publications}
    rows = DissentNote.objects.filter(overruling__assignment__regional_edition__in=[key for key in editions if key])
    found = defaultdict[int, list[DissentNote]](list)
    for note in rows.select_related("overruling__assignment__reviewer").order_by("agreed_at", "pk"):
        found[editions[note.overruling.assignment.regional_edition_id]].append(note)
    return found


def dissent_fact(note: DissentNote, region: Region, today: date) -> DissentFact:
    """A note as it was agreed to."""
    slug = note.overruling.assignment.reviewer.slug
    signers = published_signatures(region).values_list("reviewer_id", flat=True)
    return DissentFact(
        printed_name=note.printed_name,
        post_nominals=note.post_nominals,
        registration=note.registration,
        safe_register_url=safe_address(register_page_of(note.registration)) if note.registration else "",
        reviewer_url=reviewer_path(region, slug) if members(region, signers, today, slug) else "",
        text=note.text,
    )
