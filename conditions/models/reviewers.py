"""Reviewers, their registrations, and the checks of these."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from conditions.vocabulary import CheckResult, Register
from organisations.regions import Region


class Reviewer(models.Model):
    """A clinician who may sign, once a registration of theirs has been checked."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviewer")
    slug = models.SlugField(max_length=100, unique=True)
    printed_name = models.CharField(max_length=150, help_text="As it is printed with a signature.")
    post_nominals = models.CharField(max_length=100, blank=True)
    role_title = models.CharField(max_length=150, help_text="For example “Consultant neurologist”.")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("printed_name",)

    def __str__(self) -> str:
        return self.printed_name

    def credential(self, region: Region, day: date) -> "CredentialCheck | None":
        """The check that lets this reviewer sign for a region on a day, or None."""
        latest = CredentialCheck.objects.filter(registration=models.OuterRef("registration")).order_by("-pk")
        return (
            CredentialCheck.objects.filter(registration__reviewer=self, registration__region=region)
            .filter(pk=models.Subquery(latest.values("pk")[:1]))
            .filter(result=CheckResult.LICENSED, checked_on__lte=day, valid_until__gte=day)
            .select_related("registration")
            .first()
        )


class Registration(models.Model):
    """A reviewer's entry in a public register of clinicians."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="registrations")
    register = models.CharField(max_length=5, choices=Register)
    number = models.CharField(max_length=20)
    region = models.CharField(max_length=2, choices=Region, editable=False)
    licence_state = models.CharField(max_length=2, blank=True, help_text="US: the state of the licence.")
    licence_number = models.CharField(max_length=30, blank=True, help_text="US: the state licence’s number.")

    class Meta:
        ordering = ("register", "number")
        constraints = (
            models.UniqueConstraint(fields=["register", "number"], name="a_registration_belongs_to_one_reviewer"),
            models.CheckConstraint(
                condition=Q(register="NPI", region="US") | (~Q(register="NPI") & Q(region="GB")),
                name="the_region_follows_from_the_register",
            ),
            models.CheckConstraint(
                condition=~Q(register="NPI") | (~Q(licence_state="") & ~Q(licence_number="")),
                name="an_npi_comes_with_a_state_licence",
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store with the region that follows from the register."""
        self.region = Region.US if self.register == Register.NPI else Region.GB
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        licence = f", {self.licence_state} licence {self.licence_number}" if self.licence_state else ""
        return f"{self.register} {self.number}{licence}"


class CredentialCheck(models.Model):
    """A lead looked at a register: when, with what result, valid until."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="checks")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()
    result = models.CharField(max_length=12, choices=CheckResult)
    valid_until = models.DateField()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(result__in=CheckResult.values), name="check_result_is_known"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("checked_on")), name="a_check_is_not_over_before_it_was_made"
            ),
        )

    def __str__(self) -> str:
        return f"{self.registration}: {self.get_result_display()} on {self.checked_on}"
