"""Links that show a draft to whoever holds them, for some days."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.db.models.query import QuerySet

from conditions.models.editions import Edition
from conditions.vocabulary import EditionState
from organisations.regions import Region


class PreviewLinkQuerySet(QuerySet["PreviewLink"]):
    """Links, by whether they work."""

    def working(self, now: datetime | Now) -> "PreviewLinkQuerySet":
        """Neither run out nor revoked, of an open edition, made by somebody who is still here."""
        alive = self.filter(expires_at__gt=now, revoked_at__isnull=True, made_by__is_active=True)
        return alive.exclude(edition__state=EditionState.CLOSED)


class PreviewLink(models.Model):
    """A link to one region's page of an edition as it is when looked at; only the hash of its token is kept."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="preview_links")
    region = models.CharField(max_length=2, choices=Region)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_preview_ends_after_it_was_made"),
            models.CheckConstraint(condition=Q(region__in=Region.values), name="a_preview_is_for_a_known_region"),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True, revoked_at__isnull=True)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="somebody_revoked_a_revoked_preview",
            ),
        )

    def __str__(self) -> str:
        return f"Preview of {self.edition} for {Region(self.region).label}"
