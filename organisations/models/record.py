"""The record: entries as they were proposed and approved, checks of details, hidden contacts."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alsinfo.proposals import Proposal, rules
from organisations.models.desk import Organisation
from organisations.vocabulary import CheckedBy, ContactKind, Standing


class Entry(Proposal):
    """What one person proposed that readers see of an organisation, frozen; shown once another approved it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entries")
    body = models.TextField()

    class Meta(Proposal.Meta):
        verbose_name_plural = "entries"
        constraints = rules(
            "organisation",
            numbered="one_entry_per_number",
            another="nobody_approves_their_own_entry",
            approved="an_approved_entry_says_who_and_when",
        )

    def __str__(self) -> str:
        return f"{self.organisation} entry {self.number}"

    @property
    def content(self) -> dict[str, Any]:
        """The entry as data, as `actions.describing.described` writes it; what an older entry does not say is empty."""
        data: dict[str, Any] = json.loads(self.body)
        return {**UNSAID, **data, "contacts": [{**UNSAID_OF_A_CONTACT, **row} for row in data["contacts"]]}


UNSAID: dict[str, Any] = {"serves": "", "services": [], "standing": Standing.ACTIVE.value, "successor": {}, "logo": {}}
UNSAID_OF_A_CONTACT = {"hours": "", "time_zone": "", "languages": "", "cost": "", "youngest": None, "oldest": None}


class DetailsCheck(models.Model):
    """Somebody asked the organisation itself whether the entry is right; `asked` stays with the staff."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="checks")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField()
    how = models.CharField(max_length=10, choices=CheckedBy)
    asked = models.CharField("whom they asked", max_length=200)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-recorded_at",)
        constraints = (models.CheckConstraint(condition=~Q(asked=""), name="a_check_says_who_was_asked"),)

    def __str__(self) -> str:
        return f"{self.organisation} checked on {self.checked_on:%Y-%m-%d}"


class Hiding(models.Model):
    """A contact that one person took from readers at once; only another person shows the same contact again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hidings")
    kind = models.CharField(max_length=20, choices=ContactKind)
    value = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-hidden_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "kind", "value"],
                condition=Q(ended_at__isnull=True),
                name="a_contact_is_hidden_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hiding_a_contact_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="a_contact_shown_again_says_by_whom_and_when",
            ),
            models.CheckConstraint(condition=~Q(ended_by=F("hidden_by")), name="nobody_shows_again_what_they_hid"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.value} hidden"
