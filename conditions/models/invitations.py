"""Links in mails that show a reviewer, without signing in, what is asked of them."""

from django.db import models
from django.db.models import F, Q

from conditions.models.assignments import ReviewAssignment


class InvitationLink(models.Model):
    """A link to one request; who holds the token may look, and only its hash is kept here."""

    assignment = models.ForeignKey(ReviewAssignment, on_delete=models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_link_ends_after_it_was_made"),
        )

    def __str__(self) -> str:
        return f"Link to {self.assignment}"
