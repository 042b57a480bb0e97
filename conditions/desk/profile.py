"""The page on which a reviewer says who they are and when they are away."""

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
from conditions.actions import profiling
from conditions.content.canonical import lines
from conditions.desk.access import forget, kept, reviewers_only
from conditions.desk.fields import Words
from conditions.models import Description, Profile, Reviewer
from conditions.policies import profiling as policies
from conditions.policies.profiling import Away
from organisations.errors import NothingNew
from organisations.regions import Region

SAVED = "Saved. A clinical lead looks at what you changed before readers see it; the days you are away count at once."
UNCHANGED = "Nothing was changed, so nothing was saved."


class Day(forms.DateField):
    """A day that may be left empty."""

    def __init__(self, label: str, help_text: str) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, label=label, help_text=help_text, widget=widget)


class ProfileForm(forms.Form):
    """A reviewer's own words, and the days they are away."""

    role = Words("Role", "On one line, for example “Consultant neurologist”. It is printed with your signatures.")
    specialties = Words("Specialties", "One on a line, at most ten.")
    biography = Words("About you", "A few sentences for readers: training, place of work, experience.")
    links = Words("Pages about you", "One address on a line, each beginning with https://, at most ten.")
    interests = Words("Standing interests", "Interests that last, such as shares or advisory posts. Readers see them.")
    away_from = Day("Away from", "Editors see when you are away; readers do not.")
    away_until = Day("Away until", "The last day on which you are away.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(auto_id="page-%s", **kwargs)
        self.fields["role"].widget = forms.TextInput()
        self.helper = form_helper("Save", *self.fields)

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
        """The words that were given."""
        words = ("role", "specialties", "biography", "links", "interests")
        return Description(**{name: self.cleaned_data[name] for name in words})


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def profile(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    """What a reviewer's page says of them, and when they are away; a POST proposes it to a clinical lead."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101
    saved = Profile.objects.filter(reviewer=reviewer).select_related("entry").first()
    if request.method != "POST":
        return _show(request, reviewer, saved, ProfileForm(initial={**_initial(reviewer, saved), **kept(request)}))
    form, status = ProfileForm(data=request.POST), 400
    if form.is_valid():
        try:
            profiling.save_profile(reviewer, form.description, form.away, by=person)
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
        "newest": saved.entries.first() if saved else None,
        "may_sign": [region for region in Region if reviewer.credential(region, region.day(now))],
        "form": form,
        "is_kept": bool(kept(request)) and not form.is_bound,
    }
    return render(request, "desk/profile.html", context, status=status)


def _initial(reviewer: Reviewer, saved: Profile | None) -> dict[str, Any]:
    """What was proposed last, and the days."""
    newest = saved.entries.first() if saved else None
    words = newest.description if newest else Description(reviewer.role_title)
    return {
        "role": words.role,
        "specialties": "\n".join(words.specialties),
        "biography": words.biography,
        "links": "\n".join(words.links),
        "interests": words.interests,
        "away_from": saved.away_from if saved else None,
        "away_until": saved.away_until if saved else None,
    }
