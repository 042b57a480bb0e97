"""The admin of things that two people may have open at once: the second save keeps its text and overwrites nothing."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from alsinfo.admin.conflicts import VERSION, differences, rebased
from alsinfo.admin.forms import VersionedForm
from alsinfo.admin.records import RecordAdmin
from alsinfo.concurrency import Conflict
from alsinfo.refusals import Refusal


class VersionedAdmin(RecordAdmin):
    """A form that remembers the version it was opened with; `write` passes it to the action."""

    form = VersionedForm
    conflict: type[Refusal] = Conflict

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The fields, with the hidden version where the form can be saved."""
        fields = [name for name in super().get_fields(request, obj) if name != VERSION]
        return [*fields, VERSION] if obj is not None and self.has_change_permission(request, obj) else fields

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As for any record, but a form opened before the last save is shown again instead of saved."""
        if request.method == "POST" and object_id is not None:
            saved = self.get_object(request, unquote(object_id))
            if saved is not None and request.POST.get(VERSION) != str(saved.lock_version):
                self.meet(request, object_id, self.conflict())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def meet(self, request: HttpRequest, object_id: str | None, refusal: Refusal) -> None:
        """After a conflict the form counts as opened now, so that its next save is a decision."""
        super().meet(request, object_id, refusal)
        saved = self.get_object(request, unquote(object_id)) if object_id else None
        if saved is not None and isinstance(refusal, self.conflict):
            request.POST = rebased(request.POST, saved.lock_version, self._known(saved))  # type: ignore[assignment]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Django's page, after a conflict with what is saved wherever the form says something else."""
        if isinstance(getattr(request, "refusal", None), self.conflict):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["differences"] = differences(context["adminform"].form, formsets)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _known(self, saved: Model) -> dict[str, set[str]]:
        """The keys of the rows of each inline as they are now, by the inline's prefix."""
        known = {}
        for inline in self.inlines:
            field = next(field for field in inline.model._meta.fields if field.related_model is type(saved))
            rows = inline.model._default_manager.filter(**{field.name: saved})
            known[str(field.remote_field.get_accessor_name())] = {str(pk) for pk in rows.values_list("pk", flat=True)}
        return known
