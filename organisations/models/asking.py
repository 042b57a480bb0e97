"""Links by which an organisation reads its own entry, and what it answered."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.db.models.query import QuerySet

from organisations.models.desk import Organisation
from organisations.models.record import Entry
from organisations.vocabulary import ReplyKind

MOST_REPLIES = 3


class EntryLinkQuerySet(QuerySet["EntryLink"]):
    """Links, by whether they work."""

    def working(self, now: datetime | Now) -> "EntryLinkQuerySet":
        """Neither run out nor revoked nor used up, sent by somebody who is still here."""
        last = Reply.objects.filter(link=OuterRef("pk"), number=MOST_REPLIES)
        return self.filter(~Exists(last), expires_at__gt=now, revoked_at__isnull=True, sent_by__is_active=True)


class EntryLink(models.Model):
    """A link to an organisation's own entry, sent to it by mail; only the hash of its token is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entry_links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_to = models.EmailField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = EntryLinkQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="a_link_to_an_entry_ends_later"),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True, revoked_at__isnull=True)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="somebody_revoked_a_revoked_link_to_an_entry",
            ),
        )

    def __str__(self) -> str:
        return f"Link for {self.organisation}"


class Reply(models.Model):
    """What an organisation answered: `entry` is the one it confirmed or proposed, if any; the rest stays with staff."""

    link = models.ForeignKey(EntryLink, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ReplyKind)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="replies")
    name = models.CharField("who answered", max_length=200)
    note = models.TextField(max_length=2000, blank=True)
    replied_at = models.DateTimeField()

    class Meta:
        ordering = ("link", "number")
        verbose_name_plural = "replies"
        constraints = (
            models.UniqueConstraint(fields=["link", "number"], name="one_reply_per_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_REPLIES), name="a_link_brings_three_replies"
            ),
            models.CheckConstraint(condition=Q(kind__in=ReplyKind.values), name="a_reply_is_of_a_known_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="a_reply_says_who_answered"),
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | (Q(kind=ReplyKind.CORRECTED) & ~Q(note="")),
                name="a_reply_about_an_entry_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"Reply {self.number} of {self.link.organisation}"
