"""The library of published works."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from conditions.vocabulary import Access, EvidenceKind, WorkKind

IDENTIFIERS = ("doi", "pmid", "pmcid", "isbn", "nct")


class References(models.QuerySet["Reference"]):
    """Works of the library."""

    def standing(self) -> "References":
        """Those that were not merged into another."""
        return self.filter(merged_into=None)


class Reference(models.Model):
    """A published work, described once, as CSL-JSON; the other columns follow from the description.

    A work that was found to be another one is merged into it: its row stays, so that citations and history hold,
    and points at the one that stands.
    """

    csl = models.JSONField("description", help_text="CSL-JSON: type, title, author, issued, container-title, DOI …")
    title = models.CharField(max_length=500, editable=False)
    kind = models.CharField(max_length=10, choices=WorkKind, default=WorkKind.OTHER, editable=False)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    doi = models.CharField("DOI", max_length=200, blank=True, editable=False)
    pmid = models.CharField("PMID", max_length=8, blank=True, editable=False)
    pmcid = models.CharField("PMCID", max_length=20, blank=True, editable=False)
    isbn = models.CharField("ISBN", max_length=13, blank=True, editable=False)
    nct = models.CharField("NCT number", max_length=11, blank=True, editable=False)
    language = models.CharField(max_length=35, blank=True, editable=False)
    evidence = models.CharField(max_length=20, choices=EvidenceKind, blank=True, editable=False)
    access = models.CharField(max_length=10, choices=Access, blank=True, editable=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged")
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    objects = References.as_manager()

    class Meta:
        ordering = ("title",)
        # The unique keys leave out merged works, so that no database finds a number by them alone.
        indexes = [models.Index(fields=[name], name=f"references_by_{name}") for name in IDENTIFIERS]
        constraints = (
            *(
                models.UniqueConstraint(
                    fields=[name],
                    condition=~Q(**{name: ""}) & Q(merged_into__isnull=True),
                    name=f"one_reference_per_{name}",
                )
                for name in IDENTIFIERS
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_reference_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=WorkKind.values), name="work_kind_is_known"),
            models.CheckConstraint(condition=Q(evidence__in=["", *EvidenceKind.values]), name="evidence_kind_is_known"),
            models.CheckConstraint(condition=Q(access__in=["", *Access.values]), name="access_is_known"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="no_work_is_merged_into_itself"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def current(self) -> "Reference":
        """The work that stands for this one: itself unless it was merged."""
        return self.merged_into or self

    @property
    def family(self) -> References:
        """This work and those merged into it: whoever cites one of them cites this work."""
        return Reference.objects.filter(Q(pk=self.pk) | Q(merged_into=self.pk))

    @property
    def description(self) -> dict[str, Any]:
        """The CSL-JSON of the work that stands, without the library's own `id`, as a citation copies it."""
        return {name: value for name, value in self.current.csl.items() if name != "id"}
