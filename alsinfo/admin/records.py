"""The admin of one kind of thing: roles decide who sees and changes it, and one action writes every change."""

from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from django.contrib.admin import ShowFacets
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db.models import Field, Model
from django.forms import BaseModelFormSet
from django.forms import Field as FormField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from alsinfo.accounts.keeping import forget, kept, sealed_writer
from alsinfo.accounts.models import Role
from alsinfo.admin.forms import RecordForm
from alsinfo.admin.permissions import has_one_of, person
from alsinfo.admin.pressing import Pressing
from alsinfo.admin.pressing import page_of as page_of
from alsinfo.admin.problems import problems
from alsinfo.admin.turned_away import NotSentYet
from alsinfo.audit.models import AuditEvent
from alsinfo.refusals import Refusal

LONGEST_HISTORY = 200
FORGET = "_forget"
STOCK_EXTRAS = ("_saveasnew", "_popup", "_to_field")


@dataclass(frozen=True)
class Rows:
    """What a form's inlines change: rows new or changed, rows to remove."""

    put: list[Any]
    remove: list[Any]


class RecordAdmin(Pressing):
    """Nothing is changed in bulk, copied or deleted here; `readers`, `adders`, `changers` are roles.

    Whoever holds none of the roles is refused, a superuser reads only. A subclass with `adders` or
    `changers` writes in `write`.
    """

    group = "The record"
    place = 50
    readers: ClassVar[tuple[Role, ...]] = ()
    adders: ClassVar[tuple[Role, ...]] = ()
    changers: ClassVar[tuple[Role, ...]] = ()

    form = RecordForm
    change_form_template = "admin/change_form_with_panel.html"
    actions = None
    save_as = False
    save_on_top = False
    view_on_site = False
    show_facets = ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 50

    class Media:
        js = ("keeping.js", "markdown.js", "pasting.js")

    # Who

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the list is offered at all."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A person with one of the roles, or a superuser, who only looks."""
        is_superuser = request.user.is_active and getattr(request.user, "is_superuser", False)
        return is_superuser or has_one_of(request, (*self.readers, *self.adders, *self.changers))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A person with one of the roles that add."""
        return has_one_of(request, self.adders)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A person with one of the roles that change."""
        return has_one_of(request, self.changers)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: history is kept."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the filters that are shown, so that a query string reveals no other field."""
        shown = self.get_list_filter(request)
        return lookup in {
            f"{each}__exact" if isinstance(each, str) else getattr(each, "parameter_name", None) for each in shown
        }

    # Saving

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Save what the form says with one action; gives what was saved. Refusals come back as errors of the form."""
        raise PermissionDenied

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Nothing yet: the thing and its rows are saved together."""

    def save_related(self, request: HttpRequest, form: Any, formsets: list[BaseModelFormSet], change: bool) -> None:
        """Collect what the inlines changed and write everything."""
        if getattr(request, "kept", None):
            raise PermissionDenied("What was kept is shown, never saved unseen.")
        form.instance.pk = self.write(request, form, self.rows_of(formsets)).pk

    def rows_of(self, formsets: list[BaseModelFormSet]) -> Rows:
        """What the inlines change."""
        put, remove = [], []
        for formset in formsets:
            put += formset.save(commit=False)
            remove += formset.deleted_objects
        return Rows(put, remove)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form or save it; what an action refuses is shown on the form, with everything typed."""
        refuse_extras(request)
        if request.method == "POST":
            forget(request)
            if FORGET in request.POST:
                return HttpResponseRedirect(request.path)
        else:
            self.resume(request, object_id)
        if request.method == "POST":
            self.prepare(request, object_id)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            self.meet(request, object_id, refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def resume(self, request: HttpRequest, object_id: str | None) -> None:
        """Show what was kept of this form as if it was sent just now, and refused."""
        request.kept = typed = kept(request)  # type: ignore[attr-defined]
        if typed and not typed.deed:
            request.FILES  # noqa: B018  # read now, since reading it later would empty what is put in
            request.POST, request.method = typed.as_post(), "POST"  # type: ignore[assignment]
            self.meet(request, object_id, NotSentYet())

    def prepare(self, request: HttpRequest, object_id: str | None) -> None:
        """Nothing yet: a subclass may change what was sent, or have it shown again."""

    def meet(self, request: HttpRequest, object_id: str | None, refusal: Refusal) -> None:
        """Have the form shown again with the refusal."""
        request.refusal = refusal  # type: ignore[attr-defined]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, knowing the refusal it has to show."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", None)})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A link fills nothing in."""
        return {}

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Django's field without the links to pop-ups."""
        return without_popups(super().formfield_for_dbfield(db_field, request, **kwargs))

    # The page

    def panel(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        """What a page shows above its form, for the model's own template."""
        return {}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Django's page with the panel and a list of what is wrong."""
        if context["errors"]:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["problems"] = problems(context["adminform"].form, formsets)
        context |= {"writer": sealed_writer(person(request)), "kept": getattr(request, "kept", None)}
        if obj is not None:
            obj.refused_deed = context["refused"] = getattr(request, "refused_deed", None)
            context |= self.panel(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # What Django would do besides

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; a POST changes nothing, since nothing is changed in bulk."""
        refuse_extras(request)
        if request.method == "POST":
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the audit says of a thing."""
        thing = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, thing):
            raise PermissionDenied
        if thing is None:
            raise Http404
        events = AuditEvent.objects.filter(subject_type=thing._meta.label, subject_id=str(thing.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {thing}",
            "events": events.select_related("actor").order_by("-sequence")[:LONGEST_HISTORY],
        }
        return TemplateResponse(request, "admin/history.html", context)

    def construct_change_message(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Nothing: the action wrote its audit event."""
        return []

    def log_addition(self, *args: Any) -> None:  # type: ignore[override]
        """Nothing: the action wrote its audit event."""

    def log_change(self, *args: Any) -> None:  # type: ignore[override]
        """Nothing: the action wrote its audit event."""

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        raise Http404


def refuse_extras(request: HttpRequest) -> None:
    """Copying, pop-ups and keys by other columns are not offered, so asking for them is no mistake of a person."""
    if any(name in request.POST or name in request.GET for name in STOCK_EXTRAS):
        raise SuspiciousOperation("This is not offered here.")


def without_popups(field: FormField | None) -> FormField | None:
    """The field without links that add or change what it points at in a pop-up."""
    if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    return field
