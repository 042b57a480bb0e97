"""Addresses of regional articles, past and present."""

from django.db import models
from django.db.models import Q

from conditions.models.articles import RegionalArticle
from organisations.regions import Region


class Path(models.Model):
    """An address; one is canonical, the others redirect to it in one hop. An address is never given away."""

    region = models.CharField(max_length=2, choices=Region)
    slug = models.SlugField(max_length=100)
    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="paths")
    is_canonical = models.BooleanField(default=True)

    class Meta:
        ordering = ("region", "slug")
        constraints = (
            models.UniqueConstraint(fields=["region", "slug"], name="an_address_leads_to_one_page"),
            models.UniqueConstraint(
                fields=["regional_article"], condition=Q(is_canonical=True), name="one_canonical_address_per_page"
            ),
        )

    def __str__(self) -> str:
        return f"/{Region(self.region).slug}/conditions/{self.slug}/"
