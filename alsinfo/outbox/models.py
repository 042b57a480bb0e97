"""The outbox's only table."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Message(models.Model):
    """A message to one person or one address; waiting until it was sent, or was given up (`failed_at`).

    What it says is kept no longer than it waits: many messages carry a link that opens an account.
    """

    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    key = models.CharField(max_length=200, blank=True, help_text="The same key is never written twice.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="a_message_is_written_once_per_key"),
            models.CheckConstraint(
                condition=Q(to_user__isnull=False, to_address="") | (Q(to_user__isnull=True) & ~Q(to_address="")),
                name="a_message_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True), name="a_message_has_one_outcome"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, failed_at__isnull=True) | Q(body=""),
                name="a_settled_message_keeps_no_text",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
                name="messages_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to_user or self.to_address}"
