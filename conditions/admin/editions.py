"""Editions: the form an article is written in, where it stands in each region, and what can be done next."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Model
from django.db.models.query import QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Button
from alsinfo.admin.permissions import held_roles, person
from alsinfo.admin.records import Rows, page_of
from alsinfo.admin.versions import VersionedAdmin
from alsinfo.refusals import Refusal
from conditions import checks
from conditions.actions import drafting
from conditions.actions.drafting import Change
from conditions.admin.citing import CITE, works_page
from conditions.admin.citing import address as works_address
from conditions.admin.edition_deeds import DEEDS
from conditions.admin.edition_forms import EditionForm
from conditions.admin.edition_medicines import MedicineUseInline
from conditions.admin.edition_panel import Since, missing_keys, outline, placed, since, size
from conditions.admin.edition_pictures import PictureInline
from conditions.admin.edition_rows import INLINES, MOVE, renamed
from conditions.admin.fields import TEXT_OVERRIDES
from conditions.admin.notes import note_urls, notes_card
from conditions.admin.picturing import PICTURE, pictures_page
from conditions.admin.picturing import address as pictures_address
from conditions.admin.previews import preview_card, preview_urls
from conditions.admin.remarks import RemarkAdmin, RemarkCard
from conditions.content.canonical import Content
from conditions.errors.drafting import Incomplete, SavedMeanwhile
from conditions.models import Edition, Overruling, RegionalArticle, RegionalEdition, ReviewComment, Section
from conditions.models.desk import contents_of
from conditions.policies import drafting as policies
from conditions.policies import overruling, scheduling
from conditions.policies.drafting import last_row
from conditions.policies.publishing import PUBLISHED_FROM, objection_to_publish
from conditions.policies.roles import objection_without
from conditions.vocabulary import EditionState, ReviewState
from organisations.regions import Region

SOME_REASON = "to be given"


@dataclass(frozen=True)
class RegionCard:
    """Where an edition stands in one region, and what can be done there."""

    region: Region
    page: RegionalArticle
    since: Since | None
    row: RegionalEdition | None
    assignments: list[Any]
    readings: list[Any]
    preview_url: str
    buttons: list[Button]


@admin.register(Edition)
class EditionAdmin(VersionedAdmin):
    """Editions: written by editors while they are drafts, read by those who publish and lead."""

    group = "Articles"
    place = 2
    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    changers = (Role.EDITOR,)
    conflict = SavedMeanwhile
    deeds = DEEDS
    form = EditionForm
    formfield_overrides = TEXT_OVERRIDES
    inlines = (*INLINES, PictureInline, MedicineUseInline)
    fields = ("regions", "change_note", ("correction", "wrong_since"), "note_to_reviewers")
    change_form_template = "admin/conditions/edition.html"
    list_display = ("__str__", "regions", "state", "started_by", "saved_at")
    list_filter = ("state",)
    list_select_related = ("article__condition", "started_by")
    search_fields = ("article__condition__name",)
    ordering = ("-saved_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        """With what names an edition."""
        return super().get_queryset(request).select_related("article__condition", "started_by")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft can be changed."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == EditionState.DRAFT)

    def write(self, request: HttpRequest, form: EditionForm, rows: Rows) -> Model:
        """Save text and fields as one change."""
        change = Change(fields=form.own_values(), put=rows.put, remove=rows.remove)
        edition = Edition.objects.select_related("article").get(pk=form.instance.pk)
        return drafting.save(edition, change, by=person(request), opened_version=form.cleaned_data["opened_version"])

    def rows_of(self, formsets: list[BaseModelFormSet]) -> Rows:
        """What the rows change, a renamed key of a citation also where the text cites it."""
        rows = super().rows_of(formsets)
        cited = renamed(formsets)
        return Rows([*rows.put, *(row for row in cited if not any(row is other for other in rows.put))], rows.remove)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the page: its checks and buttons are about what was just saved. Or go on to a work or picture."""
        if CITE in request.POST:
            return HttpResponseRedirect(works_address(obj, request.POST[CITE]))
        if PICTURE in request.POST:
            return HttpResponseRedirect(pictures_address(obj, request.POST[PICTURE]))
        step, _, prefix = request.POST.get(MOVE, "").partition(" ")
        moved = request.POST.get(f"{prefix}-id", "")
        order = [section for section in obj.sections.all() if moved.isdecimal() and section.pk == int(moved)]
        messages.success(request, f"Saved. {_place_of(order[0])}" if order else "Saved.")
        focus = f"?focus={step}-{moved}" if order else ""
        return HttpResponseRedirect(page_of(obj) + focus)

    def get_urls(self) -> list[URLPattern]:
        """Also the previews, the notes, and the pages on which works are chosen and pictures sent."""
        works = self.admin_site.admin_view(partial(works_page, self))
        pictures = self.admin_site.admin_view(partial(pictures_page, self))
        own = [
            path("<path:object_id>/works/", works, name="conditions_edition_works"),
            path("<path:object_id>/pictures/", pictures, name="conditions_edition_pictures"),
        ]
        return [*own, *preview_urls(self), *note_urls(self), *super().get_urls()]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Django's page with the outline and the checks, which lead to the rows of its form."""
        if obj is not None:
            obj.refused_deed = getattr(request, "refused_deed", None)
            obj.contents = contents_of(obj)
            context |= self._about_rows(request, obj, [inline.formset for inline in context["inline_admin_formsets"]])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _about_rows(self, request: HttpRequest, edition: Edition, formsets: list[Any]) -> dict[str, Any]:
        is_open, may_write = edition.state != EditionState.CLOSED, self.has_change_permission(request, edition)
        findings = checks.findings(edition, edition.contents) if is_open else []  # type: ignore[attr-defined]
        found = placed(findings, formsets, is_read_only=not may_write)
        blocking = [each.finding for each in found if each.finding.is_blocking]
        context: dict[str, Any] = {
            "blocking": [each for each in found if each.finding.is_blocking],
            "advisory": [each for each in found if not each.finding.is_blocking],
            "outline": outline(next(formset for formset in formsets if formset.model is Section)),
            "size": size(edition),
            "missing": missing_keys(edition),
            "may_write": may_write,
            "focus": request.GET.get("focus", ""),
            "works_url": works_address(edition),
            "show_save_and_continue": False,
        }
        if edition.state == EditionState.DRAFT:
            by = person(request)
            objection = policies.objection_to_submit(edition, by=by) or objection_to_blocking(blocking)
            context["submit"] = self.button("submit", "Send to review", edition, objection)
        return context

    def panel(self, request: HttpRequest, thing: Edition) -> dict[str, Any]:
        """Where each region stands, what was said about the text, and who else may look at it."""
        by, contents = person(request), thing.contents  # type: ignore[attr-defined]
        pages = {Region(page.region): page for page in thing.article.regional_articles.all()}
        return {
            "cards": [self._card(thing, pages[region], contents[region], by) for region in thing.covered],
            "remarks": self._remarks(request, thing) if thing.state != EditionState.CLOSED else [],
            "notes": notes_card(thing),
            "previews": preview_card(thing, by=by),
            "bars_reviewer": Role.REVIEWER in held_roles(request) and self.has_change_permission(request, thing),
        }

    def _remarks(self, request: HttpRequest, edition: Edition) -> list[RemarkCard]:
        """What reviewers said of the article that is not settled, with what can be done about it."""
        unsettled = edition.article.comments.filter(settled_by=None).select_related("author", "revision")
        remark_admin = self.admin_site.get_model_admin(ReviewComment)
        assert isinstance(remark_admin, RemarkAdmin)  # noqa: S101
        found = unsettled.prefetch_related("replies__author")
        return [remark_admin.card(request, remark, edition) for remark in found]

    def _card(self, edition: Edition, page: RegionalArticle, content: Content, by: User) -> RegionCard:
        region = Region(page.region)
        row = last_row(edition, region)
        assignments = row.assignments.select_related("reviewer", "overruling__note").order_by("pk") if row else []
        url = reverse("admin:conditions_edition_preview", args=[edition.pk, region.slug])
        readings = row.readings.select_related("reader").annotate(said=Count("comments")).order_by("pk") if row else []
        if edition.state != EditionState.CLOSED:
            buttons = self._buttons(edition, region, row, by)
        else:
            buttons = self._overruling_buttons(edition, row, by) if row else []
        return RegionCard(region, page, since(page, content), row, list(assignments), list(readings), url, buttons)

    def _buttons(self, edition: Edition, region: Region, row: RegionalEdition | None, by: User) -> list[Button]:
        """The steps that make sense from where the region stands; each says why it cannot be taken."""
        buttons = []
        if row is not None:
            state, of = row.state, {"region": region.value, "round": row.round}
            if state in (ReviewState.IN_REVIEW, ReviewState.CLEARED):
                objection = objection_without(by, Role.EDITOR, Role.LEAD)
                buttons.append(self.button("invite", "Ask another reviewer", edition, objection, initial=of))
                label = "Ask somebody who lives with it to read"
                buttons.append(self.button("invite-reader", label, edition, objection, initial=of))
            buttons = [*self._publishing_buttons(edition, row, by), *buttons]
            if state in policies.REOPENED_FROM and edition.state == EditionState.FROZEN:
                objection = policies.objection_to_reopen(row, by=by, reason=SOME_REASON)
                buttons.append(self.button("reopen", "Take back to the desk", edition, objection, initial=of))
            buttons += self._overruling_buttons(edition, row, by)
        objection = policies.objection_to_discard(edition, region, by=by, reason=SOME_REASON)
        initial = {"region": region.value}
        discard = self.button("discard", "Discard this text", edition, objection, initial=initial, is_grave=True)
        return [*buttons, discard]

    def _publishing_buttons(self, edition: Edition, row: RegionalEdition, by: User) -> list[Button]:
        """What makes a signed text live, now or at a time."""
        state, of, buttons = row.state, {"region": row.region, "round": row.round}, []
        if state in (ReviewState.IN_REVIEW, *PUBLISHED_FROM):
            label = f"Publish for {Region(row.region).label}{' now' if state == ReviewState.SCHEDULED else ''}"
            buttons.append(self.button("publish", label, edition, objection_to_publish(row, by=by), initial=of))
        if state == ReviewState.CLEARED:
            objection = scheduling.objection_to_schedule_at_all(row, by=by)
            buttons.append(self.button("schedule", "Publish at a set time", edition, objection, initial=of))
        if state == ReviewState.SCHEDULED:
            objection = scheduling.objection_to_unschedule(row, by=by)
            buttons.append(self.button("unschedule", "Take the time back", edition, objection, initial=of))
        return buttons

    def _overruling_buttons(self, edition: Edition, row: RegionalEdition, by: User) -> list[Button]:
        """What leads decide about a request for changes, and who may propose to publish it."""
        of = {"region": row.region, "round": row.round}
        buttons = []
        if row.state == ReviewState.CHANGES_REQUESTED:
            objection = overruling.objection_to_overrule(row, by=by, reason=SOME_REASON)
            label = "Overrule the request for changes"
            buttons.append(self.button("overrule", label, edition, objection, initial=of, is_grave=True))
        made = Overruling.objects.filter(assignment__regional_edition=row).select_related("assignment__reviewer")
        if last := made.order_by("-pk").first():
            objection = overruling.objection_to_propose_note(last, by=by)
            buttons.append(
                self.button("propose-note", "Propose to publish the dissent", edition, objection, initial=of)
            )
        return buttons


def objection_to_blocking(blocking: list[checks.Finding]) -> Refusal | None:
    """The text is sent to review once no check stands in the way."""
    if not blocking:
        return None
    faults = "1 fault" if len(blocking) == 1 else f"{len(blocking)} faults"
    return Incomplete(f"The checks found {faults} that must be put right first.")


def _place_of(section: Section) -> str:
    """Where a section stands, in a sentence."""
    order = list(section.edition.sections.values_list("pk", flat=True))
    return f"“{section.heading}” is {order.index(section.pk) + 1} of {len(order)}."
