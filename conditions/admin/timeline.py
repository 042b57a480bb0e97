"""What happened to an article, in one list: editions, rounds, signatures, publications, suspensions, owners."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from alsinfo.admin.records import RecordAdmin, page_of
from alsinfo.audit.models import AuditEvent
from conditions.models import (
    Article,
    Edition,
    Lift,
    Publication,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Revocation,
    SignOff,
    Suspension,
)
from organisations.regions import Region

PER_PAGE = 100
VERBS = {
    "add_article": "Article added",
    "archive": "Put into the archive",
    "bring_forward": "Next review brought forward",
    "change_risk": "Risk and interval changed",
    "defer": "Review deferred",
    "discard": "Text discarded",
    "drop_proposal": "Proposal dropped",
    "duplicate": "Article copied from another",
    "fail": "Not published at its time",
    "hand_over": "Handed over",
    "overrule": "Request for changes overruled",
    "propose_reinstatement": "Return proposed",
    "propose_withdrawal": "Withdrawal proposed",
    "redirect": "Led to another page",
    "reinstate": "Return agreed to",
    "reopen": "Taken back to the desk",
    "restore": "Started from an earlier text",
    "schedule": "Time of publication set",
    "unarchive": "Taken out of the archive",
    "unschedule": "Time of publication taken back",
    "withdraw": "Withdrawn",
}


@dataclass(frozen=True)
class Event:
    """Something that happened, to one region's text or ("") to both, with links to it and to its comparison."""

    at: datetime
    who: str
    what: str
    region: str = ""
    more: str = ""
    url: str = ""
    compare: str = ""


def show(office: RecordAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The newest first."""
    found = Paginator(events(article), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **office.admin_site.each_context(request),
        "title": f"History: {article}",
        "opts": office.opts,
        "article": article,
        "events": found,
    }
    return TemplateResponse(request, "admin/conditions/history.html", context)


def events(article: Article) -> list[Event]:
    """Everything, read in the same few queries whatever happened."""
    made = [*_written(article), *_reviewed(article), *_shown(article), *_decided(article)]
    return sorted(made, key=lambda event: event.at, reverse=True)


def _written(article: Article) -> Iterator[Event]:
    for edition in article.editions.select_related("started_by"):
        who, url = str(edition.started_by), page_of(edition)
        yield Event(edition.started_at, who, f"Edition {edition.number} started", "", edition.change_note, url)
    rows = RegionalEdition.objects.filter(edition__article=article).select_related("edition", "submitted_by")
    for row in rows:
        what = f"Edition {row.edition.number} sent to review, round {row.round}"
        link = _compare(article, row.region, row.revision_id) if row.revision_id else ""
        more = f"{row.get_state_display()} now. {row.change_note}"
        yield Event(row.submitted_at, str(row.submitted_by), what, _label(row.region), more, page_of(row), link)


def _reviewed(article: Article) -> Iterator[Event]:
    own = {"regional_article__article": article}
    for signature in SignOff.objects.filter(**own).select_related("regional_article"):
        region = signature.regional_article.region
        link = _compare(article, region, signature.revision_id)
        what = f"Signed: {signature.get_scope_display().lower()}"
        yield Event(signature.signed_at, signature.printed_name, what, _label(region), "", page_of(signature), link)
    sent_back = ReviewAssignment.objects.filter(**own, asked_for_changes=True, answered_at__isnull=False)
    for review in sent_back.select_related("reviewer", "regional_article"):
        if review.answered_at is not None:
            what, where = "Changes asked for", review.region.label
            yield Event(review.answered_at, str(review.reviewer), what, where, review.reason, page_of(review))
    withdrawn = Revocation.objects.filter(sign_off__regional_article__article=article)
    for each in withdrawn.select_related("revoked_by", "sign_off__regional_article"):
        region, what = each.sign_off.regional_article.region, f"Signature of {each.sign_off.printed_name} withdrawn"
        yield Event(each.revoked_at, str(each.revoked_by), what, _label(region), each.reason)


def _shown(article: Article) -> Iterator[Event]:
    own = {"regional_article__article": article}
    beside = ("published_by", "regional_article", "change_note", "correction")
    for version in Publication.objects.filter(**own).select_related(*beside):
        region = version.regional_article.region
        what, note = f"v{version.sequence} published", version.change_note.text
        if fault := getattr(version, "correction", None):
            note = f"{note} Corrected: {fault.text} (since {fault.since:%-d %B %Y})"
        link = _compare(article, region, version.revision_id)
        yield Event(version.published_at, str(version.published_by), what, _label(region), note, "", link)
    for down in Suspension.objects.filter(**own).select_related("suspended_by", "regional_article"):
        who, where = str(down.suspended_by or "the system"), _label(down.regional_article.region)
        yield Event(down.suspended_at, who, "Taken down", where, down.reason)
    lifts = Lift.objects.filter(suspension__regional_article__article=article)
    for lift in lifts.select_related("lifted_by", "suspension__regional_article"):
        where = _label(lift.suspension.regional_article.region)
        yield Event(lift.lifted_at, str(lift.lifted_by), "Put back", where, lift.reason)


def _decided(article: Article) -> Iterator[Event]:
    """What only the audit knows."""
    editions = list(article.editions.values_list("pk", flat=True))
    rows = dict(RegionalEdition.objects.filter(edition__in=editions).values_list("pk", "region"))
    pages = dict(RegionalArticle.objects.filter(article=article).values_list("pk", "region"))
    asked = Q()
    for model, keys in (
        (Article, [article.pk]),
        (Edition, editions),
        (RegionalEdition, rows),
        (RegionalArticle, pages),
    ):
        asked |= Q(subject_type=model._meta.label, subject_id__in=[str(key) for key in keys])
    regions: dict[tuple[str, str], Any] = {
        (model._meta.label, str(key)): region
        for model, known in ((RegionalEdition, rows), (RegionalArticle, pages))
        for key, region in known.items()
    }
    for event in AuditEvent.objects.filter(asked, verb__in=VERBS).select_related("actor"):
        region = regions.get((event.subject_type, event.subject_id), "")
        change = f"{event.before} → {event.after}. " if event.before and event.after and not region else ""
        who = str(event.actor or "the system")
        yield Event(event.at, who, VERBS[event.verb], _label(region) if region else "", change + event.reason)


def _compare(article: Article, region: str, digest: str) -> str:
    query = urlencode({"region": Region(region).slug, "after": digest})
    return f"{reverse('admin:conditions_article_compare', args=[article.pk])}?{query}"


def _label(region: str) -> str:
    return Region(region).label
