"""The review calendar: which page is due in which month in which region, and its address for a calendar program."""

from datetime import date
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from alsinfo.admin.permissions import person
from alsinfo.admin.records import page_of
from alsinfo.admin.site import BackOffice, Page
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from conditions.actions import calendars
from conditions.admin import charted
from conditions.admin.queue_pages import ON_A_PAGE, READERS, filters, narrowed, scope_of
from conditions.admin.queues import Scope, move_of
from conditions.content.currency import add_months, in_words
from conditions.models import CalendarLink, RegionalArticle, ReviewAssignment
from conditions.vocabulary import OPEN_ASSIGNMENTS
from organisations.regions import Region


def show(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """What is overdue or due in one month, and how much in each of the others."""
    scope = scope_of(request)
    month = month_of(request.GET.get("month", ""))
    counts, regions = charted.due_by_month(scope), charted.regions_of(scope)
    months = sorted({each for _, each in counts if each is not None} | ({month} if month else set()))
    paginator = Paginator(due_in(scope, month), ON_A_PAGE)
    paginator.count = sum(counts[region, month] for region in regions)  # which it would count once more
    page = paginator.get_page(request.GET.get("page"))
    context |= {
        "title": "Review calendar",
        "page": page,
        "rows": [row_of(each, scope) for each in page],
        "month": month,
        "months": [(each, sum(counts[region, each] for region in regions)) for each in (None, *months)],
        "kept": "&".join(part for part in (f"month={month:%Y-%m}" if month else "", narrowed(scope)) if part),
        "link": CalendarLink.objects.filter(user=person(request), revoked_at=None).first(),
        **filters(scope),
    }
    return TemplateResponse(request, "admin/review_calendar.html", context)


def month_of(typed: str) -> date | None:
    """The first day of a month such as 2027-02; None, for what is overdue, for anything else."""
    try:
        return date.fromisoformat(f"{typed}-01") if len(typed) == len("2027-02") else None
    except ValueError:
        return None


def due_in(scope: Scope, month: date | None) -> QuerySet[RegionalArticle]:
    """The pages due in a month and not past, or those that are past, the first due first."""
    pages = RegionalArticle.objects.none()
    for region in charted.regions_of(scope):
        today, own = region.day(scope.now), charted.pages_of(scope).filter(region=region)
        if month is None:
            pages |= own.filter(next_review_due_on__lt=today)
        else:
            pages |= own.filter(next_review_due_on__gte=max(month, today), next_review_due_on__lt=add_months(month, 1))
    asked = ReviewAssignment.objects.filter(state__in=OPEN_ASSIGNMENTS).select_related("reviewer", "declaration")
    with_names = pages.select_related("article__condition", "article__owner")
    return with_names.prefetch_related(Prefetch("assignments", asked, to_attr="asked")).order_by(
        "next_review_due_on", "pk"
    )


def row_of(page: Any, scope: Scope) -> dict[str, str]:
    """What a line says of a page."""
    day = page.next_review_due_on
    return {
        "title": str(page),
        "url": page_of(page.article),
        "due": f"{day:%-d %B %Y}, {in_words(day, page.day(scope.now))}",
        "whose": "; ".join(map(move_of, page.asked)) or f"{page.article.owner}, to start a review",
        "tier": page.article.get_risk_tier_display(),
    }


def act(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Make the address of one's calendar, shown once in the answer itself, or revoke it."""
    try:
        if "revoke" in request.POST:
            calendars.revoke_calendar(by=person(request))
            messages.success(request, "Revoked: the address of your calendar works no longer.")
        elif "make" in request.POST:
            _, token = calendars.make_calendar(by=person(request))
            address = f"{settings.SITE_URL}{reverse('desk:calendar', args=[token])}"
            return TemplateResponse(request, "admin/calendar_link.html", {**context, "address": address})
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("admin:review-calendar"))


def waiting() -> int:
    """How many reviews are overdue by the calendar of the UK."""
    today = Region.GB.day(clock_now())
    return RegionalArticle.objects.filter(
        state__in=charted.HAS_READERS, next_review_due_on__lt=today, article__archived_at=None
    ).count()


cast(BackOffice, admin.site).add_page(
    Page(
        address="review-calendar/",
        name="review-calendar",
        title="Review calendar, overdue",
        readers=READERS,
        waiting=waiting,
        view=show,
        act=act,
    )
)
