"""What an edition's buttons do: submit, publish, reopen, discard, invite, overrule."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed
from alsinfo.concurrency import Conflict, clock_now
from conditions.actions import assigning, dissenting, overruling, publishing, reading, scheduling, submitting
from conditions.admin import citing
from conditions.admin.candidates import Asked, away_warning
from conditions.admin.reviewer_choice import ReviewerChoice, ReviewersChoice
from conditions.content.local_time import NoSuchTime, comes_twice, in_words, moment
from conditions.models import Edition, Overruling, RegionalEdition
from organisations.regions import Region


class DueForm(forms.Form):
    """A day by which a review is asked for."""

    due_on = forms.DateField(
        label="Due on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Empty: in three weeks.",
    )

    def clean_due_on(self) -> date | None:
        """A day that has not come yet."""
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day <= clock_now().date():
            raise ValidationError("Choose a day that has not come yet.")
        return day


class SubmitForm(DueForm):
    """Who is asked, region by region, for the text as it stood when the page was opened."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, edition: Edition, data: Cleaned | None = None, **options: Any) -> None:
        initial = {"opened_version": edition.lock_version}
        super().__init__(data, initial=initial, **options)
        for region in edition.covered:
            field = ReviewersChoice(label=f"Reviewers for {region.label}", required=False)
            field.offer(Asked(edition.article, region))
            self.fields[f"reviewers_{region.value}"] = field
        self.order_fields([f"reviewers_{region.value}" for region in edition.covered])


class RegionForm(forms.Form):
    """A region of an edition."""

    region = forms.ChoiceField(choices=Region.choices, widget=forms.HiddenInput)

    def __init__(self, edition: Edition, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.edition = edition


class RoundForm(RegionForm):
    """A region's round, as it was when the page was opened."""

    round = forms.IntegerField(min_value=1, max_value=9_999, widget=forms.HiddenInput)


class ScheduleForm(RoundForm):
    """When a text goes live, by the clocks of its readers."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}))

    def __init__(self, edition: Edition, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(edition, data, **options)
        region = (data or options.get("initial") or {}).get("region")
        if region in Region.values:
            self.fields["time"].help_text = f"By the clocks in {Region(region).time_zone.key.replace('_', ' ')}."

    def clean(self) -> dict[str, Any]:
        """The moment, in `at`."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"region", "day", "time"} <= cleaned.keys():
            try:
                cleaned["at"] = moment(cleaned["day"], cleaned["time"], Region(cleaned["region"]).time_zone)
            except NoSuchTime as problem:
                self.add_error("time", str(problem))
        return cleaned


class ReopenForm(RoundForm):
    """Why a text is taken back."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class OverruleForm(RoundForm):
    """Why a text goes on although a reviewer asked for changes."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The reviewer reads it. What they wrote stays in the record.",
    )


class DiscardForm(RegionForm):
    """Why a text is dropped; nothing has to be said while it was only a draft."""

    reason = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed once it was in review.",
    )


