"""Logos of organisations, as they are served."""

from base64 import b64encode

from django.db import models


class Logo(models.Model):
    """A small WebP, known by the SHA-256 of its bytes; never changed, never deleted."""

    digest = models.CharField(max_length=64, primary_key=True)
    body = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def inline(self) -> str:
        """The picture as an address of its own, for pages of people who see it before readers do."""
        return f"data:image/webp;base64,{b64encode(bytes(self.body)).decode()}"
