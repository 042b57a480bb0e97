"""Pages taken down for good or led elsewhere, and brought back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from conditions.models.articles import RegionalArticle


class Proposal(models.Model):
    """What one person proposes about a page and another agrees to, or somebody drops; nothing is decided twice."""

    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="%(class)ss")
    reason = models.TextField(max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="a_%(class)s_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | (Q(agreed_at__isnull=False, dropped_at__isnull=True) & ~Q(agreed_by=F("proposed_by"))),
                name="a_%(class)s_is_agreed_to_by_another_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.regional_article}: {self.reason}"


class Withdrawal(Proposal):
    """A page to be taken down for good; `reason` is public, `alternative` a page readers are led to instead."""

    alternative = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, null=True, related_name="+")


class Reinstatement(Proposal):
    """A page that was withdrawn or led elsewhere may be published again, with a text signed since."""


class Redirection(models.Model):
    """A page leads to another one; of several the newest counts."""

    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="redirections")
    target = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=500)
    redirected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    redirected_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="a_redirection_gives_its_reason"),
            models.CheckConstraint(
                condition=~Q(target=F("regional_article")), name="a_redirection_leads_to_another_page"
            ),
        )

    def __str__(self) -> str:
        return f"{self.regional_article} leads to {self.target}"
