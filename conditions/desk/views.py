"""The reviewers' desk: what waits, one review, the page as readers will see it, the receipt."""

import logging
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from conditions.actions import commenting
from conditions.desk import steps, texts
from conditions.desk.access import forget, kept, reviewers_only
from conditions.desk.decision import DecisionForm
from conditions.desk.forms import StepForm
from conditions.desk.groups import Group, assignments_of, group_of
from conditions.desk.remarks import homeless
from conditions.desk.waiting import waiting_for
from conditions.models import CredentialCheck, Overruling, ReviewAssignment, ReviewDraft, Reviewer, SignOff
from conditions.page_facts import page_of_content
from conditions.policies.signing import objection_to_read
from conditions.rendering import article_html, digest_code
from conditions.vocabulary import AssignmentState

SIGNED_SHOWN = 50
PREVIEW = "Preview for reviewers: the page as readers would get the text you were asked to sign."
ALREADY = "That was answered already, so nothing was sent twice. This is how it stands."
ALREADY_SIGNED = "You had signed this already, so nothing was signed twice. This is your receipt."
SAVED = "Saved. Nothing was sent. You can go on whenever you like, on another device too."

alarm = logging.getLogger("alsinfo.alarm")


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
    """One review, for one region or both: the request, then the texts and the decision; a POST takes the next step."""
    group = group_of(_assignment(reviewer, pk))
    if not _is_whole(group):
        return _not_vouched_for(request, group.first)
    if request.method == "POST":
        return _take_step(request, group, pk)
    step = steps.step_of(group)
    if step is None:
        return _ended(request, group.first)
    now, text = clock_now(), _text(request, group)
    form = step.form(group, now, text, initial=_typed(request, group, text))
    return _show(request, group, step, form, text)


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
        "other": _signed_with(signature),
    }
    return render(request, "desk/receipt.html", context)


def _take_step(request: HttpRequest, group: Group, pk: int) -> HttpResponse:
    person, step = request.user, steps.posted_step(request.POST, group)
    assert isinstance(person, User)  # noqa: S101
    if step is None:
        return _overtaken(request, group, None)
    text, data = _text(request, group), request.POST.copy()
    if text is not None and (lost := homeless(text.parts, _texts(request.POST))):
        data["note"] = "\n\n".join(filter(None, [data.get("note", ""), lost]))
    form, status = step.form(group, clock_now(), text, data=data), 400
    if group.state != step.state:
        return _overtaken(request, group, form)
    if isinstance(form, DecisionForm) and form.is_save:
        return _save(request, group, form, person)
    if form.is_valid():
        try:
            done = step.act(group, form, person)
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            forget(request)
            messages.success(request, done)
            return _onward([_assignment(each.reviewer, each.pk) for each in group.assignments])
    now = group_of(_assignment(group.first.reviewer, pk))
    if now.state != step.state:
        return _overtaken(request, now, form)
    return _show(request, group, step, form, text, status)


def _save(request: HttpRequest, group: Group, form: DecisionForm, person: User) -> HttpResponse:
    """Keep what was typed as it is; it is looked at when it is sent."""
    commenting.save_draft(group.first, form.draft, by=person)
    forget(request)
    messages.success(request, SAVED)
    return redirect("desk:review", pk=group.first.pk)


def _onward(assignments: list[ReviewAssignment]) -> HttpResponseRedirect:
    """To the receipt, the next step, or the queue."""
    for assignment in assignments:
        if _signature(assignment):
            return redirect("desk:receipt", pk=assignment.pk)
    first = assignments[0]
    return redirect("desk:review", pk=first.pk) if first.is_open else redirect("desk:queue")


def _overtaken(request: HttpRequest, group: Group, form: StepForm | None) -> HttpResponse:
    """The review moved on before the form arrived: sent twice, answered in another window, or taken back."""
    forget(request)
    assignment = group.first
    if assignment.state in (AssignmentState.CANCELLED, AssignmentState.EXPIRED):
        if isinstance(form, DecisionForm) and assignment.state == AssignmentState.CANCELLED and form.draft:
            commenting.save_draft(assignment, form.draft, by=assignment.reviewer.user)
        return _ended(request, assignment, words=form.words if form else "", status=409)
    messages.info(request, ALREADY_SIGNED if _signature(assignment) else ALREADY)
    if _signature(assignment):
        return redirect("desk:receipt", pk=assignment.pk)
    return redirect("desk:review", pk=assignment.pk)


