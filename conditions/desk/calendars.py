"""The review dates of live pages, for the calendar program of whoever was given the address."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.tokens import hash_of
from conditions.content.calendar import Event, icalendar
from conditions.models import CalendarLink, Path, RegionalArticle
from conditions.policies.calendars import objection_to_calendar
from conditions.rendering import article_path
from conditions.vocabulary import PageState
from organisations.regions import Region

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store"}


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """An all-day event for each live page; an address that does not work is one like any that never was."""
    link = CalendarLink.objects.filter(token_hash=hash_of(token), revoked_at=None).select_related("user").first()
    if link is None or not _may_read(link.user):
        raise Http404
    name = f"Review dates, {settings.PUBLISHER_NAME}"
    text = icalendar(name, _events(), clock_now().astimezone(UTC))
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=HEADERS)


def _may_read(person: User) -> bool:
    return person.is_active and objection_to_calendar(by=person) is None


def _events() -> list[Event]:
    host = urlsplit(settings.SITE_URL).hostname
    address = Path.objects.filter(regional_article=OuterRef("pk"), is_canonical=True).values("slug")
    pages = RegionalArticle.objects.filter(state=PageState.LIVE, article__archived_at=None)
    rows = pages.annotate(slug=Subquery(address[:1])).order_by("next_review_due_on", "pk")
    columns = ("pk", "region", "slug", "next_review_due_on", "article__condition__name")
    return [
        Event(
            uid=f"review-{pk}@{host}",
            day=day,
            title=f"Review due: {name} ({Region(region).label})",
            url=f"{settings.SITE_URL}{article_path(Region(region), slug)}",
        )
        for pk, region, slug, day, name in rows.values_list(*columns)
    ]
