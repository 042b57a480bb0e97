"""The reviewers' desk: what waits, one review, the page as readers will see it, the receipt."""

import logging
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alsinfo.accounts.forms import send_to
from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from conditions.desk import steps, texts
from conditions.desk.access import forget, kept, reviewers_only
from conditions.desk.forms import StepForm
from conditions.desk.waiting import assignments_of, waiting_for
from conditions.models import ReviewAssignment, Reviewer, SignOff
from conditions.page_facts import page_of_content
from conditions.policies.signing import objection_to_read
from conditions.rendering import article_html, digest_code
from conditions.vocabulary import AssignmentState

SIGNED_SHOWN = 50
PREVIEW = "Preview for reviewers: the page as readers would get the text you were asked to sign."

alarm = logging.getLogger("alsinfo.alarm")

ALREADY = "That was answered already, so nothing was sent twice. This is how it stands."
ALREADY_SIGNED = "You had signed this already, so nothing was signed twice. This is your receipt."


@require_safe
@reviewers_only
def queue(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    """A reviewer's open reviews, oldest first, and what they signed."""
    signed = SignOff.objects.filter(reviewer=reviewer).order_by("-signed_at")
    context = {
        "reviewer": reviewer,
        "waiting": waiting_for(reviewer, clock_now()),
        "signed": signed.select_related("regional_article__article__condition", "revocation")[:SIGNED_SHOWN],
        "signed_count": signed.count(),
        "signed_shown": SIGNED_SHOWN,
    }
    return render(request, "desk/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def review(request: HttpRequest, reviewer: Reviewer, pk: int) -> HttpResponse:
    """One review: the request, then the text and the decision; a POST takes the next step."""
    assignment = _assignment(reviewer, pk)
    if not texts.is_whole(assignment.revision):
        return _not_vouched_for(request, assignment)
    if request.method == "POST":
        return _take_step(request, assignment)
    step = steps.step_of(assignment)
    if step is None:
        return _ended(request, assignment)
    form = step.form(assignment, _today(assignment), initial=kept(request))
    return _show(request, assignment, step, form)


@require_safe
@reviewers_only
def page(request: HttpRequest, reviewer: Reviewer, pk: int) -> HttpResponse:
    """The whole page as its readers will see it, under a banner; closed until the review is accepted."""
    assignment = _assignment(reviewer, pk)
    if objection_to_read(assignment, by=reviewer.user):
        return redirect("desk:review", pk=pk)
    if not texts.is_whole(assignment.revision):
        return _not_vouched_for(request, assignment)
    regional = assignment.regional_article
    live = regional.live_publication()
    is_live = live is not None and live.revision_id == assignment.revision_id
    version = live.sequence + (0 if is_live else 1) if live else regional.publications.count() + 1
    shown = page_of_content(
        regional, assignment.revision.content, assignment.revision_id, version=version, preview=PREVIEW
    )
    return HttpResponse(article_html(shown))


@require_safe
@reviewers_only
def receipt(request: HttpRequest, reviewer: Reviewer, pk: int) -> HttpResponse:
    """What was signed, by whom, when, and what happens next."""
    assignment = _assignment(reviewer, pk)
    signature = _signature(assignment)
    if signature is None:
        raise Http404
    row = assignment.regional_edition
    context = {
        "assignment": assignment,
        "region": assignment.region,
        "signature": signature,
        "digest_code": digest_code(signature.revision_id),
        "row_state": row.state if row else "",
        "revocation": getattr(signature, "revocation", None),
    }
    return render(request, "desk/receipt.html", context)


def _take_step(request: HttpRequest, assignment: ReviewAssignment) -> HttpResponse:
    person, step = request.user, steps.posted_step(request.POST, assignment)
    assert isinstance(person, User)  # noqa: S101
    if step is None:
        return _overtaken(request, assignment, "")
    form, status = step.form(assignment, _today(assignment), data=request.POST), 400
    if form.is_valid():
        try:
            done = step.act(assignment, form.cleaned_data, person)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            forget(request)
            messages.success(request, done)
            return _onward(_assignment(assignment.reviewer, assignment.pk))
    assignment = _assignment(assignment.reviewer, assignment.pk)
    if assignment.state != step.state:
        return _overtaken(request, assignment, form.words)
    return _show(request, assignment, step, form, status)


def _onward(assignment: ReviewAssignment) -> HttpResponseRedirect:
    """To the receipt, the next step, or the queue."""
    if _signature(assignment):
        return redirect("desk:receipt", pk=assignment.pk)
    return redirect("desk:review", pk=assignment.pk) if assignment.is_open else redirect("desk:queue")


def _overtaken(request: HttpRequest, assignment: ReviewAssignment, words: str) -> HttpResponse:
    """The review moved on before the form arrived: sent twice, answered in another window, or taken back."""
    forget(request)
    if assignment.state in (AssignmentState.CANCELLED, AssignmentState.EXPIRED):
        return _ended(request, assignment, words=words, status=409)
    messages.info(request, ALREADY_SIGNED if _signature(assignment) else ALREADY)
    if _signature(assignment):
        return redirect("desk:receipt", pk=assignment.pk)
    return redirect("desk:review", pk=assignment.pk)


def _show(
    request: HttpRequest, assignment: ReviewAssignment, step: steps.Step, form: StepForm, status: int = 200
) -> HttpResponse:
    send_to(form.helper, request.path)
    context: dict[str, Any] = {
        "assignment": assignment,
        "region": assignment.region,
        "invited_on": assignment.regional_article.day(assignment.invited_at),
        "content": assignment.revision.content,
        "form": form,
        "is_kept": bool(kept(request)) and not form.is_bound,
    }
    if objection_to_read(assignment, by=assignment.reviewer.user) is None:
        today = _today(assignment)
        context |= {
            "text": texts.review_text(assignment.regional_article, assignment.revision),
            "credential": assignment.reviewer.credential(assignment.region, today),
            "is_answerable": steps.is_answerable(assignment),
        }
    else:
        context["minutes"] = texts.minutes_to_read(assignment.revision.content)
    return render(request, step.template, context, status=status)


def _ended(request: HttpRequest, assignment: ReviewAssignment, words: str = "", status: int = 200) -> HttpResponse:
    if status == 200 and _signature(assignment):
        return redirect("desk:receipt", pk=assignment.pk)
    context = {"assignment": assignment, "region": assignment.region, "words": words, "is_error": status != 200}
    return render(request, "desk/ended.html", context, status=status)


def _not_vouched_for(request: HttpRequest, assignment: ReviewAssignment) -> HttpResponse:
    """503: nobody reads or signs a text that is not the one its digest was computed over."""
    alarm.critical("The text of review %s is altered.", assignment.pk)
    return render(request, "503.html", status=503)


def _assignment(reviewer: Reviewer, pk: int) -> ReviewAssignment:
    """One of the reviewer's own; 404 for any other number, so that nobody learns what exists."""
    return get_object_or_404(assignments_of(reviewer), pk=pk)


def _signature(assignment: ReviewAssignment) -> SignOff | None:
    return SignOff.objects.filter(assignment=assignment).select_related("revocation").first()


def _today(assignment: ReviewAssignment) -> date:
    return assignment.regional_article.day(clock_now())
