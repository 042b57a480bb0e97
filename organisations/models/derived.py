"""What follows from the record, kept so that it is found quickly."""

from django.db import models

from organisations.models.desk import Organisation
from organisations.models.logos import Logo
from organisations.models.record import Entry
from organisations.regions import Region
from organisations.vocabulary import CheckedBy


class Shown(models.Model):
    """What readers see of an organisation now, ready to be found; written by `showing.show` and nothing else.

    `areas` and `services` hold codes between commas (“,GB-SCT,GB-WLS,”), `order` is what the name is sorted by,
    `card` the approved entry as JSON without its hidden contacts.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="shown")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    order = models.CharField(max_length=200)
    names = models.TextField()
    areas = models.TextField()
    services = models.TextField()
    answers_without_a_voice = models.BooleanField()
    is_active = models.BooleanField()
    card = models.TextField()
    logo = models.ForeignKey(Logo, on_delete=models.PROTECT, null=True, related_name="shown_by")
    checked_on = models.DateField(null=True)
    checked_how = models.CharField(max_length=10, choices=CheckedBy, blank=True)

    class Meta:
        verbose_name_plural = "shown"
        ordering = ("order",)
        indexes = (
            models.Index(
                fields=["is_active", "areas", "services", "answers_without_a_voice", "order"], name="shown_to_be_found"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Mention(models.Model):
    """A live page about a condition lists the organisation; written by `mentioning` and nothing else.

    `page` is the number the page is known by to those who make it, `path` its address, `title` as it was signed.
    `is_public` is false while it is taken down, `is_stale` true while it shows an older entry. `until` is the last day
    on which readers get the page if nobody looks after it; None where they go on getting it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mentions")
    page = models.PositiveBigIntegerField(db_index=True)
    region = models.CharField(max_length=2, choices=Region)
    path = models.CharField(max_length=200)
    condition = models.SlugField(max_length=100)
    title = models.CharField(max_length=300)
    is_public = models.BooleanField()
    until = models.DateField(null=True)
    is_stale = models.BooleanField(default=False, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "page"], name="one_mention_per_page"),)

    def __str__(self) -> str:
        return f"{self.title} lists {self.organisation}"
