"""Signatures and their withdrawal."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.articles import RegionalArticle
from conditions.models.assignments import ReviewAssignment
from conditions.models.editions import RegionalEdition
from conditions.models.reviewers import CredentialCheck, Reviewer
from conditions.models.revisions import Revision
from conditions.vocabulary import Scope


class SignOff(models.Model):
    """A reviewer's signature on exactly one revision; everything it says was copied when signing."""

    SEALED = (
        "assignment_id",
        "regional_article_id",
        "regional_edition_id",
        "revision_id",
        "reviewer_id",
        "credential_check_id",
        "printed_name",
        "post_nominals",
        "role_title",
        "registration",
        "signed_at",
        "signed_on",
        "meaning",
        "interests",
        "scope",
        "base_id",
        "stands_on_id",
    )

    assignment = models.OneToOneField(ReviewAssignment, on_delete=models.PROTECT, related_name="sign_off")
    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="sign_offs")
    regional_edition = models.ForeignKey(RegionalEdition, on_delete=models.PROTECT, null=True, related_name="sign_offs")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="sign_offs")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="sign_offs")
    credential_check = models.ForeignKey(CredentialCheck, on_delete=models.PROTECT, related_name="+")
    printed_name = models.CharField(max_length=150)
    post_nominals = models.CharField(max_length=100, blank=True)
    role_title = models.CharField(max_length=150)
    registration = models.CharField(max_length=80)
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    meaning = models.CharField(max_length=300)
    interests = models.TextField(max_length=2000)
    scope = models.CharField(max_length=12, choices=Scope)
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    stands_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carries")
    seal = models.CharField(max_length=100)

    class Meta:
        ordering = ("signed_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(scope="whole-page", base__isnull=True, stands_on__isnull=True)
                | Q(scope="changes-only", base__isnull=False, stands_on__isnull=False),
                name="only_a_signature_on_changes_has_a_base",
            ),
            models.CheckConstraint(condition=~Q(seal="") & ~Q(printed_name=""), name="a_signature_is_named_and_sealed"),
        )

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.signed_on}"

    def sealed_values(self) -> tuple[Any, ...]:
        """What the seal covers, in a fixed order."""
        return tuple(getattr(self, name) for name in self.SEALED)


class Revocation(models.Model):
    """A signature withdrawn, with the reason."""

    sign_off = models.OneToOneField(SignOff, on_delete=models.PROTECT, related_name="revocation")
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField()
    reason = models.TextField(max_length=2000)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="a_revocation_gives_its_reason"),)

    def __str__(self) -> str:
        return f"Revoked: {self.sign_off}"
