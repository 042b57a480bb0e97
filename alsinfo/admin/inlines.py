"""Rows that belong to a thing: whoever may change the thing may change its rows."""

from typing import Any, cast

from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.forms import BaseInlineFormSet
from django.forms import Field as FormField
from django.http import HttpRequest

from alsinfo.admin.forms import RecordForm
from alsinfo.admin.records import RecordAdmin, without_popups

MOST_ROWS = 200


class OwnRows(BaseInlineFormSet):
    """Rows of one thing; a row of another thing makes the form faulty instead of being left out without a word."""

    def clean(self) -> None:
        """Refuse rows that are not, or no longer, the thing's own."""
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise ValidationError("A row of this form does not belong here any more. Open the page again.")


class RecordInline(InlineModelAdmin):
    """The permissions of the thing the rows belong to; mixed into Django's tabular or stacked inline."""

    form = RecordForm
    formset = OwnRows
    extra = 1
    max_num = MOST_ROWS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        """A formset that builds no more rows than a person would send, whatever count is posted."""
        return super().get_formset(request, obj, **{"absolute_max": MOST_ROWS, **kwargs})

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees the thing."""
        return self._owner().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may save the thing."""
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may save the thing."""
        owner = self._owner()
        return owner.has_add_permission(request) if obj is None else owner.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may save the thing takes rows out of it."""
        return self.has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Django's field without the links to pop-ups."""
        return without_popups(super().formfield_for_dbfield(db_field, request, **kwargs))

    def _owner(self) -> RecordAdmin:
        return cast(RecordAdmin, self.admin_site._registry[self.parent_model])
