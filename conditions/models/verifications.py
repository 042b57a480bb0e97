"""What came of looking at the whole record again."""

from django.db import models


class RecordVerification(models.Model):
    """When the record was verified, and a sentence for everything that was not as it was written."""

    verified_at = models.DateTimeField()
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.verified_at:%-d %B %Y}: {len(self.problems)} problems"
