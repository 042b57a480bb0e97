"""Who may answer for a page that goes on citing a retracted work, and where that has been answered."""

from collections.abc import Iterable, Mapping
from typing import Any

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.content.retractions import Event, identifiers_of
from conditions.errors.drafting import ReasonMissing
from conditions.errors.watching import AlreadyAnswered, NothingToAnswer
from conditions.models import (
    Citation,
    CitedRetraction,
    Edition,
    RegionalArticle,
    RetractionAnswer,
    RetractionEvent,
)
from conditions.models.desk import contents_of
from conditions.models.retractions import standings, works_of
from conditions.policies.roles import objection_without
from conditions.vocabulary import EditionState


def objection_to_answer(event: RetractionEvent, page: RegionalArticle, *, by: User, reason: str) -> Refusal | None:
    """A clinical lead, with a reason, for a page whose live text or open edition cites the retracted work."""
    if objection := objection_to_role(by=by):
        return objection
    if is_answered(event, page):
        return AlreadyAnswered()
    if page not in citing_pages(event):
        return NothingToAnswer()
    return None if reason.strip() else ReasonMissing()


def objection_to_role(*, by: User) -> Refusal | None:
    """Clinical leads answer."""
    return objection_without(by, Role.LEAD)


def is_answered(event: RetractionEvent, page: RegionalArticle) -> bool:
    """Whether a lead answered for the page, to this or an earlier row of the same entry."""
    return page.retraction_answers.filter(event__source=event.source, event__entry=event.entry).exists()


def citing_pages(event: RetractionEvent) -> list[RegionalArticle]:
    """The pages whose live text cites the work, and those whose open edition does."""
    live = [row.publication.regional_article for row in open_citations(event)]
    return list(dict.fromkeys([*live, *_pages_of_open_editions(event)]))


def open_citations(event: RetractionEvent | None = None) -> list[CitedRetraction]:
    """The citations of retracted works in live texts, answered or not; of one event or of all."""
    rows = CitedRetraction.objects.filter(publication__ended_at=None)
    found = rows.filter(event=event) if event else rows
    beside = ("event", "publication__revision", "publication__regional_article__article__condition")
    return list(found.select_related(*beside).order_by("event", "publication__regional_article", "key"))


def answered_entries(pages: Iterable[RegionalArticle]) -> set[tuple[int, str, str]]:
    """The page, source and entry of every answer on the pages."""
    answers = RetractionAnswer.objects.filter(regional_article__in=list(pages))
    return set(answers.values_list("regional_article_id", "event__source", "event__entry"))


def unanswered(content: Mapping[str, Any]) -> dict[str, Event]:
    """The retractions of works that a content cites and no lead has answered for, by key of the citation."""
    known = standings(works_of(content))
    found = {key: each.event for key, each in known.items() if each.is_retracted and each.event}
    if not found:
        return {}
    answers = RetractionAnswer.objects.filter(
        regional_article__article__uuid=content["article"], regional_article__region=content["region"]
    )
    answered = {f"{source} {entry}" for source, entry in answers.values_list("event__source", "event__entry")}
    return {key: event for key, event in found.items() if event.entry not in answered}


def _pages_of_open_editions(event: RetractionEvent) -> list[RegionalArticle]:
    """The copied descriptions of open editions are looked through first, since few of them name the work."""
    copied = Citation.objects.exclude(edition__state=EditionState.CLOSED).values_list("edition", "description")
    naming = {edition for edition, work in copied.iterator() if event.identifiers & identifiers_of(work)}
    pages: list[RegionalArticle] = []
    for edition in Edition.objects.filter(pk__in=naming).select_related("article").order_by("pk"):
        regions = [region.value for region, content in contents_of(edition).items() if _cites(content, event)]
        pages += edition.article.regional_articles.filter(region__in=regions)
    return pages


def _cites(content: Mapping[str, Any], event: RetractionEvent) -> bool:
    return any(each.event and each.event.number == event.pk for each in standings(works_of(content)).values())