class InviteForm(RoundForm, DueForm):
    """Who else is asked."""

    reviewer = ReviewerChoice()

    def __init__(self, edition: Edition, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(edition, data, **options)
        asked = data or options.get("initial") or {}
        region, number = asked.get("region"), str(asked.get("round", ""))
        if region in edition.regions.split(",") and number.isdecimal():
            row = edition.regional_editions.filter(region=region, round=number).first()
            self.order_fields(["reviewer", "due_on"])
            self.fields["reviewer"].offer(Asked(edition.article, Region(region), row))  # type: ignore[attr-defined]


class InviteReaderForm(RoundForm, DueForm):
    """Who else reads the draft, without signing it."""

    reader = forms.ModelChoiceField(User.objects.none(), help_text="Somebody who lives with the condition.")

    def __init__(self, edition: Edition, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(edition, data, **options)
        self.fields["due_on"].help_text = "Empty: in two weeks."
        readers = roles.holders(Role.DRAFT_READER).exclude(contributions__article=edition.article)
        self.fields["reader"].queryset = readers.distinct()  # type: ignore[attr-defined]


def row_of(edition: Edition, cleaned: Cleaned) -> RegionalEdition:
    """The region's row in this round. Raises Conflict when there is none."""
    row = edition.regional_editions.filter(region=cleaned["region"], round=cleaned["round"]).first()
    if row is None:
        raise Conflict
    return row


def submit(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Send the text to review."""
    chosen = {region: list(cleaned[f"reviewers_{region.value}"]) for region in edition.covered}
    rows = submitting.submit(
        edition, by=by, opened_version=cleaned["opened_version"], reviewers=chosen, due_on=cleaned["due_on"]
    )
    return "; ".join(f"{Region(row.region).label}: {row.get_state_display()}" for row in rows) + "."


def publish(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Make a region's signed text live."""
    publication = publishing.publish(row_of(edition, cleaned), by=by)
    return f"{publication} is live."


def schedule(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Set the time at which a region's signed text goes live."""
    row, zone = row_of(edition, cleaned), Region(cleaned["region"]).time_zone
    scheduling.schedule(row, cleaned["at"], by=by)
    twice = comes_twice(cleaned["day"], cleaned["time"], zone)
    note = " That time comes twice, since the clocks go back: the first is meant." if twice else ""
    return f"The text for {Region(row.region).label} is published on {in_words(cleaned['at'], zone)}.{note}"


def unschedule(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Take the time back."""
    row = scheduling.unschedule(row_of(edition, cleaned), by=by)
    return f"The text for {Region(row.region).label} waits for a publisher again."


def reopen(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Take a region's text back to the desk."""
    row = submitting.reopen(row_of(edition, cleaned), by=by, reason=cleaned["reason"])
    return f"The text for {Region(row.region).label} can be changed again."


def discard(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Drop a region's text."""
    row = submitting.discard(edition, Region(cleaned["region"]), by=by, reason=cleaned["reason"])
    return f"The text for {Region(row.region).label} was discarded."


def invite(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Ask one more reviewer."""
    made = assigning.invite(row_of(edition, cleaned), cleaned["reviewer"], by=by, due_on=cleaned["due_on"])
    return f"{made.reviewer} was asked for {made.region.label}.{away_warning(made)}"


def overrule(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Let the signed text go on although a reviewer asked for changes."""
    made = overruling.overrule(row_of(edition, cleaned), by=by, reason=cleaned["reason"])
    row, region = made.assignment.regional_edition, made.assignment.region
    others = row.assignments.filter(was_cut_short=True).values_list("reviewer__printed_name", flat=True) if row else []
    names = ", ".join(dict.fromkeys(others))
    unheard = f" Not heard, since the text was sent back before they answered: {names}." if names else ""
    return f"The text for {region.label} is cleared as it was signed. {made.assignment.reviewer} was told.{unheard}"


def propose_note(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Ask the overruled reviewer whether readers may read what they wrote."""
    row = row_of(edition, cleaned)
    found = Overruling.objects.filter(assignment__regional_edition=row).order_by("-pk").first()
    if found is None:
        raise Conflict
    dissenting.propose_note(found, by=by)
    return f"{found.assignment.reviewer} was asked. What they wrote appears once they agree."


def invite_reader(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Ask somebody who lives with the condition to read the draft."""
    made = reading.invite_reader(row_of(edition, cleaned), cleaned["reader"], by=by, due_on=cleaned["due_on"])
    return f"{made.reader} was asked to read the draft for {made.region.label}."


DEEDS = {
    "submit": Deed(SubmitForm, submit),
    "publish": Deed(RoundForm, publish),
    "schedule": Deed(ScheduleForm, schedule),
    "unschedule": Deed(RoundForm, unschedule),
    "reopen": Deed(ReopenForm, reopen),
    "discard": Deed(DiscardForm, discard),
    "invite": Deed(InviteForm, invite),
    "invite-reader": Deed(InviteReaderForm, invite_reader),
    "overrule": Deed(OverruleForm, overrule),
    "propose-note": Deed(RoundForm, propose_note),
    "cite": Deed(citing.CiteForm, citing.cite),
}
