"""Pages about the site itself, and the entries readers see of them: one person proposes, another approves."""

from django.db import models
from django.db.models import Q

from alsinfo.proposals import Proposal, rules
from conditions.vocabulary import SitePageKind
from organisations.regions import Region


class SitePage(models.Model):
    """About us, privacy and the like, for all regions or one; a region's own goes before that for all."""

    kind = models.CharField(max_length=20, choices=SitePageKind)
    region = models.CharField(max_length=2, choices=Region, blank=True, help_text="Empty: in all regions.")
    title = models.CharField(max_length=100)
    text = models.TextField(
        max_length=20_000,
        help_text="No advice on health: no name of a condition or medicine, no dose. That belongs on reviewed pages.",
    )
    entry = models.ForeignKey(
        "SitePageEntry", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="shown_by"
    )
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("kind", "region")
        verbose_name = "page about the site"
        verbose_name_plural = "pages about the site"
        constraints = (
            models.UniqueConstraint(fields=["kind", "region"], name="one_site_page_per_kind_and_region"),
            models.CheckConstraint(condition=Q(kind__in=SitePageKind.values), name="site_page_kind_is_known"),
            models.CheckConstraint(condition=Q(region__in=["", *Region.values]), name="site_page_region_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({Region(self.region).label if self.region else 'all regions'})"


class SitePageEntry(Proposal):
    """What one person proposed that readers see of a page, frozen; shown once another approved it."""

    page = models.ForeignKey(SitePage, on_delete=models.PROTECT, related_name="entries")
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=20_000)

    class Meta(Proposal.Meta):
        verbose_name_plural = "site page entries"
        constraints = rules(
            "page",
            numbered="one_site_page_entry_per_number",
            another="nobody_approves_the_site_page_they_proposed",
            approved="an_approved_site_page_says_who_and_when",
        )

    def __str__(self) -> str:
        return f"{self.page} entry {self.number}"
