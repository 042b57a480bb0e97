"""Articles and what one region gets of them."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.conditions import Condition
from conditions.vocabulary import PageState, RiskTier
from organisations.regions import Region

if TYPE_CHECKING:
    from conditions.models.publications import Publication


class Article(models.Model):
    """What the site says about one condition to the public; timeless, and owner of almost nothing."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    condition = models.OneToOneField(Condition, on_delete=models.PROTECT, related_name="article")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    risk_tier = models.CharField(max_length=10, choices=RiskTier, default=RiskTier.STANDARD)
    review_interval_months = models.PositiveSmallIntegerField(default=24)
    archived_at = models.DateTimeField(null=True, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("condition__name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(risk_tier="high", review_interval_months__range=(1, 12))
                | Q(risk_tier="standard", review_interval_months__range=(1, 24))
                | Q(risk_tier="low", review_interval_months__range=(1, 36)),
                name="review_interval_fits_the_risk_tier",
            ),
        )

    def __str__(self) -> str:
        return self.condition.name


class RegionalArticle(models.Model):
    """An article as one region gets it: its public state and dates."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="regional_articles")
    region = models.CharField(max_length=2, choices=Region)
    state = models.CharField(max_length=12, choices=PageState, default=PageState.UNPUBLISHED)
    last_reviewed_on = models.DateField(null=True)
    next_review_due_on = models.DateField(null=True)
    lock_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("article", "region")
        constraints = (
            models.UniqueConstraint(fields=["article", "region"], name="one_regional_article_per_region"),
            models.CheckConstraint(condition=Q(region__in=Region.values), name="regional_article_has_a_known_region"),
            models.CheckConstraint(condition=Q(state__in=PageState.values), name="page_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["unpublished", "withdrawn", "redirected"])
                | Q(last_reviewed_on__isnull=False, next_review_due_on__isnull=False),
                name="a_live_page_has_review_dates",
            ),
        )
        indexes = (models.Index(fields=["state", "next_review_due_on"], name="pages_by_review_due"),)

    def __str__(self) -> str:
        return f"{self.article} ({Region(self.region).label})"

    def day(self, moment: datetime) -> date:
        """The calendar day in this page's region at an aware `moment`."""
        return Region(self.region).day(moment)

    def live_publication(self) -> "Publication | None":
        """The publication that has not ended, shown unless the page is suspended."""
        return self.publications.filter(ended_at__isnull=True).select_related("revision").first()
