"""The regions articles are written for, and the nations and states organisations cover.

GB and US are ISO 3166-1 codes; nations and states are ISO 3166-2. "uk" and "us" appear
only in addresses and labels.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.http import Http404


class Region(models.TextChoices):
    """A country that gets its own text, its own sign-off and its own address."""

    GB = "GB", "UK"
    US = "US", "US"

    @property
    def slug(self) -> str:
        """How the region is spelt in an address: `uk` or `us`."""
        return {"GB": "uk", "US": "us"}[self.value]

    @property
    def lang(self) -> str:
        """The language tag of the region's pages."""
        return f"en-{self.value}"

    @property
    def time_zone(self) -> ZoneInfo:
        """The zone whose midnight ends a day in this region."""
        return ZoneInfo({"GB": "Europe/London", "US": "America/New_York"}[self.value])

    @property
    def country(self) -> str:
        """The region's name in a sentence, with its article."""
        return {"GB": "the United Kingdom", "US": "the United States"}[self.value]

    @property
    def other(self) -> "Region":
        """The other of the two regions."""
        return Region.US if self is Region.GB else Region.GB

    def day(self, moment: datetime) -> date:
        """The calendar day in this region at an aware `moment`."""
        return moment.astimezone(self.time_zone).date()

    @classmethod
    def of_slug(cls, slug: str) -> "Region":
        """The region of an address part; KeyError for any other word."""
        return {region.slug: region for region in cls}[slug]


def region_of(slug: str) -> Region:
    """The region of an address part; 404 for any other word."""
    try:
        return Region.of_slug(slug)
    except KeyError as error:
        raise Http404 from error
