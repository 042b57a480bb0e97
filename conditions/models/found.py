"""What follows from live pages so that they are found: their names and the words of their sections.

Nothing in it is shown unless a seal says that it was signed; `conditions.search.index` writes it and nothing else.
"""

import json
from typing import Any

from django.db import models

from conditions.models.articles import RegionalArticle
from conditions.models.publications import Publication
from organisations.regions import Region


class Findable(models.Model):
    """A live page as it is found: by its signed title and names (`names`, JSON), and by names of the catalogue
    (`also`, JSON) that are never shown. `stamp` is another number each time it is written."""

    regional_article = models.OneToOneField(RegionalArticle, on_delete=models.PROTECT, related_name="findable")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=2, choices=Region)
    names = models.TextField()
    also = models.TextField()
    seal = models.CharField(max_length=100)
    stamp = models.PositiveBigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.signed_names[0]

    @property
    def signed_names(self) -> list[str]:
        """The title and the other names, as they were signed."""
        found: list[str] = json.loads(self.names)
        return found

    def sealed_values(self) -> tuple[Any, ...]:
        """The parts of the seal, in order."""
        return (self.regional_article_id, self.publication_id, self.region, self.names)


class Passage(models.Model):
    """A section of a live page: the stems of its heading and of its words, each between blanks."""

    findable = models.ForeignKey(Findable, on_delete=models.CASCADE, related_name="passages")
    key = models.CharField(max_length=100)
    heading = models.TextField()
    words = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["findable", "key"], name="one_passage_per_section"),)

    def __str__(self) -> str:
        return f"{self.findable}: {self.key}"
