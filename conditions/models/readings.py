"""People who live with the condition, asked to read a text before it is published; they sign nothing."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.articles import RegionalArticle
from conditions.models.editions import RegionalEdition
from conditions.models.revisions import Revision
from conditions.vocabulary import OPEN_READINGS, ReadingState
from organisations.regions import Region


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Readings."""

    def shown(self) -> "ReadingQuerySet":
        """With what the desk shows of them."""
        return self.select_related(
            "regional_edition__edition__article__condition", "revision", "reader", "invited_by", "draft"
        )

    def waiting(self) -> "ReadingQuerySet":
        """Those that await an answer or remarks, oldest first, with what the desk shows of them."""
        return self.shown().filter(state__in=OPEN_READINGS).order_by("invited_at", "pk")


class Reading(models.Model):
    """One reader, one text in review, one region. It clears nothing and stands in the way of nothing."""

    regional_edition = models.ForeignKey(RegionalEdition, on_delete=models.PROTECT, related_name="readings")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readings")
    state = models.CharField(max_length=20, choices=ReadingState, default=ReadingState.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    due_on = models.DateField()
    completed_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=2000, blank=True)
    lock_version = models.PositiveIntegerField(default=0)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["regional_edition", "reader"],
                condition=Q(state__in=OPEN_READINGS),
                name="one_open_reading_per_reader_and_row",
            ),
            models.CheckConstraint(condition=Q(state__in=ReadingState.values), name="reading_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="completed", completed_at__isnull=False)
                | (~Q(state="completed") & Q(completed_at__isnull=True)),
                name="a_completed_reading_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reader}: {self.title}, {self.region.label}"

    @property
    def region(self) -> Region:
        """The region whose text is read."""
        return Region(self.regional_edition.region)

    @property
    def page(self) -> RegionalArticle:
        """The regional article whose text is read."""
        return self.regional_edition.edition.article.regional_articles.get(region=self.regional_edition.region)

    @property
    def title(self) -> str:
        """What the text is about."""
        return str(self.regional_edition.edition.article)

    @property
    def is_open(self) -> bool:
        """Whether an answer or remarks are still awaited."""
        return self.state in OPEN_READINGS


class ReadingDraft(models.Model):
    """What a reader typed and has not sent; kept when the reading ends, so that nothing typed is lost.

    `fields` are the names and texts of the form.
    """

    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="draft")
    fields: Any = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Not sent: {self.reading}"
