"""Conditions with their names and codes."""

from django.contrib import admin
from django.db.models import Model
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Role
from alsinfo.admin.inlines import RecordInline
from alsinfo.admin.permissions import person
from alsinfo.admin.records import Rows
from alsinfo.admin.versions import VersionedAdmin
from conditions.actions import cataloguing
from conditions.admin.fields import FreeTextInlineForm, VersionedTextForm
from conditions.models import Condition, ConditionCode, ConditionName


class NameInline(RecordInline, admin.TabularInline):
    """The names a condition is found by."""

    model = ConditionName
    form = FreeTextInlineForm
    verbose_name = "name it is found by"
    verbose_name_plural = "names it is found by"


class CodeInline(RecordInline, admin.TabularInline):
    """The codes of a condition."""

    model = ConditionCode
    form = FreeTextInlineForm
    verbose_name = "code"
    verbose_name_plural = "codes"


@admin.register(Condition)
class ConditionAdmin(VersionedAdmin):
    """Conditions, written by editors and publishers."""

    group = "Articles"
    place = 3
    readers = (Role.LEAD,)
    adders = changers = (Role.EDITOR, Role.PUBLISHER)
    form = VersionedTextForm
    fields = ("name", "slug")
    inlines = (NameInline, CodeInline)
    list_display = ("name", "slug", "codes_in_words")
    search_fields = ("name", "slug", "names__text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Condition]:
        """With their codes."""
        return super().get_queryset(request).prefetch_related("codes")

    @admin.display(description="codes")
    def codes_in_words(self, condition: Condition) -> str:
        """The codes, each with its classification."""
        return ", ".join(str(code) for code in condition.codes.all())

    def write(self, request: HttpRequest, form: VersionedTextForm, rows: Rows) -> Model:
        """Add or change the condition."""
        fields = form.own_values()
        by = person(request)
        if form.instance.pk is None:
            names = [row for row in rows.put if isinstance(row, ConditionName)]
            codes = [row for row in rows.put if isinstance(row, ConditionCode)]
            return cataloguing.add_condition(fields["slug"], fields["name"], by=by, names=names, codes=codes)
        condition = form.as_opened()
        return cataloguing.change_condition(condition, by=by, fields=fields, put=rows.put, remove=rows.remove)
