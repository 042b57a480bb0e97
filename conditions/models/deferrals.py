"""Pages past their review that stay up, with a public reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.articles import RegionalArticle

MOST_DEFERRALS = 2


class Deferral(models.Model):
    """A lead's public reason to keep a page up until a day although its review is overdue.

    `reviewed_on` is the day of the review that was the last then; a new review needs deferrals of its own.
    """

    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="deferrals")
    reviewed_on = models.DateField()
    number = models.PositiveSmallIntegerField()
    until = models.DateField()
    reason = models.TextField(max_length=500)
    deferred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    deferred_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["regional_article", "reviewed_on", "number"], name="a_deferral_has_a_number_of_its_own"
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_DEFERRALS)), name="a_review_is_deferred_twice_at_most"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_deferral_gives_its_reason"),
        )

    def __str__(self) -> str:
        return f"{self.regional_article} stays up until {self.until}: {self.reason}"