def _show(
    request: HttpRequest,
    group: Group,
    step: steps.Step,
    form: StepForm,
    text: texts.ReviewText | None,
    status: int = 200,
) -> HttpResponse:
    form.send_to(request.get_full_path())
    first, now = group.first, clock_now()
    context: dict[str, Any] = {
        "group": group,
        "assignment": first,
        "region": first.region,
        "invited_on": first.regional_article.day(first.invited_at),
        "content": first.revision.content,
        "form": form,
        "minutes": texts.minutes_of(group),
        "is_kept": bool(kept(request)) and not form.is_bound,
    }
    if text is not None:
        context |= {
            "text": text,
            "signatures": [_credential(each, now) for each in group.assignments],
            "is_answerable": all(steps.is_answerable(each) for each in group.assignments),
            "draft": _draft(group),
        }
    return render(request, step.template, context, status=status)


def _credential(assignment: ReviewAssignment, now: datetime) -> tuple[ReviewAssignment, CredentialCheck | None]:
    """The review with what lets its reviewer sign it today."""
    today = assignment.regional_article.day(now)
    return assignment, assignment.reviewer.credential(assignment.region, today)


def _ended(request: HttpRequest, assignment: ReviewAssignment, words: str = "", status: int = 200) -> HttpResponse:
    if status == 200 and _signature(assignment):
        return redirect("desk:receipt", pk=assignment.pk)
    asked = assignments_of(assignment.reviewer).filter(regional_article=assignment.regional_article)
    context = {
        "assignment": assignment,
        "region": assignment.region,
        "words": words,
        "is_error": status != 200,
        "overruling": Overruling.objects.filter(assignment=assignment).first(),
        "newer": next((each for each in asked.filter(pk__gt=assignment.pk) if each.is_open), None),
    }
    return render(request, "desk/ended.html", context, status=status)


def _text(request: HttpRequest, group: Group) -> texts.ReviewText | None:
    """The texts, once they are open."""
    if objection_to_read(group.first, by=group.first.reviewer.user):
        return None
    return texts.review_text(group, request.GET.get("since", texts.LIVE))


def _typed(request: HttpRequest, group: Group, text: texts.ReviewText | None) -> dict[str, str]:
    """What was typed before: saved, or sent after the session had ended."""
    draft = _draft(group)
    typed = {**(draft.fields if draft else {}), **kept(request)}
    if text is not None and (lost := homeless(text.parts, typed)):
        typed["note"] = "\n\n".join(filter(None, [typed.get("note", ""), lost]))
    return typed


def _texts(data: QueryDict) -> dict[str, str]:
    return {name: str(text) for name, text in data.items()}


def _draft(group: Group) -> ReviewDraft | None:
    return ReviewDraft.objects.filter(reviewer=group.first.reviewer, article=group.article).first()


def _is_whole(group: Group) -> bool:
    return all(texts.is_whole(assignment.revision) for assignment in group.assignments)


def _not_vouched_for(request: HttpRequest, assignment: ReviewAssignment) -> HttpResponse:
    """503: nobody reads or signs a text that is not the one its digest was computed over."""
    alarm.critical("The text of review %s is altered.", assignment.pk)
    return render(request, "503.html", status=503)


def _assignment(reviewer: Reviewer, pk: int) -> ReviewAssignment:
    """One of the reviewer's own; 404 for any other number, so that nobody learns what exists."""
    return get_object_or_404(assignments_of(reviewer), pk=pk)


def _signature(assignment: ReviewAssignment) -> SignOff | None:
    return SignOff.objects.filter(assignment=assignment).select_related("revocation").first()


def _signed_with(signature: SignOff) -> SignOff | None:
    """The signature on the other region's text that was made with this one."""
    if signature.regional_edition is None:
        return None
    rows = SignOff.objects.filter(
        reviewer=signature.reviewer_id, regional_edition__edition=signature.regional_edition.edition_id
    )
    return rows.exclude(pk=signature.pk).exclude(regional_article=signature.regional_article_id).order_by("-pk").first()
