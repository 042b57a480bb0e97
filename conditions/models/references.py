"""The library of published works."""

from typing import Any

from django.db import models
from django.db.models import Q


class Reference(models.Model):
    """A published work, described once, as CSL-JSON."""

    csl = models.JSONField("description", help_text="CSL-JSON: type, title, author, issued, container-title, DOI …")
    title = models.CharField(max_length=500, editable=False)
    doi = models.CharField("DOI", max_length=200, blank=True, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("title",)
        constraints = (
            models.UniqueConstraint(fields=["doi"], condition=~Q(doi=""), name="one_reference_per_doi"),
            models.CheckConstraint(condition=~Q(title=""), name="a_reference_has_a_title"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def description(self) -> dict[str, Any]:
        """The CSL-JSON without the library's own `id`, as a citation copies it."""
        return {name: value for name, value in self.csl.items() if name != "id"}
