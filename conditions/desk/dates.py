"""The page on which a reviewer proposes a later date, once."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_http_methods

from alsinfo.accounts.forms import form_helper, send_to
from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from conditions.actions import assigning
from conditions.desk.access import forget, kept, reviewers_only
from conditions.desk.groups import assignments_of
from conditions.models import ReviewAssignment, Reviewer
from conditions.policies import assigning as policies
from conditions.templatetags.pages import DAY_FORMATS
from conditions.vocabulary import AssignmentState


class DateForm(forms.Form):
    """The day a review is due instead."""

    day = forms.DateField(label="New date", error_messages={"required": "Choose a day."})

    def __init__(self, assignment: ReviewAssignment, **kwargs: Any) -> None:
        super().__init__(auto_id="page-%s", **kwargs)
        today = assignment.regional_article.day(clock_now())
        earliest, latest = policies.earliest_due(assignment, today=today), policies.latest_due(assignment)
        limits = {"type": "date", "min": earliest.isoformat(), "max": latest.isoformat()}
        self.fields["day"].widget = forms.DateInput(attrs=limits, format="%Y-%m-%d")
        self.fields["day"].help_text = f"From {in_words(assignment, earliest)} to {in_words(assignment, latest)}."
        self.helper = form_helper("Move the date", "day")


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def propose(request: HttpRequest, reviewer: Reviewer, pk: int) -> HttpResponse:
    """A later day for a review that was accepted; a POST moves it at once."""
    assignment = get_object_or_404(assignments_of(reviewer), pk=pk)
    if assignment.state != AssignmentState.ACCEPTED:
        return redirect("desk:review", pk=pk)
    if request.method != "POST":
        return _show(request, assignment, DateForm(assignment, initial=kept(request)))
    person, form = request.user, DateForm(assignment, data=request.POST)
    assert isinstance(person, User)  # noqa: S101
    if not form.is_valid():
        return _show(request, assignment, form, 400)
    try:
        moved = assigning.propose_due(assignment, form.cleaned_data["day"], by=person)
    except Refusal as refusal:
        form.add_error("day", str(refusal))
        return _show(request, get_object_or_404(assignments_of(reviewer), pk=pk), form, refusal.status)
    forget(request)
    messages.success(request, f"Your review is due on {in_words(moved, moved.due_on)}. {moved.invited_by} was told.")
    return redirect("desk:review", pk=pk)


def in_words(assignment: ReviewAssignment, day: date) -> str:
    """A day as it is written in the region of the review."""
    return format_date(day, DAY_FORMATS[assignment.region])


def _show(request: HttpRequest, assignment: ReviewAssignment, form: DateForm, status: int = 200) -> HttpResponse:
    send_to(form.helper, request.path)
    today = assignment.regional_article.day(clock_now())
    context = {
        "assignment": assignment,
        "region": assignment.region,
        "form": form,
        "objection": policies.objection_to_propose_any_due(assignment, by=assignment.reviewer.user, today=today),
        "is_kept": bool(kept(request)) and not form.is_bound,
    }
    return render(request, "desk/date.html", context, status=status)
