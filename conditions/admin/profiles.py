"""Reviewers' profiles: the reviewer proposes at the desk, a clinical lead approves here."""

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, OuterRef, Subquery
from django.db.models.query import QuerySet
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from alsinfo.concurrency import Conflict
from conditions.actions import profiling
from conditions.models import Profile, ProfileEntry
from conditions.policies import profiling as policies


class ApproveForm(forms.Form):
    """The entry that was read on this page."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, profile: Profile, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)


@dataclass(frozen=True)
class Line:
    """One part of a profile as readers see it now, and as it is proposed."""

    name: str
    approved: str
    proposed: str

    @property
    def label(self) -> str:
        """The part's name in words."""
        return self.name.replace("_", "-")

    @property
    def is_new(self) -> bool:
        """Whether the two differ."""
        return self.approved != self.proposed


def approve(profile: Profile, cleaned: Cleaned, by: User) -> str:
    """Stand behind the entry that was read."""
    entry = profile.entries.filter(number=cleaned["number"]).first()
    if entry is None:
        raise Conflict
    profiling.approve_profile(entry, by=by)
    return "Readers see this profile now."


@admin.register(Profile)
class ProfileAdmin(RecordAdmin):
    """Profiles; reviewers write them at their desk, a lead approves them."""

    group = "Review"
    place = 5
    readers = (Role.LEAD, Role.EDITOR, Role.PUBLISHER)
    change_form_template = "admin/conditions/profile.html"
    fields = ("reviewer", "away_from", "away_until")
    list_display = ("reviewer", "proposal", "away_from", "away_until")
    list_select_related = ("reviewer",)
    deeds = {"approve": Deed(ApproveForm, approve)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the numbers of the newest entry and of the one readers see."""
        newest = ProfileEntry.objects.filter(profile=OuterRef("pk")).order_by("-number").values("number")[:1]
        rows: QuerySet[Any] = super().get_queryset(request).select_related("reviewer", "entry__photograph")
        annotated: QuerySet[Any] = rows.annotate(newest=Subquery(newest), shown=F("entry__number"))
        return annotated

    @admin.display(description="entry")
    def proposal(self, profile: Any) -> str:
        """Whether something waits for a clinical lead."""
        shown = f"entry {profile.shown} is shown" if profile.shown else "nothing is shown yet"
        if profile.newest == profile.shown:
            return shown
        return f"entry {profile.newest} waits for a clinical lead; {shown}"

    def panel(self, request: HttpRequest, thing: Profile) -> dict[str, Any]:
        """What waits for a clinical lead, beside what readers see; the photographs only where they differ."""
        newest = thing.entries.select_related("proposed_by", "photograph").first()
        if newest is None or newest.approved_by_id is not None:
            return {}
        objection = policies.objection_to_approve(newest, by=person(request))
        button = self.button("approve", "Approve this profile", thing, objection, initial={"number": newest.number})
        shown = thing.entry.photograph if thing.entry else None
        photographs = [("Readers see", shown), ("Proposed", newest.photograph)] if newest.photograph != shown else []
        parts = {"waiting": newest, "lines": lines(thing.entry, newest), "photographs": photographs}
        return {**parts, "buttons": [button]}


def lines(approved: ProfileEntry | None, proposed: ProfileEntry) -> list[Line]:
    """Part by part, what readers see and what is proposed."""
    old, new = asdict(approved.description) if approved else {}, asdict(proposed.description)
    shown = [Line(name, in_words(old.get(name, "")), in_words(value)) for name, value in new.items()]
    return [line for line in shown if line.name != "photograph"]


def in_words(value: str | tuple[str, ...]) -> str:
    """A part as text, a line for each of several."""
    return value if isinstance(value, str) else "\n".join(value)


@admin.register(ProfileEntry)
class ProfileEntryAdmin(RecordAdmin):
    """What was proposed and approved, read only."""

    place = 11
    readers = (Role.LEAD, Role.EDITOR, Role.PUBLISHER)
    list_display = ("profile", "number", "proposed_by", "approved_by")
    list_select_related = ("profile__reviewer", "proposed_by", "approved_by")
    ordering = ("-pk",)
    fields = (("profile", "number", "proposed_by", "proposed_at"), ("approved_by", "approved_at"), "body", "photograph")
