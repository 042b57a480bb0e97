"""Pages taken down at once, and put back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.articles import RegionalArticle


class Suspension(models.Model):
    """A page taken down; the suspender is empty when the system did it."""

    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="suspensions")
    suspended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    suspended_at = models.DateTimeField()
    reason = models.TextField(max_length=500)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="a_suspension_gives_its_reason"),)

    def __str__(self) -> str:
        return f"{self.regional_article}: {self.reason}"


class Lift(models.Model):
    """A suspension ended by another person than the suspender."""

    suspension = models.OneToOneField(Suspension, on_delete=models.PROTECT, related_name="lift")
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField()
    reason = models.TextField(max_length=500)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="a_lift_gives_its_reason"),)

    def __str__(self) -> str:
        return f"Lifted: {self.suspension}"
