"""Organisations that help people, and the entries readers see of them.

The rows an editor changes are the desk; an `Entry` freezes them, and readers see only
an entry that a second person approved.
"""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    SUPPORT = "support", "Support organisation"
    GOVERNMENT = "government", "Government body"
    GUIDELINE = "guideline", "Guideline body"
    CAMPAIGN = "campaign", "Campaign"
    RESEARCH = "research", "Research body"
    PROFESSIONAL = "professional", "Professional body"


class ContactKind(models.TextChoices):
    """A way to reach an organisation."""

    TELEPHONE = "telephone", "Telephone"
    TEXT = "text", "Text message"
    TEXT_RELAY = "text-relay", "Text relay"
    EMAIL = "email", "E-mail"
    CHAT = "chat", "Online chat"
    FORM = "form", "Web form"
    WEBSITE = "website", "Website"
    ADDRESS = "address", "Postal address"


class Organisation(models.Model):
    """A body that helps people: the desk rows of its entry."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    former_names = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    what_it_does = models.TextField(max_length=1000)
    parent_note = models.CharField("parent", max_length=200, blank=True, help_text="For example “a campaign of …”.")
    entry = models.ForeignKey(
        "Entry", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="shown_by"
    )
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Coverage(models.Model):
    """A region, nation or state an organisation covers, as an ISO 3166 code."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="coverage")
    code = models.CharField(max_length=6)

    class Meta:
        ordering = ("code",)
        verbose_name_plural = "coverage"
        constraints = (
            models.UniqueConstraint(fields=["organisation", "code"], name="one_coverage_row_per_area"),
            models.CheckConstraint(
                condition=Q(code__in=["GB", "US"]) | Q(code__startswith="GB-") | Q(code__startswith="US-"),
                name="coverage_lies_in_a_region",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Contact(models.Model):
    """One way to reach an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=20, choices=ContactKind)
    value = models.CharField(max_length=300)
    label = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"


class CharityRegistration(models.Model):
    """An organisation's number in a public register."""

    class Register(models.TextChoices):
        ENGLAND_AND_WALES = "CCEW", "Charity Commission for England and Wales"
        SCOTLAND = "OSCR", "Scottish Charity Regulator"
        NORTHERN_IRELAND = "CCNI", "Charity Commission for Northern Ireland"
        IRS = "EIN", "IRS employer identification number"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="registrations")
    register = models.CharField(max_length=10, choices=Register)
    number = models.CharField(max_length=20)

    class Meta:
        ordering = ("register", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "register", "number"], name="one_row_per_charity_registration"
            ),
        )

    def __str__(self) -> str:
        return f"{self.register} {self.number}"


class Entry(models.Model):
    """What one person proposed that readers see of an organisation, frozen; shown once another approved it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    body = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    details_checked_on = models.DateField(null=True)

    class Meta:
        ordering = ("-number",)
        verbose_name_plural = "entries"
        constraints = (
            models.UniqueConstraint(fields=["organisation", "number"], name="one_entry_per_number"),
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="nobody_approves_their_own_entry"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="an_approved_entry_says_who_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} entry {self.number}"

    @property
    def content(self) -> dict[str, Any]:
        """The entry as data: name, kind, what, coverage, contacts, registrations, parent."""
        data: dict[str, Any] = json.loads(self.body)
        return data
