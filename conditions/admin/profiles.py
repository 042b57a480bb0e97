"""Reviewers' profiles: the reviewer proposes at the desk, a clinical lead approves here."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed
from alsinfo.admin.proposals import ApproveForm, ProposalAdmin, entry_that_was_read
from alsinfo.admin.records import RecordAdmin
from alsinfo.refusals import Refusal
from conditions.actions import profiling
from conditions.models import Profile, ProfileEntry
from conditions.policies import profiling as policies


def approve(profile: Profile, cleaned: Cleaned, by: User) -> str:
    """Stand behind the entry that was read."""
    profiling.approve_profile(entry_that_was_read(profile, cleaned), by=by)
    return "Readers see this profile now."


@admin.register(Profile)
class ProfileAdmin(ProposalAdmin):
    """Profiles; reviewers write them at their desk, a lead approves them."""

    group = "Review"
    place = 5
    readers = (Role.LEAD, Role.EDITOR, Role.PUBLISHER)
    change_form_template = "admin/conditions/profile.html"
    fields = ("reviewer", "away_from", "away_until")
    list_display = ("reviewer", "proposal", "away_from", "away_until")
    list_select_related = ("reviewer",)
    entries, thing = ProfileEntry, "profile"
    second = "a clinical lead"
    approve_label = "Approve this profile"
    deeds = {"approve": Deed(ApproveForm, approve)}

    def objection_to_approve(self, entry: Any, by: User) -> Refusal | None:
        """A clinical lead, who is neither the reviewer nor the proposer."""
        return policies.objection_to_approve(entry, by=by)

    def parts(self, approved: Any, proposed: Any) -> Mapping[str, tuple[str, str]]:
        """Everything but the photograph, which is shown."""
        old, new = asdict(approved.description) if approved else {}, asdict(proposed.description)
        both = {name.replace("_", "-"): (in_words(old.get(name, "")), in_words(value)) for name, value in new.items()}
        return {name: pair for name, pair in both.items() if name != "photograph"}

    def panel(self, request: HttpRequest, thing: Profile) -> dict[str, Any]:
        """What waits for a clinical lead, beside what readers see; the photographs only where they differ."""
        parts = super().panel(request, thing)
        if "waiting" not in parts:
            return parts
        shown, proposed = thing.entry.photograph if thing.entry else None, parts["waiting"].photograph
        return {**parts, "photographs": [("Readers see", shown), ("Proposed", proposed)] if proposed != shown else []}


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
