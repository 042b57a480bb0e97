"""Pages about the site itself: an editor proposes, a publisher approves; readers see only what was approved."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed
from alsinfo.admin.permissions import person
from alsinfo.admin.proposals import ApproveForm, ProposalAdmin, entry_that_was_read
from alsinfo.admin.records import RecordAdmin, Rows
from alsinfo.admin.versions import VersionedAdmin
from alsinfo.refusals import Refusal
from conditions.actions import informing
from conditions.admin.fields import TEXT_OVERRIDES, VersionedTextForm, offer_regions
from conditions.models import SitePage, SitePageEntry
from conditions.policies import informing as policies

READERS = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)


class SitePageForm(VersionedTextForm):
    """A page, each fault at its field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_regions(self)

    def clean_title(self) -> str:
        """Words that can be shown and are not about health."""
        return self._sound("title", policies.faults_of_title(self.cleaned_data["title"]))

    def clean_text(self) -> str:
        """Words that can be shown and are not about health."""
        return self._sound("text", policies.faults_of_text(self.cleaned_data["text"]))

    def _sound(self, name: str, faults: Iterable[str]) -> str:
        if found := [each for each in faults if each]:
            raise ValidationError(found)
        return str(self.cleaned_data[name])


class ApprovePageForm(ApproveForm):
    """The entry that was read, with this in mind."""

    is_affirmed = forms.BooleanField(
        label="I read it, and it gives no advice on health.",
        error_messages={"required": "Read the page and say that it gives no advice on health."},
    )


def approve(page: SitePage, cleaned: Cleaned, by: User) -> str:
    """Stand behind the entry that was read."""
    informing.approve_page(entry_that_was_read(page, cleaned), by=by, is_affirmed=cleaned["is_affirmed"])
    return "Readers see this page now."


@admin.register(SitePage)
class SitePageAdmin(VersionedAdmin, ProposalAdmin):
    """Pages about the site: a save proposes, a second person approves."""

    group = "Articles"
    place = 45
    readers = (Role.LEAD,)
    adders = changers = policies.WRITERS
    entries, thing = SitePageEntry, "page"
    second = "a publisher"
    form = SitePageForm
    formfield_overrides = TEXT_OVERRIDES
    fields = ("kind", "region", "title", "text")
    change_form_template = "admin/conditions/site_page.html"
    list_display = ("__str__", "title", "proposal")
    list_filter = ("kind", "region")
    deeds = {"approve": Deed(ApprovePageForm, approve)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Which page it is does not change."""
        return ("kind", "region") if obj else ()

    def write(self, request: HttpRequest, form: SitePageForm, rows: Rows) -> Model:
        """Propose what the form says."""
        page = form.instance if form.instance.pk is None else form.as_opened()
        said = {name: form.cleaned_data[name] for name in ("title", "text")}
        return informing.propose_page(page, by=person(request), fields=said).page

    def objection_to_approve(self, entry: SitePageEntry, by: User) -> Refusal | None:
        """A publisher other than the proposer."""
        return policies.objection_to_approve_page(entry, by=by, is_affirmed=True)

    def parts(self, approved: SitePageEntry | None, proposed: SitePageEntry) -> Mapping[str, tuple[str, str]]:
        """Title and text."""
        return {name: (getattr(approved, name, ""), getattr(proposed, name)) for name in ("title", "text")}

    def panel(self, request: HttpRequest, thing: SitePage) -> dict[str, Any]:
        """What waits, and every version there was."""
        versions = thing.entries.select_related("proposed_by", "approved_by")
        return {**super().panel(request, thing), "versions": versions}


@admin.register(SitePageEntry)
class SitePageEntryAdmin(RecordAdmin):
    """What was proposed and approved, read only."""

    place = 14
    readers = READERS
    list_display = ("page", "number", "title", "proposed_by", "approved_by")
    list_select_related = ("page", "proposed_by", "approved_by")
    ordering = ("-pk",)
    fields = (("page", "number", "proposed_by", "proposed_at"), ("approved_by", "approved_at"), "title", "text")
