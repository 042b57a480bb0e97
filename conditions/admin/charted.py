"""The figures behind the charts, read from the record: publications, signatures, review dates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from conditions.admin.queues import Scope
from conditions.content.charts import Chart, Line
from conditions.content.currency import add_months
from conditions.content.figures import Life, middle, month_ends, share_in_date
from conditions.models import Article, Publication, RegionalArticle, RegionalEdition
from conditions.vocabulary import PageState
from organisations.regions import Region

MONTHS = 12
HAS_READERS = (PageState.LIVE, PageState.SUSPENDED)
OVERDUE, KEPT_BY = "Overdue", "Looked after by"
OWNER = "edition__article__owner"
NAMES = ("full_name", "username")
RECKONED = (
    "Today is exact. Earlier months are reckoned from publications and whole-page signatures with the review interval "
    "of today; days on which a page was down, and dates that were brought forward, are not in it."
)


def regions_of(scope: Scope) -> list[Region]:
    """One or both."""
    return [scope.region] if scope.region else list(Region)


def pages_of(scope: Scope) -> QuerySet[RegionalArticle]:
    """The pages that readers get, or would get."""
    archived = Article.objects.exclude(archived_at=None)  # few: not in these is sooner asked than a join with all
    pages = RegionalArticle.objects.filter(state__in=HAS_READERS).exclude(article__in=archived)
    return scope.of(pages, "region", "article__owner")


def share(scope: Scope) -> Chart:
    """The share in date at the end of each of the last twelve months, and today."""
    regions, today = regions_of(scope), Region.GB.day(scope.now)
    days = month_ends(today, MONTHS - 1)
    lives = _lives(scope, days[0])
    by_region = {region: share_in_date(lives[region], days[:-1]) for region in regions}
    now = [_percent(*_in_date(pages_of(scope).filter(region=region), region.day(scope.now))) for region in regions]
    lines = [
        Line(f"{day:%B %Y}", [by_region[region][number] for region in regions]) for number, day in enumerate(days[:-1])
    ]
    lines.append(Line("Today", now))
    return Chart("share", "Share of live pages in date", _labels(regions), lines, "%", RECKONED)


def due(scope: Scope) -> Chart:
    """How many reviews are overdue, and due in this month and the eleven after it."""
    regions, first = regions_of(scope), Region.GB.day(scope.now).replace(day=1)
    counts = due_by_month(scope)
    months = [add_months(first, number) for number in range(MONTHS)]
    lines = [Line(OVERDUE, [counts[region, None] for region in regions])]
    lines += [Line(f"{month:%B %Y}", [counts[region, month] for region in regions]) for month in months]
    return Chart("due", "Reviews due", _labels(regions), lines)


def due_by_month(scope: Scope) -> Mapping[tuple[str, date | None], int]:
    """For each region and month (its first day; None for what is past) how many reviews are due."""
    today = {region: region.day(scope.now) for region in regions_of(scope)}
    counts: dict[tuple[str, date | None], int] = defaultdict(int)
    # By day: to cut 20,000 dates to months costs the database more than to add up a thousand days here.
    days = pages_of(scope).values_list("region", "next_review_due_on").annotate(count=Count("pk")).order_by()
    for region, day, count in days:
        counts[region, None if day < today[Region(region)] else day.replace(day=1)] += count
    return counts


def days_in_review(scope: Scope) -> Chart:
    """The median days from sending to the last signature, of what was published in a year, by who looks after it."""
    start = scope.now - timedelta(days=365)
    rows = scope.of(RegionalEdition.objects.filter(publication__published_at__gte=start), "region", OWNER)
    signed = rows.annotate(signed=Max("sign_offs__signed_at")).exclude(signed=None).order_by()
    names = [f"{OWNER}__{each}" for each in NAMES]
    spans: dict[tuple[str, str], list[int]] = defaultdict(list)
    for region, name, username, sent, at in signed.values_list("region", *names, "submitted_at", "signed"):
        for label in ("Everybody", name or username):
            spans[label, region].append(_days(region, sent, at))
    lines = _by_owner(scope, {label for label, _ in spans}, lambda label, region: middle(spans[label, region]))
    title, note = (
        "Days in review, median",
        "From sending to the last signature, of texts published in the last 365 days.",
    )
    return Chart("days", title, _labels(regions_of(scope)), lines, " days", note, "Looked after by")


def share_by_owner(scope: Scope) -> Chart:
    """The share in date today, by who looks after it."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for region in regions_of(scope):
        owned = pages_of(scope).filter(region=region).values_list(*(f"article__owner__{each}" for each in NAMES))
        in_date = Count("pk", filter=Q(next_review_due_on__gte=region.day(scope.now)))
        for full, username, live, good in owned.annotate(live=Count("pk"), good=in_date).order_by():
            found[full or username, region] = good, live

    def value(label: str, region: Region) -> int | None:
        return _percent(*found.get((label, region), (0, 0)))

    lines = _by_owner(scope, {label for label, _ in found}, value)
    return Chart("owners", "Share in date today", _labels(regions_of(scope)), lines, "%", first=KEPT_BY)


def _by_owner(scope: Scope, labels: Iterable[str], value: Any) -> list[Line]:
    ordered = sorted(labels, key=lambda label: (label != "Everybody", label.casefold()))
    return [Line(label, [value(label, region) for region in regions_of(scope)]) for label in ordered]


def _lives(scope: Scope, start: date) -> Mapping[str, list[Life]]:
    """Every version that readers got since a day, by region."""
    whole = Coalesce(
        F("regional_edition__sign_offs__stands_on__signed_on"), F("regional_edition__sign_offs__signed_on")
    )
    since = Publication.objects.filter(Q(ended_at=None) | Q(ended_at__date__gte=start))
    rows = scope.of(since, "regional_article__region", "regional_article__article__owner")
    dated = rows.annotate(by_edition=Max(whole), by_request=Max("assignment__sign_off__signed_on")).order_by()
    columns = ("regional_article__region", "published_on", "ended_at", "by_edition", "by_request")
    lives: dict[str, list[Life]] = defaultdict(list)
    for region, began, ended, edition, request, months in dated.values_list(
        *columns, "regional_article__article__review_interval_months"
    ):
        last = Region(region).day(ended) if ended else None
        lives[region].append(Life(region, began, last, edition or request or began, months))
    return lives


def _in_date(pages: QuerySet[RegionalArticle], today: date) -> tuple[int, int]:
    found = pages.aggregate(live=Count("pk"), good=Count("pk", filter=Q(next_review_due_on__gte=today)))
    return found["good"], found["live"]


def _percent(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None


def _days(region: str, sent: datetime, signed: datetime) -> int:
    return max((Region(region).day(signed) - Region(region).day(sent)).days, 0)


def _labels(regions: Iterable[Region]) -> list[str]:
    return [str(region.label) for region in regions]
