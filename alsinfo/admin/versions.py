"""The admin of things that two people may have open at once: the second save keeps its text and overwrites nothing."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse

from alsinfo.admin.choosing import Undecided, is_answer, settled
from alsinfo.admin.conflicts import MARKS, VERSION, meet
from alsinfo.admin.forms import VersionedForm
from alsinfo.admin.permissions import person
from alsinfo.admin.presence import OPENED, SAVED, note, others_at
from alsinfo.admin.records import RecordAdmin
from alsinfo.admin.sheets import Sheet, sheet_of
from alsinfo.concurrency import Conflict
from alsinfo.refusals import Refusal


class VersionedAdmin(RecordAdmin):
    """A form that remembers the version it was opened with; `write` passes it to the action."""

    form = VersionedForm
    conflict: type[Refusal] = Conflict

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The fields, with the hidden version and marks where the form can be saved."""
        fields = [name for name in super().get_fields(request, obj) if name not in (VERSION, MARKS)]
        can_save = obj is not None and self.has_change_permission(request, obj)
        return [*fields, VERSION, MARKS] if can_save else fields

    def prepare(self, request: HttpRequest, object_id: str | None) -> None:
        """A form opened before the last save is shown again instead of saved; so is one that leaves a choice open."""
        saved = self.get_object(request, unquote(object_id)) if object_id else None
        if saved is None or not self.has_change_permission(request, saved):
            return
        if request.POST.get(VERSION) != str(saved.lock_version):
            self.meet(request, object_id, self.conflict())
        elif getattr(request, "kept", None) and is_answer(request.POST):
            self.meet(request, object_id, Undecided())
        elif is_answer(request.POST):
            try:
                request.POST = settled(request.POST, self._sheet(request, saved))  # type: ignore[assignment]
            except Undecided as undecided:
                self.meet(request, object_id, undecided)

    def meet(self, request: HttpRequest, object_id: str | None, refusal: Refusal) -> None:
        """After a conflict the form counts as opened now, with what is saved beside it: its next save is a decision."""
        super().meet(request, object_id, refusal)
        saved = self.get_object(request, unquote(object_id)) if object_id else None
        if saved is not None and isinstance(refusal, (self.conflict, Undecided)):
            sheet = self._sheet(request, saved)
            request.POST, request.differences = meet(request.POST, sheet, saved.lock_version)  # type: ignore[attr-defined,assignment]

    def save_related(self, request: HttpRequest, form: Any, formsets: list[BaseModelFormSet], change: bool) -> None:
        """As for any record; others who have the form open are told."""
        super().save_related(request, form, formsets, change)
        note(form.instance, SAVED, by=person(request))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Django's page with marks of what the form shows, after a conflict with what is saved beside it."""
        form = context["adminform"].form
        if not form.is_bound and obj is not None and self.has_change_permission(request, obj):
            form.initial[MARKS] = sheet_of(form, [each.formset for each in context["inline_admin_formsets"]]).marks()
            context["others"] = others_at(form.instance, person(request))
            note(form.instance, OPENED, by=person(request))
        context["differences"] = getattr(request, "differences", [])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _sheet(self, request: HttpRequest, saved: Any) -> Sheet:
        """What the form would show if it was opened now."""
        formsets = [
            formset(instance=saved, queryset=inline.get_queryset(request), prefix=formset.get_default_prefix())
            for formset, inline in self.get_formsets_with_inlines(request, saved)
        ]
        return sheet_of(self.get_form(request, saved, change=True)(instance=saved), formsets)
