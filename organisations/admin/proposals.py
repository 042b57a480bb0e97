"""Entries that wait for a second person: a filter of the list, and a line on the first page."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin import work
from alsinfo.admin.permissions import person
from alsinfo.admin.records import page_of
from alsinfo.admin.site import BackOffice
from organisations.models import Entry


class ProposalFilter(admin.SimpleListFilter):
    """Organisations whose newest entry waits for a second person."""

    title = "entry"
    parameter_name = "entry"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All of them, or those that the person may approve."""
        return [("waits", "Waits for a second person"), ("yours", "Waits, proposed by others than you")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those chosen."""
        found = {"waits": proposed(), "yours": proposed().exclude(proposed_by=person(request))}.get(self.value() or "")
        return queryset if found is None else queryset.filter(pk__in=found.values("organisation"))


def proposed() -> QuerySet[Entry]:
    """The newest entry of each organisation where nobody approved it yet."""
    later = Entry.objects.filter(organisation=OuterRef("organisation"), number__gt=OuterRef("number"))
    return Entry.objects.filter(~Exists(later), approved_by=None)


def to_verify(user: User) -> work.Waiting:
    """Entries that the person may approve: they wait, and somebody else proposed them."""
    found = proposed().exclude(proposed_by=user).select_related("organisation").order_by("pk")
    items = [
        work.Item(str(each.organisation), page_of(each.organisation), f"entry {each.number}") for each in found[:4]
    ]
    return work.Waiting(found.count(), "organisations/organisation/?entry=yours", items)


cast(BackOffice, admin.site).add_line(
    work.Line("organisations to verify", (Role.PUBLISHER,), 80, to_verify, of_one="organisation to verify")
)
