"""A text under review on paper: open, with addresses printed and a margin for notes."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from alsinfo.concurrency import clock_now
from conditions.content.citations import numbering
from conditions.content.pictures import reviewed_figures
from conditions.content.subset import CitationLinks
from conditions.desk.access import reviewers_only
from conditions.desk.groups import assignments_of
from conditions.desk.texts import is_whole
from conditions.models import Reviewer, SignOff
from conditions.models.pictures import inline_address
from conditions.page_facts import organisation_facts, page_addresses
from conditions.policies.signing import objection_to_read
from conditions.rendering import digest_code, shown_references, shown_sections, trusted

alarm = logging.getLogger("alsinfo.alarm")


@require_safe
@reviewers_only
def copy(request: HttpRequest, reviewer: Reviewer, pk: int) -> HttpResponse:
    """A text to review, or that was signed, for paper; closed until the review is accepted."""
    assignment = get_object_or_404(assignments_of(reviewer), pk=pk)
    revision = assignment.revision
    if not is_whole(revision):
        alarm.critical("The text of review %s is altered.", pk)
        return render(request, "503.html", status=503)
    if objection_to_read(assignment, by=reviewer.user):
        return redirect("desk:review", pk=pk)
    content = revision.content
    figures = reviewed_figures(content, inline_address([content]))
    links = CitationLinks(numbering(content), pages=page_addresses(content), figures=figures)
    live = assignment.regional_article.live_publication()
    context = {
        "assignment": assignment,
        "region": assignment.region,
        "signature": SignOff.objects.filter(assignment=assignment).select_related("revocation").first(),
        "is_live": live is not None and live.revision_id == revision.digest,
        "made_on": assignment.regional_article.day(clock_now()),
        "digest_code": digest_code(revision.digest),
        "content": content,
        "urgent_care": {level: trusted(text) for level, text in content["urgent_care"].items()},
        "sections": shown_sections(content, links),
        "references": shown_references(content, links),
        "organisations": organisation_facts(content),
        "disclaimer": trusted(content["disclaimer"]),
    }
    return render(request, "desk/copy.html", context)
