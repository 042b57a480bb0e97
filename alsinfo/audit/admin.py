"""The audit, read only."""

from typing import Any

from django.contrib import admin
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Role
from alsinfo.admin.permissions import held_roles
from alsinfo.admin.records import RecordAdmin
from alsinfo.audit.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(RecordAdmin):
    """Everything for leads and superusers; for administrators what concerns accounts."""

    place = 90
    readers = (Role.LEAD, Role.ADMINISTRATOR)
    list_display = ("sequence", "at", "actor", "verb", "subject_type", "subject_id", "reason")
    list_select_related = ("actor",)
    ordering = ("-sequence",)
    fields = ("sequence", "at", "actor", "verb", "subject_type", "subject_id", "reason", "before", "after", "hash")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The events this person may read."""
        events = super().get_queryset(request)
        if getattr(request.user, "is_superuser", False) or Role.LEAD in held_roles(request):
            return events
        return events.filter(subject_type="accounts.User")
