"""Conditions: diseases, with the names they are found by and their codes."""

from django.db import models
from django.db.models import Q

from conditions.vocabulary import CodeSystem, NameKind
from organisations.regions import Region


class Condition(models.Model):
    """A disease."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ConditionName(models.Model):
    """A name a condition is found by, in all regions or one."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=NameKind)
    region = models.CharField(max_length=2, choices=Region, blank=True, help_text="Empty: in all regions.")

    class Meta:
        ordering = ("text",)
        constraints = (
            models.UniqueConstraint(fields=["condition", "text", "region"], name="one_row_per_name_and_region"),
            models.CheckConstraint(condition=~Q(text=""), name="a_name_is_not_empty"),
        )

    def __str__(self) -> str:
        return self.text


class ConditionCode(models.Model):
    """A condition's code in a classification."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="codes")
    system = models.CharField(max_length=20, choices=CodeSystem)
    code = models.CharField(max_length=30)

    class Meta:
        ordering = ("system", "code")
        constraints = (models.UniqueConstraint(fields=["condition", "system", "code"], name="one_row_per_code"),)

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code}"
