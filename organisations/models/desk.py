"""What editors change: an organisation and the rows that describe it."""

import uuid

from django.db import models
from django.db.models import F, Q

from organisations.models.logos import Logo
from organisations.vocabulary import (
    CharityRegister,
    ContactKind,
    Cost,
    LogoLicence,
    OrganisationKind,
    ServiceKind,
    Standing,
    TimeZone,
)


class Organisation(models.Model):
    """A body that helps people: the desk rows of its entry."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    former_names = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    what_it_does = models.TextField(max_length=1000)
    whom_it_serves = models.CharField(
        max_length=300, blank=True, help_text="For example “people with any form of motor neurone disease”."
    )
    parent_note = models.CharField("parent", max_length=200, blank=True, help_text="For example “a campaign of …”.")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.ACTIVE)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who goes on with its work.",
    )
    entry = models.ForeignKey(
        "Entry", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="shown_by"
    )
    details_check = models.ForeignKey(
        "DetailsCheck", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    logo = models.ForeignKey(Logo, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    logo_licence = models.CharField(max_length=20, choices=LogoLicence, blank=True, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(standing=Standing.MERGED) | Q(successor__isnull=False),
                name="a_merged_organisation_has_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[Standing.CLOSED, Standing.MERGED]) | Q(successor__isnull=True),
                name="an_active_organisation_has_no_successor",
            ),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="nobody_succeeds_themselves"),
            models.CheckConstraint(
                condition=Q(logo__isnull=True, logo_licence="")
                | Q(logo__isnull=False, logo_licence__in=LogoLicence.values),
                name="a_logo_is_shown_under_a_licence",
            ),
        )

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


class Service(models.Model):
    """A kind of help that an organisation gives."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(max_length=20, choices=ServiceKind)

    class Meta:
        ordering = ("kind",)
        constraints = (
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_row_per_service"),
            models.CheckConstraint(condition=Q(kind__in=ServiceKind.values), name="a_service_is_one_of_ours"),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Contact(models.Model):
    """One way to reach an organisation, when, in which languages, at what cost, for whom."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=20, choices=ContactKind)
    value = models.CharField(
        max_length=300,
        help_text="A number with its country, like +44 808 802 6262, or a short code; an e-mail or web address.",
    )
    label = models.CharField(max_length=100, blank=True, help_text="What it is called, like “MND Connect”.")
    hours = models.CharField(max_length=120, blank=True, help_text="For example “Monday to Friday, 9am to 5pm”.")
    time_zone = models.CharField("hours are in", max_length=30, choices=TimeZone, blank=True)
    languages = models.CharField(max_length=120, blank=True, help_text="For example “English and Welsh”.")
    cost = models.CharField(max_length=10, choices=Cost, blank=True)
    youngest = models.PositiveSmallIntegerField("from age", null=True, blank=True)
    oldest = models.PositiveSmallIntegerField("to age", null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(hours="") | ~Q(time_zone=""), name="hours_are_in_a_time_zone"),
            models.CheckConstraint(
                condition=Q(youngest__isnull=True) | Q(oldest__isnull=True) | Q(youngest__lte=F("oldest")),
                name="ages_go_from_young_to_old",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"


class CharityRegistration(models.Model):
    """An organisation's number in a public register."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="registrations")
    register = models.CharField(max_length=10, choices=CharityRegister)
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
