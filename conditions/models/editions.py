"""Editions: the working text editors change, and its way through review for each region."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from conditions.models.articles import Article
from conditions.models.references import Reference
from conditions.models.revisions import Revision
from conditions.vocabulary import OPEN_REVIEWS, EditionState, ReviewState, SectionKind
from organisations.models import Organisation
from organisations.regions import Region

if TYPE_CHECKING:
    from conditions.models.signatures import SignOff

ALL_REGIONS = "GB,US"
COVERAGES = [("GB,US", "UK and US"), ("GB", "UK only"), ("US", "US only")]
CITATION_KEY = RegexValidator(r"\A[A-Za-z][A-Za-z0-9:._-]*\Z", "A key starts with a letter: letters, digits, : . _ -")


class Edition(models.Model):
    """The numbered working text of an article; one open at a time."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    regions = models.CharField(max_length=5, choices=COVERAGES, default=ALL_REGIONS)
    state = models.CharField(max_length=10, choices=EditionState, default=EditionState.DRAFT)
    change_note = models.CharField(
        max_length=300, blank=True, help_text="One public sentence: what changed and why. Readers see it."
    )
    correction = models.CharField(
        "what was wrong",
        max_length=300,
        blank=True,
        help_text="Only if readers were told something wrong: say it in one public sentence.",
    )
    wrong_since = models.DateField(
        null=True, blank=True, help_text="The first day on which readers were told so. Readers see it."
    )
    note_to_reviewers = models.TextField(max_length=2000, blank=True, help_text="Only reviewers see it.")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    lock_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("article", "-number")
        constraints = (
            models.UniqueConstraint(fields=["article", "number"], name="one_edition_per_number"),
            models.UniqueConstraint(
                fields=["article"], condition=~Q(state="closed"), name="one_open_edition_per_article"
            ),
            models.CheckConstraint(
                condition=Q(regions__in=[code for code, _ in COVERAGES]), name="edition_covers_known_regions"
            ),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.article}, edition {self.number}"

    @property
    def covered(self) -> list[Region]:
        """The regions this edition is written for."""
        return [Region(code) for code in self.regions.split(",")]


class RegionalText(models.Model):
    """A piece of an edition's text, for all regions (empty) or one."""

    region = models.CharField(max_length=2, choices=Region, blank=True, help_text="Empty: for all regions.")

    class Meta:
        abstract = True


class Opening(RegionalText):
    """What stands above and below the sections: title, answer, key points, urgent help, disclaimer."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="openings")
    title = models.CharField(max_length=150)
    names = models.TextField("other names shown", max_length=1000, blank=True, help_text="One on a line.")
    summary = models.TextField("one-sentence answer", max_length=400, blank=True)
    key_points = models.TextField(max_length=2000, blank=True, help_text="Two to four, one on a line.")
    emergency = models.TextField("call an ambulance if", max_length=4000, blank=True)
    urgent = models.TextField("get urgent advice if", max_length=4000, blank=True)
    soon = models.TextField("see your care team if", max_length=4000, blank=True)
    disclaimer = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ("edition", "region")
        constraints = (
            models.UniqueConstraint(fields=["edition", "region"], name="one_opening_per_edition_and_region"),
        )

    def __str__(self) -> str:
        return self.title


class Section(RegionalText):
    """One part of an edition, of a known kind, under a key that stays the same."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="sections")
    key = models.SlugField(
        max_length=60, help_text="The section's address on the page; keep it when the heading changes."
    )
    kind = models.CharField(max_length=20, choices=SectionKind)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=150)
    body = models.TextField("text", max_length=50_000, blank=True)

    class Meta:
        ordering = ("edition", "position", "key", "region")
        constraints = (
            models.UniqueConstraint(fields=["edition", "key", "region"], name="one_section_per_key_and_region"),
            models.CheckConstraint(condition=Q(kind__in=SectionKind.values), name="section_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.heading


class Citation(models.Model):
    """An edition's use of a reference, with the description as it was when cited: what readers may have, no note."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="citations")
    key = models.CharField(max_length=60, validators=[CITATION_KEY])
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="citations")
    description = models.JSONField(editable=False)

    class Meta:
        ordering = ("edition", "key")
        constraints = (models.UniqueConstraint(fields=["edition", "key"], name="one_citation_per_key"),)

    def __str__(self) -> str:
        return f"[@{self.key}]"


class Listing(models.Model):
    """An edition's mention of an organisation to the readers of one region."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="listings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="listings")
    region = models.CharField(max_length=2, choices=Region)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("edition", "region", "organisation")
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "organisation", "region"], name="one_listing_per_organisation_and_region"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} ({Region(self.region).label})"


class Contribution(models.Model):
    """A person changed an edition's text for a region; it bars them from ever signing the article."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="contributions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="contributions")
    region = models.CharField(max_length=2, choices=Region)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "region", "user"], name="one_contribution_per_person_edition_and_region"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.edition}"


class RegionalEdition(models.Model):
    """An edition's way through review for one region: a round, its revision, its state."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="regional_editions")
    region = models.CharField(max_length=2, choices=Region)
    round = models.PositiveSmallIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="regional_editions")
    state = models.CharField(max_length=20, choices=ReviewState)
    change_note = models.CharField(max_length=300, blank=True)
    correction = models.CharField(max_length=300, blank=True)
    wrong_since = models.DateField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    publish_at = models.DateTimeField(null=True)
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    failure = models.CharField(max_length=500, blank=True)
    lock_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("edition", "region", "round")
        constraints = (
            models.UniqueConstraint(fields=["edition", "region", "round"], name="one_row_per_edition_region_and_round"),
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_is_known"),
            models.CheckConstraint(
                condition=Q(revision__isnull=False) | Q(state="discarded"), name="a_text_in_review_has_a_revision"
            ),
            models.CheckConstraint(
                condition=Q(correction="", wrong_since__isnull=True)
                | Q(~Q(correction=""), wrong_since__isnull=False)
                | Q(state="discarded"),
                name="a_correction_says_what_was_wrong_and_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False, scheduled_by__isnull=False),
                name="a_scheduled_text_has_its_time_and_its_publisher",
            ),
            models.CheckConstraint(
                condition=~Q(Q(state="publish_failed"), Q(failure="")), name="a_text_that_was_not_published_says_why"
            ),
        )
        indexes = (models.Index(fields=["state"], condition=Q(state__in=OPEN_REVIEWS), name="rows_on_their_way"),)

    def __str__(self) -> str:
        return f"{self.edition}, {Region(self.region).label} round {self.round}"

    def standing_sign_offs(self) -> "models.QuerySet[SignOff]":
        """The signatures made on this row's text that were not withdrawn."""
        return self.sign_offs.filter(revision=self.revision_id, revocation=None)
