"""What reviewers say of themselves, and the entries readers see of it.

A `ProfileEntry` freezes what a reviewer wrote; readers see only one that a clinical lead approved.
When a reviewer is away is for editors, and in no entry.
"""

import json
from base64 import b64encode
from dataclasses import asdict, dataclass
from datetime import date

from django.db import models
from django.db.models import F, Q

from alsinfo.proposals import Proposal, rules
from conditions.models.reviewers import Reviewer


@dataclass(frozen=True)
class Description:
    """A reviewer in their own words: plain text; `links` are https addresses, `interests` those that last.

    `photograph` is the digest of a `Photograph`, or "".
    """

    role: str
    specialties: tuple[str, ...] = ()
    biography: str = ""
    links: tuple[str, ...] = ()
    interests: str = ""
    post_nominals: str = ""
    photograph: str = ""

    @property
    def text(self) -> str:
        """The same words, always as the same JSON."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)


class Profile(models.Model):
    """A reviewer's page: the entry readers see, and for editors the days the reviewer is away."""

    reviewer = models.OneToOneField(Reviewer, on_delete=models.PROTECT, related_name="profile")
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    entry = models.ForeignKey(
        "ProfileEntry", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="shown_by"
    )
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("reviewer__printed_name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(away_from__isnull=True, away_until__isnull=True)
                | Q(away_from__isnull=False, away_until__isnull=False, away_until__gte=F("away_from")),
                name="who_is_away_says_from_when_until_when",
            ),
        )

    def __str__(self) -> str:
        return str(self.reviewer)

    def is_away(self, day: date) -> bool:
        """Whether the reviewer is away on a day."""
        return self.away_from is not None and self.away_until is not None and self.away_from <= day <= self.away_until


class Photograph(models.Model):
    """A reviewer's photograph as it is served: a WebP, known by the SHA-256 of its bytes."""

    digest = models.CharField(max_length=64, primary_key=True)
    body = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.digest

    @property
    def inline(self) -> str:
        """The picture as an address of its own, for pages of people who see it before readers do."""
        return f"data:image/webp;base64,{b64encode(bytes(self.body)).decode()}"


class ProfileEntry(Proposal):
    """What a reviewer proposed that readers see of them, frozen; shown once a clinical lead approved it.

    When the person has their data erased, `body` is "" and the photograph gone: who approved what when stays.
    """

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="entries")
    body = models.TextField(blank=True)
    photograph = models.ForeignKey(Photograph, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")

    class Meta(Proposal.Meta):
        verbose_name_plural = "profile entries"
        constraints = rules(
            "profile",
            numbered="one_profile_entry_per_number",
            another="nobody_approves_the_profile_they_proposed",
            approved="an_approved_profile_says_who_and_when",
        )

    def __str__(self) -> str:
        return f"{self.profile} entry {self.number}"

    @property
    def description(self) -> Description:
        """The entry as it was written; empty once it was erased."""
        if not self.body:
            return Description("")
        data = json.loads(self.body)
        lists = {name: tuple(data[name]) for name in ("specialties", "links")}
        return Description(**{**data, **lists})
