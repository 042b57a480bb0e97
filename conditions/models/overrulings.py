"""A clinical lead overruled a request for changes; what the reviewer wrote may be published beside the text."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.assignments import ReviewAssignment


class Overruling(models.Model):
    """A text goes on although a reviewer asked for changes; the assignment keeps what they asked for.

    `note_proposed_by` is who would publish the reviewer's words, once they agree.
    """

    assignment = models.OneToOneField(ReviewAssignment, on_delete=models.PROTECT, related_name="overruling")
    overruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    overruled_at = models.DateTimeField()
    reason = models.TextField(max_length=2000)
    note_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note_proposed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("overruled_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="an_overruling_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(note_proposed_by__isnull=True, note_proposed_at__isnull=True)
                | Q(note_proposed_by__isnull=False, note_proposed_at__isnull=False),
                name="a_proposed_note_says_who_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"Overruled: {self.assignment}"


class DissentNote(models.Model):
    """What an overruled reviewer wrote, word for word, for the history of the version; made when they agreed."""

    SEALED = (
        "overruling_id",
        "text",
        "printed_name",
        "post_nominals",
        "role_title",
        "registration",
        "agreed_at",
        "agreed_on",
    )

    overruling = models.OneToOneField(Overruling, on_delete=models.PROTECT, related_name="note")
    text = models.TextField(max_length=2000)
    printed_name = models.CharField(max_length=150)
    post_nominals = models.CharField(max_length=100, blank=True)
    role_title = models.CharField(max_length=150)
    registration = models.CharField(max_length=80, blank=True)
    agreed_at = models.DateTimeField()
    agreed_on = models.DateField()
    seal = models.CharField(max_length=100)

    class Meta:
        ordering = ("agreed_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(seal="") & ~Q(printed_name=""), name="a_dissent_is_named_and_sealed"),
        )

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.agreed_on}"

    def sealed_values(self) -> tuple[Any, ...]:
        """What the seal covers, in a fixed order."""
        return tuple(getattr(self, name) for name in self.SEALED)
