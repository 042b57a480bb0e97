"""What one person proposes and another approves: the columns and rules that every kind of entry has."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Proposal(models.Model):
    """An entry as it was proposed, frozen, numbered from 1 among those of its thing; shown once it is approved."""

    number = models.PositiveIntegerField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("-number",)


def rules(thing: str, *, numbered: str, another: str, approved: str) -> tuple[models.BaseConstraint, ...]:
    """What the database holds the entries of a thing to; each rule has a name of its own.

    A number is given once for each thing; nobody approves what they proposed; an approval says by whom and when.
    """
    return (
        models.UniqueConstraint(fields=[thing, "number"], name=numbered),
        models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name=another),
        models.CheckConstraint(
            condition=Q(approved_by__isnull=True, approved_at__isnull=True)
            | Q(approved_by__isnull=False, approved_at__isnull=False),
            name=approved,
        ),
    )
