"""The library of published works."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Model, Q
from django.db.models.query import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from alsinfo.accounts.models import Role
from alsinfo.admin.permissions import person
from alsinfo.admin.records import Rows, page_of
from alsinfo.admin.versions import VersionedAdmin
from conditions.actions import cataloguing
from conditions.admin.reference_deeds import DEEDS
from conditions.admin.reference_forms import ReferenceForm, fieldsets, rest_text
from conditions.admin.reference_pages import export_view, import_view, said_view
from conditions.content import typed
from conditions.errors.looking_up import LookupRefused
from conditions.exporting import FORMATS
from conditions.lookups import is_on, look_up
from conditions.models import Reference
from conditions.policies import cataloguing as policies
from conditions.rendering import reference_line
from conditions.uses import citing, possible_duplicates

LOOK_UP = "_look_up"


class LanguageFilter(admin.SimpleListFilter):
    """The languages that works are in; those that say none have nothing to choose."""

    title = "language"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Each language once, by name."""
        named = Reference.objects.exclude(language="").order_by("language")
        return [(language, language) for language in named.values_list("language", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reference]) -> QuerySet[Reference]:
        """The works in the language chosen."""
        return queryset.filter(language=self.value()) if self.value() else queryset


class StandingFilter(admin.SimpleListFilter):
    """Works that stand, unless those that were merged are asked for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The other choice; without one, the works that stand are listed."""
        return [("merged", "Merged into another"), ("uncited", "Cited nowhere")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reference]) -> QuerySet[Reference]:
        """The works of the state."""
        if self.value() == "merged":
            return queryset.exclude(merged_into=None)
        standing = queryset.filter(merged_into=None)
        uncited = Q(citations=None) & ~Q(merged__citations__isnull=False)
        return standing.filter(uncited).distinct() if self.value() == "uncited" else standing


@admin.register(Reference)
class ReferenceAdmin(VersionedAdmin):
    """The library, written by editors and publishers."""

    group = "Articles"
    place = 4
    readers = (Role.LEAD,)
    adders = changers = (Role.EDITOR, Role.PUBLISHER)
    deeds = DEEDS
    form = ReferenceForm
    change_form_template = "admin/conditions/reference.html"
    change_list_template = "admin/conditions/references.html"
    list_display = ("title", "as_listed", "kind", "year", "evidence", "articles")
    list_filter = (StandingFilter, "kind", "evidence", "access", LanguageFilter)
    search_fields = ("title", "doi", "pmid", "pmcid", "isbn", "nct", "csl__author")
    search_help_text = "A word of the title, an author, or a DOI, PMID, PMCID, ISBN or NCT number"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reference]:
        """With how many articles cite them."""
        counted = Count("citations__edition__article", distinct=True)
        works: QuerySet[Reference] = super().get_queryset(request).select_related("merged_into")
        return works.annotate(article_count=counted)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """The filters that are shown."""
        return lookup == StandingFilter.parameter_name or super().lookup_allowed(lookup, value, request)

    def get_urls(self) -> list[URLPattern]:
        """The pages beside the list, before Django's own."""
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_page), name="conditions_reference_import"),
            path("said/", view(require_safe(self.said_page)), name="conditions_reference_said"),
            path(
                "<path:object_id>/export.<str:suffix>",
                view(require_safe(self.export)),
                name="conditions_reference_export",
            ),
            *super().get_urls(),
        ]

    def import_page(self, request: HttpRequest) -> HttpResponse:
        """Bring in a file: see first, then add."""
        return import_view(self, request)

    def said_page(self, request: HttpRequest) -> HttpResponse:
        """Where else did we say this."""
        return said_view(self, request)

    def export(self, request: HttpRequest, object_id: str, suffix: str) -> HttpResponse:
        """A work as a file that reference programs read."""
        return export_view(self, request, object_id, suffix)

    @admin.display(description="as readers see it")
    def as_listed(self, reference: Reference) -> str:
        """The line in a list of references."""
        return _line(reference.csl)

    @admin.display(description="articles", ordering="article_count")
    def articles(self, reference: Any) -> int:
        """How many articles cite it."""
        count: int = reference.article_count
        return count

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A work that was merged is only looked at."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields of the work's kind; all of them for a new one."""
        if obj is None:
            return fieldsets("", {})
        if not self.has_change_permission(request, obj):
            return [(None, {"fields": ("as_listed", "csl")})]
        *sets, last = fieldsets(obj.kind, typed.fields_of(obj.csl))
        return [*sets, (last[0], {**last[1], "fields": [*last[1]["fields"], "opened_version"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The description, to those who only look."""
        return ("as_listed", "csl") if obj and not self.has_change_permission(request, obj) else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form as it is: the description is made from its own fields, none of the model's."""
        return super().get_form(request, obj, change, **{**kwargs, "fields": ()})

    # Looking up

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As for any record; "look up" shows the form again with what was found, and saves nothing."""
        if object_id is None and LOOK_UP in request.POST and self.has_add_permission(request):
            request.prefilled = prefilled(request)  # type: ignore[attr-defined]
            request.method = "GET"
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What was looked up and typed; a link fills nothing in."""
        return getattr(request, "prefilled", {})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Django's page, for a new work with what it can be looked up by."""
        context |= {"looks_up": kwargs.get("add") and is_on(), "identifier": request.POST.get("identifier", "")}
        return super().render_change_form(request, context, *args, **kwargs)

    # One work

    def panel(self, request: HttpRequest, thing: Reference) -> dict[str, Any]:
        """How readers see it, where it is used, which other works it could be."""
        by = person(request)
        near = [] if thing.merged_into_id else possible_duplicates(thing)
        return {
            "line": _line(thing.csl),
            "passages": citing(thing),
            "formats": list(FORMATS),
            "stands_for": [(row, page_of(row)) for row in thing.merged.all()],
            "current": (thing.current, page_of(thing.current)) if thing.merged_into_id else None,
            "duplicates": [(row, _line(row.csl), page_of(row), self._merge(thing, row, by)) for row in near],
            "part": self.button(
                "part", "It is another work after all", thing, policies.objection_to_part(thing, by=by)
            ),
        }

    def _merge(self, kept: Reference, merged: Reference, by: Any) -> Any:
        objection = policies.objection_to_merge(kept, merged, by=by)
        return self.button("merge", "Merge it into this one", kept, objection, initial={"other": merged.pk})

    def write(self, request: HttpRequest, form: ReferenceForm, rows: Rows) -> Model:
        """Add or change the work; articles keep the description they copied."""
        described = form.described()
        if form.instance.pk is None:
            return cataloguing.add_reference(described, by=person(request))
        return cataloguing.change_reference(form.as_opened(), described, by=person(request))


def prefilled(request: HttpRequest) -> dict[str, str]:
    """What was typed, and in the fields that were empty what is known of the work; a failure is a message."""
    written = {name: request.POST.get(name, "") for name in ReferenceForm.base_fields if name != "opened_version"}
    try:
        found = look_up(request.POST.get("identifier", ""))
    except LookupRefused as refusal:
        messages.error(request, str(refusal))
        return written
    messages.success(request, "Found. Look it over, then save: nothing is saved yet.")
    known = typed.fields_of(found) | {"rest": rest_text(typed.rest_of(found))}
    return {name: written.get(name) or value for name, value in known.items()} | {"kind": known["kind"]}


def _line(csl: dict[str, Any]) -> str:
    return str(reference_line(csl))
