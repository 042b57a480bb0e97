"""What editors, publishers and leads say to each other about a text, among themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.query import QuerySet

from conditions.models.editions import Edition
from conditions.models.sayings import Saying
from conditions.vocabulary import NoteState


class NoteQuerySet(QuerySet["Note"]):
    """Notes, by where they are to be read."""

    def beside(self, edition: Edition) -> "NoteQuerySet":
        """Those made on an edition, and earlier ones that were open when it began."""
        earlier = Q(edition__article=edition.article_id, edition__number__lt=edition.number)
        was_open = Q(state=NoteState.OPEN) | Q(resolved_at__gte=edition.started_at)
        return self.filter(Q(edition=edition) | (earlier & was_open))


class Note(Saying):
    """The first word of a thread, on an edition or a part of it; what it says is never changed.

    `part` is `section:KEY` or the name of another part of the page, "" for the whole of it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="notes")
    part = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=NoteState, default=NoteState.OPEN)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    lock_version = models.PositiveIntegerField(default=0)

    objects = NoteQuerySet.as_manager()

    class Meta(Saying.Meta):
        constraints = (
            models.CheckConstraint(condition=~Q(body=""), name="a_note_says_something"),
            models.CheckConstraint(
                condition=Q(state="open", resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(state="resolved", resolved_by__isnull=False, resolved_at__isnull=False),
                name="a_note_is_open_or_somebody_resolved_it",
            ),
        )


class NoteReply(Saying):
    """Another word of a thread."""

    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="replies")

    class Meta(Saying.Meta):
        constraints = (models.CheckConstraint(condition=~Q(body=""), name="a_reply_to_a_note_says_something"),)
