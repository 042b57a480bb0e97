"""Readings of a draft by people who live with the condition: read only, with what they said."""

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.db.models.query import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed, Reason, plain
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from conditions.actions import reading as actions
from conditions.models import Reading
from conditions.policies import reading as policies
from conditions.policies.commenting import OTHER_PARTS, SECTION

SOME_REASON = "to be given"


def cancel(reading: Reading, cleaned: Cleaned, by: User) -> str:
    """The request is withdrawn."""
    actions.cancel_reading(reading, by=by, reason=cleaned["reason"])
    return "The request was withdrawn."


@admin.register(Reading)
class ReadingAdmin(RecordAdmin):
    """Who was asked to read what, when, and what they said."""

    group = "Review"
    place = 2
    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    list_display = ("reader", "page", "state", "invited_at", "due_on", "count_of_remarks")
    list_filter = ("state",)
    list_select_related = ("reader", "regional_edition__edition__article__condition")
    ordering = ("-pk",)
    fields = readonly_fields = (
        "reader",
        "regional_edition",
        "revision",
        "state",
        "invited_by",
        "invited_at",
        "due_on",
        "completed_at",
        "reason",
        "remarks",
    )
    deeds = {"cancel": Deed(plain(Reason), cancel)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reading]:
        """With what names a reading, and how much was said."""
        found = super().get_queryset(request).select_related("regional_edition__edition__article__condition")
        counted: QuerySet[Reading] = found.annotate(said=Count("comments"))
        return counted

    @admin.display(description="page")
    def page(self, reading: Reading) -> str:
        """What is read."""
        return f"{reading.title}, {reading.region.label}"

    @admin.display(description="remarks")
    def count_of_remarks(self, reading: Reading) -> int:
        """How many were made."""
        return int(getattr(reading, "said", 0))

    @admin.display(description="remarks")
    def remarks(self, reading: Reading) -> SafeString | str:
        """What was said, of which part, and what became of it."""
        headings = {SECTION + part["key"]: part["heading"] for part in reading.revision.content["sections"]}
        names = {**OTHER_PARTS, **headings}
        rows = [
            (names.get(each.part, each.part), each.get_weight_display(), each.get_state_display(), each.body)
            for each in reading.comments.all()
        ]
        if not rows:
            return "None"
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} ({}, {}):<br><q>{}</q></li>", rows))

    def panel(self, request: HttpRequest, thing: Reading) -> dict[str, Any]:
        """What can be done while it is open."""
        if not thing.is_open:
            return {"buttons": []}
        objection = policies.objection_to_cancel_reading(thing, by=person(request), reason=SOME_REASON)
        return {"buttons": [self.button("cancel", "Withdraw the request", thing, objection, is_grave=True)]}
