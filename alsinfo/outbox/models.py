"""Messages, when a person wants those that can wait, and what caches are to drop."""

from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

KEPT = timedelta(days=30)  # what was given up can be sent again
FIRST_HOUR, ZONE = 8, "Europe/London"
ZONES = (
    ("Europe/London", "UK"),
    ("America/New_York", "US Eastern"),
    ("America/Chicago", "US Central"),
    ("America/Denver", "US Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "US Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
)
WAITING = Q(sent_at__isnull=True, failed_at__isnull=True)
STUCK = Q(failed_at__isnull=False, is_dropped=False) | (WAITING & Q(attempts__gt=0) & ~Q(last_error=""))


class Kind(models.TextChoices):
    """How a message travels."""

    LETTER = "letter", "At once"
    ITEM = "item", "In the next digest"
    DIGEST = "digest", "A digest"


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, by what became of them."""

    def waiting(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(WAITING)

    def stuck(self) -> Self:
        """Refused and tried again, or given up within a month; not those whose reader may not read them any more."""
        lately = Q(failed_at__isnull=True) | Q(failed_at__gt=timezone.now() - KEPT)
        return self.filter(STUCK, lately).exclude(kind=Kind.ITEM)


class Message(models.Model):
    """A message to one person or one address; waiting until it was sent, or was given up (`failed_at`).

    What it says is kept no longer than it waits: many messages carry a link that opens an account. Only one that
    `keeps_text` holds on to it when it was given up, so that it can be sent again. `about` is "audience:key": who may
    read it is asked when it is sent. An item waits for a digest, the message it is sent in.
    """

    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    about = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=200, blank=True, help_text="The same key is never written twice.")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LETTER)
    digest = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="items")
    keeps_text = models.BooleanField(default=False)
    created_at = models.DateTimeField("written", default=timezone.now, editable=False)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField("given up", null=True, blank=True)
    is_dropped = models.BooleanField(default=False)
    last_error = models.TextField("what the mail server said", blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="a_message_is_written_once_per_key"),
            models.UniqueConstraint(
                fields=["to_user"], condition=WAITING & Q(kind="digest"), name="one_digest_of_a_person_waits"
            ),
            models.CheckConstraint(
                condition=Q(to_user__isnull=False, to_address="") | (Q(to_user__isnull=True) & ~Q(to_address="")),
                name="a_message_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True), name="a_message_has_one_outcome"
            ),
            models.CheckConstraint(
                condition=WAITING | Q(body="") | Q(sent_at__isnull=True, keeps_text=True),
                name="a_settled_message_keeps_no_text",
            ),
            models.CheckConstraint(
                condition=Q(kind="letter", digest__isnull=True)
                | Q(kind="digest", digest__isnull=True, to_user__isnull=False)
                | Q(kind="item", to_user__isnull=False),
                name="only_an_item_for_a_person_is_in_a_digest",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=WAITING & ~Q(kind="item"), name="messages_waiting"),
            models.Index(fields=["to_user"], condition=WAITING & Q(kind="item"), name="items_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to_user or self.to_address}"


class Purge(models.Model):
    """An order to the caches before the site: drop what is under a key of `surrogates`. Gone once it is taken."""

    key = models.CharField(max_length=250)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="purges_due")]

    def __str__(self) -> str:
        return self.key


class DigestChoice(models.Model):
    """When a person wants the notices that can wait; without a row at eight in London."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest_choice")
    hour = models.PositiveSmallIntegerField(default=FIRST_HOUR)
    zone = models.CharField(max_length=40, choices=ZONES, default=ZONE)
    paused_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__range=(0, 23)), name="a_digest_has_an_hour_of_the_day"),
            models.CheckConstraint(condition=Q(zone__in=[zone for zone, _ in ZONES]), name="a_digest_has_a_known_zone"),
        ]

    def __str__(self) -> str:
        return f"{self.hour:02}:00, {self.get_zone_display()}"

    def day(self, moment: datetime) -> date:
        """The person's own calendar day at an aware `moment`."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def has_come(self, now: datetime) -> bool:
        """Whether the hour of this day has come, and no pause lasts; a day without the hour has it an hour later."""
        here = now.astimezone(ZoneInfo(self.zone))
        return here.hour >= self.hour and (self.paused_until is None or here.date() >= self.paused_until)
