"""The page on which a reviewer who was overruled reads why, and agrees that readers may read what they wrote."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from alsinfo.accounts.forms import form_helper, send_to
from alsinfo.accounts.models import User
from alsinfo.refusals import Refusal
from conditions.actions import dissenting
from conditions.desk.access import reviewers_only
from conditions.desk.groups import assignments_of
from conditions.models import Overruling, ReviewAssignment, Reviewer
from conditions.policies import overruling as policies

AGREED = "You agreed. What you wrote is shown in the history of this version as soon as it is published."


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def dissent(request: HttpRequest, reviewer: Reviewer, pk: int) -> HttpResponse:
    """What the reviewer wrote and what was decided; a POST agrees to publish it."""
    assignment = get_object_or_404(assignments_of(reviewer), pk=pk)
    if request.method != "POST":
        return _show(request, assignment)
    person = request.user
    assert isinstance(person, User)  # noqa: S101
    try:
        dissenting.agree_to_note(_overruling(assignment), by=person)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _show(request, assignment, refusal.status)
    messages.success(request, AGREED)
    return redirect("desk:dissent", pk=pk)


def _show(request: HttpRequest, assignment: ReviewAssignment, status: int = 200) -> HttpResponse:
    overruling = _overruling(assignment)
    form = forms.Form(auto_id="page-%s")
    form.helper = form_helper("Publish what I wrote, under my name")  # type: ignore[attr-defined]
    send_to(form.helper, request.path)  # type: ignore[attr-defined]
    row = assignment.regional_edition
    context = {
        "assignment": assignment,
        "region": assignment.region,
        "overruling": overruling,
        "overruled_on": assignment.regional_article.day(overruling.overruled_at),
        "note": getattr(overruling, "note", None),
        "signatures": row.standing_sign_offs() if row else (),
        "may_agree": policies.objection_to_agree(overruling, by=assignment.reviewer.user) is None,
        "form": form,
    }
    return render(request, "desk/dissent.html", context, status=status)


def _overruling(assignment: ReviewAssignment) -> Overruling:
    """404 where no request for changes was overruled."""
    found = Overruling.objects.filter(assignment=assignment).select_related("note", "assignment__reviewer").first()
    if found is None:
        raise Http404
    return found
