"""What those asked to read a text remark on it, what is said to that, and what they have not sent yet."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from conditions.models.articles import Article
from conditions.models.assignments import ReviewAssignment
from conditions.models.editions import COVERAGES
from conditions.models.readings import Reading
from conditions.models.reviewers import Reviewer
from conditions.models.revisions import Revision
from conditions.models.sayings import Saying
from conditions.vocabulary import CommentState, CommentWeight
from organisations.regions import Region


class ReviewComment(Saying):
    """A remark on a part of a text as it was then; what it says is never changed, only what became of it.

    `part` is `section:KEY` or the name of another part of the page, "" for the whole of it. `regions` are those
    whose text has the part in these words. A settled remark names the text in which its author found it settled.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comments")
    regions = models.CharField(max_length=5, choices=COVERAGES)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="comments")
    assignment = models.ForeignKey(ReviewAssignment, on_delete=models.PROTECT, null=True, related_name="comments")
    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, null=True, related_name="comments")
    part = models.CharField(max_length=80, blank=True)
    weight = models.CharField(max_length=10, choices=CommentWeight)
    quote = models.TextField(max_length=1_000, blank=True)
    suggestion = models.TextField(max_length=4_000, blank=True)
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.OPEN)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_in = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    lock_version = models.PositiveIntegerField(default=0)

    class Meta(Saying.Meta):
        constraints = (
            models.CheckConstraint(condition=~Q(body=""), name="a_remark_says_something"),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False, reading__isnull=True)
                | (Q(assignment__isnull=True, reading__isnull=False) & ~Q(weight="must")),
                name="a_remark_is_of_a_review_or_of_a_reading",
            ),
            models.CheckConstraint(condition=Q(weight__in=CommentWeight.values), name="comment_weight_is_known"),
            models.CheckConstraint(condition=Q(state__in=CommentState.values), name="comment_state_is_known"),
            models.CheckConstraint(
                condition=Q(regions__in=[code for code, _ in COVERAGES]), name="a_remark_is_on_known_regions"
            ),
            models.CheckConstraint(
                condition=Q(state="resolved", settled_by=F("author"), settled_in__isnull=False)
                | (~Q(state="resolved") & Q(settled_by__isnull=True, settled_in__isnull=True)),
                name="only_who_made_a_remark_settles_it",
            ),
        )

    @property
    def covered(self) -> list[Region]:
        """The regions whose text is remarked on."""
        return [Region(code) for code in self.regions.split(",")]

    @property
    def is_settled(self) -> bool:
        """Whether who made it is content."""
        return self.state == CommentState.RESOLVED


class CommentReply(Saying):
    """What an editor, or who made the remark, says to it."""

    comment = models.ForeignKey(ReviewComment, on_delete=models.PROTECT, related_name="replies")

    class Meta(Saying.Meta):
        constraints = (models.CheckConstraint(condition=~Q(body=""), name="a_reply_says_something"),)


class ReviewDraft(models.Model):
    """What a reviewer typed on the review page of an article and has not sent; kept until they send or empty it.

    `fields` are the names and texts of the form, without tick, password and code.
    """

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="drafts")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="review_drafts")
    fields: Any = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reviewer", "article"], name="one_draft_per_reviewer_and_article"),
        )

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.article}"
