"""The audit's only table."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One action by one person (no actor: the system); written once by `chain.record`, never changed.

    `sequence` counts from 1 without gaps; `hash` is the SHA-256, in hex, of all other fields.
    """

    sequence = models.BigIntegerField(primary_key=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    reason = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField()
    prev_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.verb} {self.subject_type} {self.subject_id}"
