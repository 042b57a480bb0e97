"""Organisations: an editor proposes an entry, a publisher approves it; readers see only what was approved."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, Model, OuterRef, Subquery
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin import work
from alsinfo.admin.buttons import Cleaned, Deed
from alsinfo.admin.forms import RecordForm, VersionedForm
from alsinfo.admin.inlines import RecordInline
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, Rows, page_of
from alsinfo.admin.site import BackOffice
from alsinfo.admin.versions import VersionedAdmin
from alsinfo.concurrency import Conflict
from organisations import actions, contacts, policies, registers
from organisations.areas import AREAS
from organisations.models import CharityRegistration, Contact, Coverage, Entry, Organisation


class CoverageForm(RecordForm):
    """A region, nation or state by its name."""

    code = forms.ChoiceField(label="Area", choices=[("", "---------"), *AREAS.items()])


class CoverageInline(RecordInline, admin.TabularInline):
    """The areas an organisation covers."""

    model = Coverage
    form = CoverageForm


class ContactForm(RecordForm):
    """A contact."""

    def clean(self) -> dict[str, Any]:
        """It can be called, written to or opened as it is written."""
        cleaned = super().clean()
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and value and (sentence := contacts.objection_to_contact(kind, value)):
            self.add_error("value", ValidationError(sentence))
        return cleaned


class ContactInline(RecordInline, admin.TabularInline):
    """The ways to reach an organisation."""

    model = Contact
    form = ContactForm
    fields = ("kind", "value", "label", "note", "position")


class RegistrationForm(RecordForm):
    """A number in a public register."""

    def clean(self) -> dict[str, Any]:
        """It has the shape that its register gives."""
        cleaned = super().clean()
        register, number = cleaned.get("register"), cleaned.get("number")
        if register and number:
            cleaned["number"] = registers.normal_number(register, number)
            if sentence := registers.objection_to_number(register, cleaned["number"]):
                self.add_error("number", ValidationError(sentence))
        return cleaned


class RegistrationInline(RecordInline, admin.TabularInline):
    """An organisation's numbers in public registers."""

    model = CharityRegistration
    form = RegistrationForm


class ApproveForm(forms.Form):
    """The entry that was read on this page."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, organisation: Organisation, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)


@dataclass(frozen=True)
class Line:
    """One fact of an entry as readers see it now, and as it is proposed."""

    label: str
    approved: str
    proposed: str

    @property
    def is_new(self) -> bool:
        """Whether the two differ."""
        return self.approved != self.proposed


def approve(organisation: Organisation, cleaned: Cleaned, by: User) -> str:
    """Stand behind the entry that was read."""
    entry = organisation.entries.filter(number=cleaned["number"]).first()
    if entry is None:
        raise Conflict
    actions.approve(entry, by=by)
    return "Readers see this entry now."


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


@admin.register(Organisation)
class OrganisationAdmin(VersionedAdmin):
    """Organisations: a save proposes, a second person approves."""

    group = "Organisations"
    place = 1
    readers = (Role.LEAD,)
    adders = changers = (Role.EDITOR, Role.PUBLISHER)
    form = VersionedForm
    fields = ("name", "slug", "former_names", "kind", "what_it_does", "parent_note")
    inlines = (CoverageInline, ContactInline, RegistrationInline)
    change_form_template = "admin/organisations/organisation.html"
    list_display = ("name", "kind", "proposal")
    list_filter = (ProposalFilter, "kind")
    search_fields = ("name", "former_names")
    deeds = {"approve": Deed(ApproveForm, approve)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the number of the newest entry that nobody has approved."""
        newest = Entry.objects.filter(organisation=OuterRef("pk")).order_by("-number")
        waiting = newest.values("number")[:1]
        rows: QuerySet[Any] = super().get_queryset(request).select_related("entry")
        annotated: QuerySet[Any] = rows.annotate(newest=Subquery(waiting), shown=F("entry__number"))
        return annotated

    @admin.display(description="entry")
    def proposal(self, organisation: Any) -> str:
        """Whether something waits for a second person."""
        if organisation.newest is None:
            return "nothing proposed"
        if organisation.newest == organisation.shown:
            return f"entry {organisation.shown} is shown"
        shown = f"entry {organisation.shown} is shown" if organisation.shown else "nothing is shown yet"
        return f"entry {organisation.newest} waits for a second person; {shown}"

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Propose what the form says."""
        organisation, by = form.instance, person(request)
        for row in rows.put:
            if isinstance(row, CharityRegistration) and (
                doubt := registers.doubt_about_number(row.register, row.number)
            ):
                messages.warning(request, doubt)
        if organisation.pk is None:
            return actions.propose(organisation, by=by, put=rows.put).organisation
        own = {field.name for field in organisation._meta.concrete_fields}
        fields = {name: value for name, value in form.cleaned_data.items() if name in own}
        organisation.lock_version = form.cleaned_data["opened_version"]
        return actions.propose(organisation, by=by, fields=fields, put=rows.put, remove=rows.remove).organisation

    def panel(self, request: HttpRequest, thing: Organisation) -> dict[str, Any]:
        """What waits for a second person, beside what readers see."""
        newest = thing.entries.select_related("proposed_by").first()
        if newest is None or newest.approved_by_id is not None:
            return {}
        objection = policies.objection_to_approve(newest, by=person(request))
        button = self.button("approve", "Approve this entry", thing, objection, initial={"number": newest.number})
        return {"waiting": newest, "lines": lines(thing.entry, newest), "buttons": [button]}


def doubts(rows: Iterable[Any]) -> list[str]:
    """What is worth a second look among the numbers in registers."""
    numbers = [row for row in rows if isinstance(row, CharityRegistration)]
    return [doubt for row in numbers if (doubt := registers.doubt_about_number(row.register, row.number))]


def lines(approved: Entry | None, proposed: Entry) -> list[Line]:
    """Fact by fact, the entry readers see and the one proposed."""
    old, new = approved.content if approved else {}, proposed.content
    return [Line(name.replace("_", " "), in_words(old.get(name, "")), in_words(new[name])) for name in new]


def in_words(value: Any) -> str:
    """A fact as text, a line for each of several."""
    if isinstance(value, list):
        return "\n".join(in_words(item) for item in value)
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part)
    return AREAS.get(str(value), str(value))


@admin.register(Entry)
class EntryAdmin(RecordAdmin):
    """What was proposed and approved, read only."""

    place = 10
    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    list_display = ("organisation", "number", "proposed_by", "approved_by", "details_checked_on")
    list_select_related = ("organisation", "proposed_by", "approved_by")
    ordering = ("-pk",)
    fields = (
        ("organisation", "number", "proposed_by", "proposed_at"),
        ("approved_by", "approved_at", "details_checked_on"),
        "body",
    )


cast(BackOffice, admin.site).add_line(
    work.Line("organisations to verify", (Role.PUBLISHER,), 80, to_verify, of_one="organisation to verify")
)
