"""The record of organisations, read only: what was proposed and approved, checked and hidden."""

from django.contrib import admin

from alsinfo.accounts.models import Role
from alsinfo.admin.records import RecordAdmin
from organisations.models import DetailsCheck, Entry, Hiding

READERS = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)


@admin.register(Entry)
class EntryAdmin(RecordAdmin):
    """What was proposed and approved."""

    place = 10
    readers = READERS
    list_display = ("organisation", "number", "proposed_by", "approved_by")
    list_select_related = ("organisation", "proposed_by", "approved_by")
    ordering = ("-pk",)
    fields = (("organisation", "number", "proposed_by", "proposed_at"), ("approved_by", "approved_at"), "body")


@admin.register(DetailsCheck)
class DetailsCheckAdmin(RecordAdmin):
    """Who asked which organisation whether its entry is right."""

    place = 12
    readers = READERS
    list_display = ("organisation", "checked_on", "how", "checked_by")
    list_select_related = ("organisation", "checked_by")
    fields = ("organisation", "entry", "checked_on", "how", "asked", "checked_by", "recorded_at")


@admin.register(Hiding)
class HidingAdmin(RecordAdmin):
    """Contacts taken from readers at once, and put back."""

    place = 13
    readers = READERS
    list_display = ("organisation", "value", "hidden_by", "hidden_at", "ended_by")
    list_select_related = ("organisation", "hidden_by", "ended_by")
    fields = ("organisation", "kind", "value", "reason", ("hidden_by", "hidden_at"), ("ended_by", "ended_at"))
