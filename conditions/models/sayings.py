"""What one person says to others about a text; it is never changed."""

from django.conf import settings
from django.db import models


class Saying(models.Model):
    """Who says what, and when."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(max_length=2_000)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return self.body if len(self.body) <= 60 else f"{self.body[:59]}…"
