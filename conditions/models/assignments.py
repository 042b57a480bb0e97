"""Review assignments: one reviewer asked to review one revision."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.articles import RegionalArticle
from conditions.models.editions import RegionalEdition
from conditions.models.reviewers import Reviewer
from conditions.models.revisions import Revision
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState
from organisations.regions import Region


class ReviewAssignment(models.Model):
    """One reviewer, one revision, one region; without a regional edition it asks for a re-confirmation."""

    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="assignments")
    regional_edition = models.ForeignKey(
        RegionalEdition, on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=20, choices=AssignmentState, default=AssignmentState.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    respond_by = models.DateField()
    due_on = models.DateField()
    first_due_on = models.DateField(null=True, help_text="The date before the reviewer proposed another.")
    answered_at = models.DateTimeField(null=True, help_text="When it was signed, or changes were asked for.")
    reason = models.TextField(max_length=2000, blank=True)
    suggestion = models.TextField(max_length=2000, blank=True, help_text="Whom to ask instead, says who declined.")
    was_cut_short = models.BooleanField(default=False)
    asked_for_changes = models.BooleanField(default=False)
    lock_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["regional_edition", "reviewer"],
                condition=Q(state__in=OPEN_ASSIGNMENTS, regional_edition__isnull=False),
                name="one_open_assignment_per_reviewer_and_row",
            ),
            models.UniqueConstraint(
                fields=["regional_article", "reviewer"],
                condition=Q(state__in=OPEN_ASSIGNMENTS, regional_edition__isnull=True),
                name="one_open_reconfirmation_per_reviewer_and_page",
            ),
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "recused"]) | ~Q(reason=""), name="who_declines_says_why"
            ),
            models.CheckConstraint(
                condition=Q(suggestion="") | Q(state="declined"), name="who_declines_may_suggest_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.regional_article}"

    @property
    def region(self) -> Region:
        """The region whose text is reviewed."""
        return Region(self.regional_article.region)

    @property
    def is_open(self) -> bool:
        """Whether the reviewer's answer is still awaited."""
        return self.state in OPEN_ASSIGNMENTS

    @property
    def awaited_since(self) -> datetime:
        """Since when it waits for who has the next move: the invitation, the interest stated, the acceptance."""
        if self.state == AssignmentState.INVITED:
            return self.invited_at
        declaration: Declaration | None = getattr(self, "declaration", None)
        return (declaration.cleared_at or declaration.declared_at) if declaration else self.invited_at


class Declaration(models.Model):
    """Competing interests, stated before the text is shown; "none" must be said."""

    assignment = models.OneToOneField(ReviewAssignment, on_delete=models.PROTECT, related_name="declaration")
    has_interest = models.BooleanField()
    statement = models.TextField(max_length=2000, blank=True)
    declared_at = models.DateTimeField()
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(has_interest=False) | ~Q(statement=""), name="a_declared_interest_is_stated"
            ),
            models.CheckConstraint(
                condition=Q(cleared_by__isnull=True, cleared_at__isnull=True)
                | Q(cleared_by__isnull=False, cleared_at__isnull=False),
                name="a_cleared_interest_says_who_and_when",
            ),
        )

    def __str__(self) -> str:
        return self.statement or "No competing interests"

    @property
    def is_settled(self) -> bool:
        """Whether the text may be read and signed under this declaration."""
        return not self.has_interest or self.cleared_by_id is not None
