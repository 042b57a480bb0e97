"""The web addresses of works and organisations, and what became of visits to them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conditions.content import visits
from conditions.models.references import Reference
from conditions.vocabulary import LinkState
from organisations.models import Organisation


class CheckedLink(models.Model):
    """A web address of one work or one organisation; visited again from `next_check_at` on."""

    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, null=True, related_name="links")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="links")
    url = models.CharField("address", max_length=1000)
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.NEW)
    soft_failures = models.PositiveSmallIntegerField(default=0)
    hard_failures = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField("last HTTP status", default=0)
    ended_at = models.CharField("leads to", max_length=2000, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField("last visited", null=True)
    fine_at = models.DateTimeField("last found fine", null=True)
    next_check_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("url", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["reference", "url"], condition=Q(reference__isnull=False), name="one_link_per_work_and_address"
            ),
            models.UniqueConstraint(
                fields=["organisation", "url"],
                condition=Q(organisation__isnull=False),
                name="one_link_per_organisation_and_address",
            ),
            models.CheckConstraint(
                condition=Q(reference__isnull=True, organisation__isnull=False)
                | Q(reference__isnull=False, organisation__isnull=True),
                name="a_link_is_of_a_work_or_of_an_organisation",
            ),
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_state_is_known"),
        )

    def __str__(self) -> str:
        return self.url

    @property
    def tally(self) -> visits.Tally:
        """What is known after the visits so far."""
        return visits.Tally(visits.LinkState(self.state), self.soft_failures, self.hard_failures)

    @property
    def is_moved(self) -> bool:
        """Whether the address leads on to another."""
        return bool(self.ended_at) and self.ended_at != self.url
