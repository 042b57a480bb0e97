"""Revisions: frozen content of one article for one region."""

from typing import Any

from django.db import models

from conditions.content.canonical import content_of
from conditions.models.articles import Article
from organisations.regions import Region


class Revision(models.Model):
    """Exactly what readers in one region get; its key is its digest. No author, no edition, no date of its own."""

    digest = models.CharField(primary_key=True, max_length=64)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    region = models.CharField(max_length=2, choices=Region)
    schema = models.PositiveSmallIntegerField()
    text = models.TextField()

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def content(self) -> dict[str, Any]:
        """The content as data, in the shape of schema 1."""
        return content_of(self.text)
