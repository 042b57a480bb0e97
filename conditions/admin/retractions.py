"""Retracted works that articles cite: which pages rely on them where, and what clinical leads answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Button, Cleaned, Deed, Reason
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, page_of
from alsinfo.admin.site import BackOffice, Page
from conditions.actions import watching
from conditions.content.citations import cited_keys
from conditions.models import CitedRetraction, RegionalArticle, RetractionAnswer, RetractionEvent
from conditions.policies import watching as policies

SOME_REASON = "to be given"


class AnswerForm(Reason):
    """Why one page goes on citing the work."""

    page = forms.ModelChoiceField(RegionalArticle.objects.all(), widget=forms.HiddenInput)

    def __init__(self, event: RetractionEvent, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["reason"].label = "Why it stays"


@dataclass(frozen=True)
class Citing:
    """A page that cites a retracted work, the sections that rely on it (none in a draft), the answer and its button."""

    page: RegionalArticle
    url: str
    sections: list[str]
    is_live: bool
    answer: RetractionAnswer | None
    button: Button


@dataclass(frozen=True)
class Retracted:
    """A retracted work and the pages that cite it."""

    event: RetractionEvent
    url: str
    pages: list[Citing]


@admin.register(RetractionEvent)
class RetractionEventAdmin(RecordAdmin):
    """What was published about works we cite; read only, but for a lead's answer."""

    group = "Articles"
    place = 60
    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    change_form_template = "admin/conditions/retraction.html"
    list_display = ("title", "nature", "happened_on", "source", "doi", "pmid")
    list_filter = ("nature", "source")
    search_fields = ("title", "doi", "pmid")
    fields = ("title", ("nature", "happened_on"), ("doi", "pmid"), ("notice_doi", "notice_pmid"), "reasons", "found_in")

    def panel(self, request: HttpRequest, thing: RetractionEvent) -> dict[str, Any]:
        """The pages that cite it."""
        live = self.live(policies.open_citations(thing), person(request))
        shown = {citing.page for citing in live}
        drafts = {page: list[str]() for page in policies.citing_pages(thing) if page not in shown}
        return {"citing": [*live, *self.citing(thing, drafts, person(request))], "notice": thing.notice}

    def live(self, rows: Iterable[CitedRetraction], by: User) -> list[Citing]:
        """The live texts among the citing, by one event, each once with the sections that rely on the work."""
        relying: dict[RegionalArticle, list[str]] = {}
        event = None
        for row in rows:
            event, content = row.event, row.publication.revision.content
            headings = relying.setdefault(row.publication.regional_article, [])
            headings += [each["heading"] for each in content["sections"] if row.key in cited_keys([each["body"]])]
        return self.citing(event, relying, by) if event else []

    def citing(self, event: RetractionEvent, relying: Mapping[RegionalArticle, list[str]], by: User) -> list[Citing]:
        """Each page with its answer, or the button for one; the number of queries does not grow with the pages."""
        answers = RetractionAnswer.objects.filter(event__source=event.source, event__entry=event.entry)
        given = {each.regional_article_id: each for each in answers.select_related("answered_by")}
        objection = policies.objection_to_role(by=by)
        return [
            Citing(
                page=page,
                url=page_of(page.article),
                sections=sections,
                is_live=bool(sections),
                answer=given.get(page.pk),
                button=self.button("answer", f"Let it stay in {page}", event, objection, initial={"page": page.pk}),
            )
            for page, sections in relying.items()
        ]


def answer(event: RetractionEvent, cleaned: Cleaned, by: User) -> str:
    """Let a page go on citing the work."""
    made = watching.answer_retraction(event, cleaned["page"], by=by, reason=cleaned["reason"])
    return f"{made.regional_article} goes on citing this work. Readers still see that it is retracted."


RetractionEventAdmin.deeds = {"answer": Deed(AnswerForm, answer)}


def waiting() -> int:
    """How many live pages cite a retracted work that nobody answered for."""
    return len({row.publication.regional_article_id for row in _unanswered()})


def _unanswered() -> list[CitedRetraction]:
    rows = policies.open_citations()
    answered = policies.answered_entries(row.publication.regional_article for row in rows)
    return [
        row for row in rows if (row.publication.regional_article_id, row.event.source, row.event.entry) not in answered
    ]


def show(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Each retracted work with the live pages that rely on it and were not answered for."""
    registered = cast(RetractionEventAdmin, admin.site._registry[RetractionEvent])
    rows: dict[RetractionEvent, list[CitedRetraction]] = {}
    for row in _unanswered():
        rows.setdefault(row.event, []).append(row)
    works = [
        Retracted(event, page_of(event), registered.live(citations, person(request)))
        for event, citations in rows.items()
    ]
    return TemplateResponse(request, "admin/retractions.html", {**context, "works": works})


cast(BackOffice, admin.site).add_page(
    Page(
        address="retracted-sources/",
        name="retracted-sources",
        title="Retracted sources",
        readers=(Role.LEAD, Role.PUBLISHER, Role.EDITOR),
        waiting=waiting,
        view=show,
    )
)
