"""Lists of retractions as Retraction Watch publishes them, and short ways to take one in."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from conditions.actions import watching
from conditions.actions.watching import ReadList, Taken
from conditions.importing.retractions import our_identifiers
from conditions.models import Article, CheckedLink, RetractionEvent
from tests import world as w

HEADER = """
Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,RetractionDOI,
RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes
""".replace("\n", "").split(",")
BROWN = {
    "Record ID": "51234",
    "Title": "Amyotrophic lateral sclerosis",
    "Author": "Brown, R H;Al-Chalabi, A",
    "RetractionDate": "5/3/2026 0:00",
    "RetractionDOI": "10.1056/NEJMc999",
    "RetractionPubMedID": "0",
    "OriginalPaperDOI": "10.1056/nejmra1603471",
    "OriginalPaperPubMedID": "0",
    "RetractionNature": "Retraction",
    "Reason": "+Error in Data;+Notice - Limited;",
}


def row(**but: str) -> dict[str, str]:
    """The retraction of the work that `tests.world` cites; `_` in a name is a blank."""
    return {**BROWN, **{name.replace("_", " "): value for name, value in but.items()}}


def write(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """A list in a file, as it is published."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def others(count: int) -> Iterable[dict[str, str]]:
    """Retractions of works that nobody here cites."""
    for number in range(count):
        doi = {"OriginalPaperDOI": f"10.9999/other.{number}", "OriginalPaperPubMedID": str(90_000_000 + number)}
        title = f"A work of others, number {number}, with a title as long as titles are: a study of {number} mice"
        yield {**BROWN, "Record ID": str(number), "Title": title, **doi}


def event(**but: Any) -> RetractionEvent:
    """The retraction as it is read, not saved."""
    read = {"source": "retraction-watch", "entry": "51234", "doi": "10.1056/nejmra1603471", "title": "ALS"}
    said = {"nature": "retraction", "happened_on": date(2026, 5, 3), "notice_doi": "10.1056/NEJMc999"}
    return RetractionEvent(**{**read, **said, **but})


def take_in(*events: RetractionEvent, as_of: date | None = None) -> Taken:
    """Take in a list that says this, and that knew every work of ours."""
    day = as_of or w.today()
    return watching.take_in(ReadList("retraction-watch", day, len(events), list(events), 0, our_identifiers()))


def plant_in_sources(world: w.World, words: Mapping[str, str]) -> None:
    """A retraction with what its list says of it, a lead's answer, and a link that leads nowhere; as canaries."""
    take_in(event(reasons=words["reason of a retraction"]))
    page = w.page(Article.objects.get(condition__slug="als"))
    why = words["reason why a retracted source stays"]
    watching.answer_retraction(RetractionEvent.objects.get(), page, by=world.lead, reason=why)
    address = f"https://{words['broken link']}.example/"
    CheckedLink.objects.create(reference=world.reference, url=address, state="broken")
