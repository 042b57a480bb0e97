"""Organisations: an editor proposes an entry, a publisher approves it; readers see only what was approved."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.db.models.functions import Now
from django.db.models.query import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from alsinfo.accounts.models import Role, User
from alsinfo.admin.permissions import person
from alsinfo.admin.proposals import ProposalAdmin
from alsinfo.admin.records import Rows
from alsinfo.admin.versions import VersionedAdmin
from alsinfo.refusals import Refusal
from organisations import actions, policies, registers
from organisations.admin.deeds import DEEDS, shown_contacts
from organisations.admin.exchange import export_view, import_view
from organisations.admin.logos import logo_page, logos_of
from organisations.admin.proposals import ProposalFilter
from organisations.admin.rows import ContactInline, CoverageInline, OrganisationForm, RegistrationInline
from organisations.admin.wording import parts_of
from organisations.dates import is_overdue, next_check
from organisations.errors import LinkWorks
from organisations.models import CharityRegistration, Entry, EntryLink, Organisation, Reply, Service

MOST_REPLIES_SHOWN = 9


@admin.register(Organisation)
class OrganisationAdmin(VersionedAdmin, ProposalAdmin):
    """Organisations: a save proposes, a second person approves."""

    group = "Organisations"
    place = 1
    readers = (Role.LEAD,)
    adders = changers = (Role.EDITOR, Role.PUBLISHER)
    entries, thing = Entry, "organisation"
    form = OrganisationForm
    fields = (
        "name",
        "slug",
        "former_names",
        "kind",
        "what_it_does",
        "whom_it_serves",
        "help_given",
        "parent_note",
        "standing",
        "successor",
    )
    inlines = (CoverageInline, ContactInline, RegistrationInline)
    change_form_template = "admin/organisations/organisation.html"
    change_list_template = "admin/organisations/organisations.html"
    list_display = ("name", "kind", "proposal", "details")
    list_filter = (ProposalFilter, "kind", "standing")
    search_fields = ("name", "former_names")
    deeds = DEEDS

    def get_urls(self) -> list[URLPattern]:
        """Import and export beside the list; a page for the logo."""
        view = self.admin_site.admin_view
        return [
            path("import/", view(partial(import_view, self)), name="organisations_organisation_import"),
            path("<path:object_id>/logo/", view(partial(logo_page, self)), name="organisations_organisation_logo"),
            path("export/", view(require_safe(partial(export_view, self))), name="organisations_organisation_export"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the check of its details."""
        return super().get_queryset(request).select_related("details_check")

    @admin.display(description="details checked", ordering="details_check__checked_on")
    def details(self, organisation: Organisation) -> str:
        """When, or that the next check is overdue."""
        if organisation.details_check is None:
            return "never"
        checked_on = organisation.details_check.checked_on
        late = "; overdue" if is_overdue(checked_on, timezone.now().date()) else ""
        return f"{checked_on:%-d %B %Y}{late}"

    @admin.display(description="What help it gives")
    def help_given(self, organisation: Organisation) -> str:
        """For those who only read."""
        return ", ".join(str(row.get_kind_display()) for row in organisation.services.all())

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Propose what the form says."""
        organisation, by = form.instance, person(request)
        for doubt in doubts(rows.put):
            messages.warning(request, doubt)
        put, remove = services_changed(organisation, form.cleaned_data["help_given"])
        put, remove = [*rows.put, *put], [*rows.remove, *remove]
        if organisation.pk is None:
            return actions.propose(organisation, by=by, put=put).organisation
        own = {field.name for field in organisation._meta.concrete_fields}
        fields = {name: value for name, value in form.cleaned_data.items() if name in own}
        organisation.lock_version = form.cleaned_data["opened_version"]
        return actions.propose(organisation, by=by, fields=fields, put=put, remove=remove).organisation

    def objection_to_approve(self, entry: Entry, by: User) -> Refusal | None:
        """A publisher other than the proposer."""
        return policies.objection_to_approve(entry, by=by)

    def parts(self, approved: Entry | None, proposed: Entry) -> Mapping[str, tuple[str, str]]:
        """Fact by fact."""
        return parts_of(approved.content if approved else {}, proposed.content)

    def panel(self, request: HttpRequest, thing: Organisation) -> dict[str, Any]:
        """What waits for a second person; when the details were checked; which contacts are hidden."""
        if thing.entry is None:
            return self._waiting(request, thing)
        by, check = person(request), thing.details_check
        may = policies.objection_to_describe(by=by)
        hidden = list(thing.hidings.filter(ended_at=None).select_related("hidden_by"))
        for hiding in hidden:
            objection = policies.objection_to_show_again(hiding, by=by)
            hiding.button = self.button("show-again", "Show it again", thing, objection, initial={"hiding": hiding.pk})  # type: ignore[attr-defined]
        return {
            **self._waiting(request, thing),
            "details": self.button(
                "check", "Record a check of its details", thing, may, initial={"number": thing.entry.number}
            ),
            "check": check,
            "next_check_on": next_check(check.checked_on) if check else None,
            "is_overdue": check is not None and is_overdue(check.checked_on, timezone.now().date()),
            "hidden": hidden,
            **self.asked(request, thing),
            "hide": self.button("hide", "Hide a contact", thing, may, is_grave=True) if shown_contacts(thing) else None,
        }

    def _waiting(self, request: HttpRequest, thing: Organisation) -> dict[str, Any]:
        """What waits for a second person, with the logos where they differ."""
        found = super().panel(request, thing)
        return {**found, "logos": logos_of(thing.entry, found["waiting"]) if "waiting" in found else []}

    def asked(self, request: HttpRequest, thing: Organisation) -> dict[str, Any]:
        """The links that were sent to it and work, what it answered, and the button that sends another."""
        by = person(request)
        links = list(EntryLink.objects.working(Now()).filter(organisation=thing).select_related("sent_by"))
        for link in links:
            objection = policies.objection_to_revoke_link(link, by=by)
            link.button = self.button("revoke-link", "Revoke this link", thing, objection, initial={"link": link.pk})  # type: ignore[attr-defined]
        replies = Reply.objects.filter(link__organisation=thing).select_related("entry", "link__sent_by")
        objection = policies.objection_to_describe(by=by) or (LinkWorks() if links else None)
        return {
            "links": links,
            "replies": replies.order_by("-pk")[:MOST_REPLIES_SHOWN],
            "ask": self.button("send-link", "Send a link", thing, objection),
        }


def services_changed(organisation: Organisation, wanted: Iterable[str]) -> tuple[list[Service], list[Service]]:
    """The rows to add and those to remove, so that it gives these kinds of help."""
    now = list(organisation.services.all()) if organisation.pk else []
    known, asked = {row.kind for row in now}, set(wanted)
    return [Service(kind=kind) for kind in sorted(asked - known)], [row for row in now if row.kind not in asked]


def doubts(rows: Iterable[Any]) -> list[str]:
    """What is worth a second look among the numbers in registers."""
    numbers = [row for row in rows if isinstance(row, CharityRegistration)]
    return [doubt for row in numbers if (doubt := registers.doubt_about_number(row.register, row.number))]
