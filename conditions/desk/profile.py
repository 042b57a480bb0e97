"""The page on which a reviewer says who they are and when they are away."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alsinfo.accounts.forms import form_helper, send_to
from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from alsinfo.uploading import PictureField
from conditions.actions import profiling
from conditions.content.canonical import lines
from conditions.content.photographs import small
from conditions.desk.access import forget, kept, reviewers_only
from conditions.desk.fields import Words
from conditions.models import CredentialCheck, Description, Profile, Registration, Reviewer
from conditions.page_facts import register_page
from conditions.policies import profiling as policies
from conditions.policies.profiling import Away
from conditions.vocabulary import OPEN_ASSIGNMENTS
from organisations.errors import NothingNew
from organisations.facts import safe_address
from organisations.regions import Region

SAVED = "Saved. A clinical lead looks at what you changed before readers see it; the days you are away count at once."
YEAR = timedelta(days=365)
WORDS = ("role", "post_nominals", "specialties", "biography", "links", "interests")
UNCHANGED = "Nothing was changed, so nothing was saved."


class Day(forms.DateField):
    """A day that may be left empty."""

    def __init__(self, label: str, help_text: str) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)


@dataclass(frozen=True)
class Entered:
    """An entry in a register, where it can be seen, and what a lead saw there last."""

    registration: Registration
    url: str
    check: CredentialCheck | None


class ProfileForm(forms.Form):
    """A reviewer's own words, and the days they are away."""

    post_nominals = Words(
        "Post-nominals", "On one line, for example “MBBS, FRCP”. They are printed with your signatures."
    )
    role = Words("Role", "On one line, for example “Consultant neurologist”. It is printed with your signatures.")
    specialties = Words("Specialties", "One on a line, at most ten.")
    biography = Words("About you", "A few sentences for readers: training, place of work, experience.")
    links = Words("Pages about you", "One address on a line, each beginning with https://, at most ten.")
    photograph = PictureField(
        small,
        required=False,
        label="Photograph",
        help_text="A JPEG, PNG or WebP of your face, at most 5 MB. Where it was taken and with what is not kept. "
        "If something else on this page has to be put right, choose it again.",
    )
    is_without_photograph = forms.BooleanField(required=False, label="Show no photograph of me")
    interests = Words("Standing interests", "Interests that last, such as shares or advisory posts. Readers see them.")
    away_from = Day("Away from", "Editors see when you are away; readers do not.")
    away_until = Day("Away until", "The last day on which you are away.")

    def __init__(self, before: Description, **kwargs: Any) -> None:
        super().__init__(auto_id="page-%s", **kwargs)
        self.before = before
        for name in ("role", "post_nominals"):
            self.fields[name].widget = forms.TextInput()
        if not before.photograph:
            del self.fields["is_without_photograph"]
        self.helper = form_helper("Save", *self.fields)

    def clean_post_nominals(self) -> str:
        """Few, on one line."""
        letters: str = self.cleaned_data["post_nominals"].strip()
        if objection := policies.objection_to_description(Description("Doctor", post_nominals=letters)):
            raise ValidationError(str(objection))
        return letters

    def clean_role(self) -> str:
        """Something, on one line."""
        role: str = self.cleaned_data["role"].strip()
        if objection := policies.objection_to_description(Description(role)):
            raise ValidationError(str(objection))
        return role

    def clean_specialties(self) -> tuple[str, ...]:
        """The lines of a short list."""
        found = lines(self.cleaned_data["specialties"])
        if fault := policies.fault_of_lines(found):
            raise ValidationError(fault)
        return found

    def clean_links(self) -> tuple[str, ...]:
        """Addresses that readers can open safely."""
        found = lines(self.cleaned_data["links"])
        if fault := policies.fault_of_links(found):
            raise ValidationError(fault)
        return found

    def clean(self) -> dict[str, Any]:
        """Both days or none, in their order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"away_from", "away_until"} & set(self.errors) and (objection := policies.objection_to_away(self.away)):
            self.add_error("away_until", str(objection))
        return cleaned

    @property
    def away(self) -> Away:
        """The days that were given."""
        return Away(self.cleaned_data.get("away_from"), self.cleaned_data.get("away_until"))

    @property
    def description(self) -> Description:
        """The words that were given, with the photograph of before unless it is to go."""
        given = {name: self.cleaned_data[name] for name in WORDS}
        is_kept = not self.cleaned_data.get("is_without_photograph")
        return Description(**given, photograph=self.before.photograph if is_kept else "")


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def profile(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    """What a reviewer's page says of them, and when they are away; a POST proposes it to a clinical lead."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101
    saved = Profile.objects.filter(reviewer=reviewer).select_related("entry").first()
    before = _last(reviewer, saved)
    if request.method != "POST":
        initial = {**_initial(before, saved), **kept(request)}
        return _show(request, reviewer, saved, ProfileForm(before, initial=initial))
    form, status = ProfileForm(before, data=request.POST, files=request.FILES), 400
    if form.is_valid():
        try:
            photograph = form.cleaned_data["photograph"]
            profiling.save_profile(reviewer, form.description, form.away, photograph, by=person)
        except NothingNew:
            messages.info(request, UNCHANGED)
        except Refusal as refusal:
            form.add_error("role", str(refusal))
            return _show(request, reviewer, saved, form, refusal.status)
        else:
            messages.success(request, SAVED)
        forget(request)
        return redirect("desk:profile")
    return _show(request, reviewer, saved, form, status)


def _show(
    request: HttpRequest, reviewer: Reviewer, saved: Profile | None, form: ProfileForm, status: int = 200
) -> HttpResponse:
    send_to(form.helper, request.path)
    now = clock_now()
    context = {
        "reviewer": reviewer,
        "shown": saved.entry if saved else None,
        "newest": saved.entries.select_related("photograph").first() if saved else None,
        "registrations": _registrations(reviewer),
        "open_reviews": reviewer.assignments.filter(state__in=OPEN_ASSIGNMENTS).count(),
        "signed": reviewer.sign_offs.filter(signed_at__gte=now - YEAR).count(),
        "may_sign": [region for region in Region if reviewer.credential(region, region.day(now))],
        "form": form,
        "is_kept": bool(kept(request)) and not form.is_bound,
    }
    return render(request, "desk/profile.html", context, status=status)


def _registrations(reviewer: Reviewer) -> list[Entered]:
    """The reviewer's entries in registers, each with what a lead saw there last."""
    rows = reviewer.registrations.prefetch_related("checks")
    return [
        Entered(row, safe_address(register_page(row.register, row.number)), next(iter(row.checks.all()), None))
        for row in rows
    ]


def _last(reviewer: Reviewer, saved: Profile | None) -> Description:
    """What was proposed last; before anything was, what a lead wrote."""
    newest = saved.entries.first() if saved else None
    return newest.description if newest else Description(reviewer.role_title, post_nominals=reviewer.post_nominals)


def _initial(words: Description, saved: Profile | None) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "post_nominals": words.post_nominals,
        "role": words.role,
        "specialties": "\n".join(words.specialties),
        "biography": words.biography,
        "links": "\n".join(words.links),
        "interests": words.interests,
        "away_from": saved.away_from if saved else None,
        "away_until": saved.away_until if saved else None,
    }
