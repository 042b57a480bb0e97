"""What readers say, by page and section; what waits first, then figures, and both as a file without contact details."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.accounts.models import Role, User
from alsinfo.admin.records import page_of
from alsinfo.admin.site import BackOffice, Page
from alsinfo.admin.work import Item, Line, Waiting
from alsinfo.cells import harmless
from alsinfo.concurrency import clock_now
from conditions.content.readers_words import masked
from conditions.models import Feedback, RegionalArticle
from conditions.policies.triaging import READERS, TRIAGE
from conditions.vocabulary.feedback import WAITING_FEEDBACK, FeedbackAbout, FeedbackState
from organisations.regions import Region

SHOWN = 300
ON_THE_FIRST_PAGE = 4
MOST_ROWS = 10_000
MONTHS = 6
BESIDE = ("publication__regional_article__article__condition", "taken_by")
LIST = "conditions/feedback/"
ADDRESS = "feedback/"
COLUMNS = ("Day", "Region", "Page", "Part", "About", "Could harm", "State", "Outcome", "Words")


@dataclass(frozen=True)
class Entry:
    """One reader's words, and where to see to them."""

    feedback: Feedback
    url: str
    days: int


@dataclass(frozen=True)
class Group:
    """What waits on one part of one page."""

    place: str
    entries: list[Entry]

    @property
    def harms(self) -> int:
        """How many say that it could harm somebody."""
        return sum(each.feedback.could_harm for each in self.entries)


@dataclass(frozen=True)
class Figures:
    """What readers said of a page; `months` counts what had to be read, the oldest month first."""

    name: str
    url: str
    helpful: int
    not_helpful: int
    mistakes: int
    harms: int
    confirmed: int
    months: list[int]

    @property
    def share(self) -> str:
        """How many of those asked found it helpful, as a whole percentage; "" where nobody said."""
        asked = self.helpful + self.not_helpful
        return f"{round(100 * self.helpful / asked)} %" if asked else ""


def waiting() -> int:
    """How many wait."""
    return Feedback.objects.filter(state__in=WAITING_FEEDBACK).count()


def show(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The inbox, or everything as a file."""
    if request.GET.get("as") == "csv":
        return as_file()
    now = clock_now()
    months = last_months(now.date())
    found = {"groups": groups(), "figures": figures(months), "months": months, "total": waiting(), "shown": SHOWN}
    return TemplateResponse(request, "admin/feedback.html", {**context, **found, "list": f"/admin/{LIST}"})


def groups() -> list[Group]:
    """What waits, by page and section: first where somebody could be harmed, then the longest waiting."""
    now = clock_now()
    rows = list(_waiting().select_related(*BESIDE).order_by("-could_harm", "received_at")[:SHOWN])
    rank = {place: number for number, place in enumerate(dict.fromkeys(_place(row) for row in rows))}
    rows.sort(key=lambda row: rank[_place(row)])
    return [
        Group(place[1], [Entry(row, page_of(row), (now - row.received_at).days) for row in found])
        for place, found in groupby(rows, key=_place)
    ]


def figures(months: list[date]) -> list[Figures]:
    """The figures of each page and of each region's site, most reports first; three queries."""
    by_page = ("publication__regional_article", "region")
    rows = Feedback.objects.values_list(*by_page).annotate(
        helpful=Count("pk", filter=Q(about=FeedbackAbout.HELPFUL)),
        not_helpful=Count("pk", filter=Q(about=FeedbackAbout.NOT_HELPFUL)),
        mistakes=Count("pk", filter=Q(about=FeedbackAbout.MISTAKE)),
        harms=Count("pk", filter=Q(could_harm=True)),
        confirmed=Count("pk", filter=Q(harm_confirmed_at__isnull=False)),
    )
    read = Feedback.objects.exclude(state=FeedbackState.COUNTED).filter(received_at__date__gte=months[0])
    monthly = read.annotate(month=TruncMonth("received_at")).values_list(*by_page, "month").annotate(Count("pk"))
    counted = {(page, region, month.date()): count for page, region, month, count in monthly.order_by()}
    pages = RegionalArticle.objects.select_related("article__condition").in_bulk({row[0] for row in rows if row[0]})
    found = []
    for page, region, *counts in rows.order_by():
        by_month = [counted.get((page, region, month), 0) for month in months]
        columns: list[Any] = [*_named(pages.get(page), region), *counts, by_month]
        found.append(Figures(*columns))
    return sorted(found, key=lambda each: (-sum(each.months), each.name))


def last_months(today: date) -> list[date]:
    """The first days of this month and of those before it, oldest first."""
    numbers = (today.year * 12 + today.month - 1 - back for back in reversed(range(MONTHS)))
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def as_file() -> HttpResponse:
    """What readers said, newest first, as a table that leaves the house: no e-mail address, no telephone number."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="feedback.csv"'
    rows = csv.writer(response)
    rows.writerow(COLUMNS)
    rows.writerows(
        [harmless(cell) for cell in cells(each)] for each in Feedback.objects.select_related(*BESIDE)[:MOST_ROWS]
    )
    return response


def cells(feedback: Feedback) -> tuple[object, ...]:
    """One line of the file."""
    region = Region(feedback.region)
    return (
        region.day(feedback.received_at),
        region.label,
        feedback.publication.regional_article.article if feedback.publication else "the site",
        feedback.heading,
        feedback.get_about_display(),
        "yes" if feedback.could_harm else "no",
        feedback.get_state_display(),
        feedback.get_outcome_display(),
        masked(feedback.words),
    )


def harmful(person: User) -> Waiting:
    """What readers fear could harm somebody, and nobody confirmed or closed."""
    return _line(_waiting().filter(could_harm=True, harm_confirmed_at=None), "could_harm__exact=1", "late")


def others(person: User) -> Waiting:
    """What else readers say, while nobody has it in hand, or the person has."""
    rows = _waiting().filter(Q(could_harm=False) | Q(harm_confirmed_at__isnull=False))
    return _line(rows.filter(Q(state=FeedbackState.NEW) | Q(taken_by=person)), "", "soon")


def _line(rows: Any, query: str, tone: str) -> Waiting:
    now = clock_now()
    first: Iterable[Feedback] = rows.select_related(*BESIDE).order_by("received_at")[:ON_THE_FIRST_PAGE]
    items = [Item(each.place, page_of(each), _since((now - each.received_at).days)) for each in first]
    return Waiting(rows.count(), f"{LIST}?{query}" if query else ADDRESS, items, tone)


def _since(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}" if days else "since today"


def _waiting() -> Any:
    return Feedback.objects.filter(state__in=WAITING_FEEDBACK)


def _place(row: Feedback) -> tuple[object, str]:
    page = row.publication.regional_article_id if row.publication else row.region
    return page, row.place


def _named(page: RegionalArticle | None, region: str) -> tuple[str, str]:
    if page is None:
        return f"the {Region(region).label} site", f"{LIST}?page=site"
    return str(page), f"{LIST}?page={page.pk}"


office = cast(BackOffice, admin.site)
office.add_page(Page(ADDRESS, "feedback", "What readers say", READERS, waiting, show))
office.add_line(
    Line(
        "readers’ reports of possible harm",
        TRIAGE,
        5,
        harmful,
        of_one="reader’s report of possible harm",
    )
)
office.add_line(Line("readers’ messages waiting", (Role.EDITOR,), 78, others, of_one="reader’s message waiting"))
