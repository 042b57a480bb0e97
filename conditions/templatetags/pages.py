"""What every page's template needs, whether or not a request renders it.

Article pages are rendered when they are published, error pages when little else works:
so the facts of the site come from a tag and not from a context processor.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from organisations.regions import Region

register = template.Library()

DAY_FORMATS = {Region.GB: "j F Y", Region.US: "F j, Y"}
TIME_FORMATS = {Region.GB: "H:i T", Region.US: "g:i a T"}


@dataclass(frozen=True)
class SiteFacts:
    """Who publishes the site, where its files are, and whether what it shows is only a demonstration."""

    publisher: str
    address: str
    static: str
    is_demonstration: bool


@register.simple_tag
def site_facts() -> SiteFacts:
    """The facts of the site as the settings give them now."""
    return SiteFacts(
        publisher=settings.PUBLISHER_NAME,
        address=settings.SITE_URL,
        static=settings.STATIC_URL,
        is_demonstration=settings.DEMONSTRATION,
    )


@register.filter
def day_in(day: date | None, region: str) -> SafeString:
    """A `time` element with the day in words, as the region writes it; empty without a day."""
    if day is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", day_words(day, region))


@register.filter
def day_words(day: date, region: str) -> str:
    """The day in words alone, where no element may stand."""
    return format_date(day, DAY_FORMATS[Region(region)] if region else DAY_FORMATS[Region.GB])


@register.filter
def time_in(moment: datetime, region: str) -> SafeString:
    """A `time` element with the time of day and its zone, as clocks in the region show it."""
    local = moment.astimezone(Region(region).time_zone)
    return format_html('<time datetime="{}">{}</time>', local.isoformat("T", "seconds"), _clock(local, region))


@register.filter
def moment_in(moment: datetime, region: str) -> SafeString:
    """The same with the day before it."""
    local = moment.astimezone(Region(region).time_zone)
    words = f"{day_words(local, region)}, {_clock(local, region)}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat("T", "seconds"), words)


def _clock(local: datetime, region: str) -> str:
    return format_date(local, TIME_FORMATS[Region(region)])
