"""An article as one line of the list: two chips for each region, the review date in words, who reviews."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from conditions.admin.standing import HAS_READERS, Glance, signed_what_is_live
from conditions.content.currency import in_words
from conditions.models import Article, Edition, Publication, RegionalArticle, RegionalEdition, ReviewAssignment
from conditions.vocabulary import OPEN_ASSIGNMENTS, OPEN_REVIEWS, EditionState, PageState, ReviewState
from organisations.regions import Region

PAGE_CHIPS = {
    PageState.LIVE: ("live", "Live"),
    PageState.SUSPENDED: ("alarm", "Taken down"),
    PageState.WITHDRAWN: ("plain", "Withdrawn"),
    PageState.REDIRECTED: ("plain", "Moved"),
}
ROW_CHIPS = {
    ReviewState.IN_REVIEW: ("wait", "in review"),
    ReviewState.CHANGES_REQUESTED: ("alarm", "changes requested"),
    ReviewState.REOPENED: ("plain", "taken back"),
    ReviewState.CLEARED: ("ready", "signed, not published"),
    ReviewState.SCHEDULED: ("ready", "scheduled"),
    ReviewState.PUBLISH_FAILED: ("alarm", "publishing failed"),
}


def with_lines(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With what a line shows, in the same few queries for any number of articles; no text is read."""
    live = Prefetch("publications", Publication.objects.filter(ended_at=None), to_attr="live")
    asking = ReviewAssignment.objects.filter(state__in=OPEN_ASSIGNMENTS).select_related("reviewer")
    asked = Prefetch("assignments", asking, to_attr="asked")
    signed = Prefetch("sign_offs", signed_what_is_live(), to_attr="signed")
    rows = RegionalEdition.objects.filter(state__in=OPEN_REVIEWS)
    open_editions = Edition.objects.exclude(state=EditionState.CLOSED)
    return articles.select_related("condition", "owner").prefetch_related(
        Prefetch("regional_articles", RegionalArticle.objects.prefetch_related(live, asked, signed), to_attr="pages"),
        Prefetch(
            "editions",
            open_editions.prefetch_related(Prefetch("regional_editions", rows, to_attr="rows")),
            to_attr="open",
        ),
    )


def state_of(article: Any, look: Glance) -> SafeString:
    """Each region's chips: what readers get, and what is on its way to them."""
    if article.archived_at is not None:
        return chip("plain", f"Archived {article.archived_at:%-d %B %Y}")
    lines = ((page.get_region_display(), _joined(_chips(article, page))) for page in _pages(article, look))
    return format_html_join("", '<div class="where"><strong>{}</strong> {}</div>', lines)


def due_of(article: Any, look: Glance) -> SafeString:
    """When the next review is due, once if both regions agree."""
    days = {
        Region(page.region): page.next_review_due_on
        for page in _pages(article, look)
        if page.state in HAS_READERS and page.next_review_due_on
    }
    if not days:
        return SafeString("Never reviewed" if not any(page.last_reviewed_on for page in article.pages) else "")
    if len(set(days.values())) == 1:
        region, day = next(iter(days.items()))
        return _due(day, look.today[region])
    lines = ((region.label, _due(day, look.today[region])) for region, day in days.items())
    return format_html_join("", '<div class="where"><strong>{}</strong> {}</div>', lines)


def reviewers_of(article: Any, look: Glance) -> str:
    """Who is asked now, else who signed what is live."""
    pages = _pages(article, look)
    asked = dict.fromkeys(str(each.reviewer) for page in pages for each in page.asked)
    signed = dict.fromkeys(each.printed_name for page in pages for each in page.signed)
    return f"Asked: {', '.join(asked)}" if asked else ", ".join(signed)


def chip(tone: str, text: str) -> SafeString:
    """A state, by its word; the tone only helps the eye."""
    return format_html('<span class="chip is-{}">{}</span>', tone, text)


def _due(day: date, today: date) -> SafeString:
    tone = "late" if day < today else "soon" if (day - today).days <= 30 else "far"
    return format_html('<span class="due is-{}">{}</span>, {}', tone, in_words(day, today), f"{day:%-d %B %Y}")


def _chips(article: Any, page: Any) -> list[SafeString]:
    sequence = page.live[0].sequence if page.live else 0
    found = []
    if page.state in PAGE_CHIPS:
        tone, word = PAGE_CHIPS[PageState(page.state)]
        found.append(chip(tone, f"{word} v{sequence}" if sequence else word))
    version = f"v{sequence + 1} " if sequence or page.state == PageState.UNPUBLISHED else ""
    for edition in article.open:
        rows = [row for row in edition.rows if row.region == page.region]
        if rows:
            tone, word = ROW_CHIPS[ReviewState(max(rows, key=lambda row: row.round).state)]
            found.append(chip(tone, version + word))
        elif page.region in edition.regions and edition.state == EditionState.DRAFT:
            found.append(chip("plain", f"{version}draft"))
    return found or [chip("plain", "nothing yet")]


def _pages(article: Any, look: Glance) -> list[Any]:
    return [page for page in article.pages if page.region in look.regions]


def _joined(chips: Iterable[SafeString]) -> SafeString:
    return format_html_join(" ", "{}", ((each,) for each in chips))
