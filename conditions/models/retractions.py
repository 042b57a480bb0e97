"""Retractions: what was published about works we cite, when lists of it were read, and what leads answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.content.citations import numbering
from conditions.content.retractions import Event, Standing, identifiers, identifiers_of, notice_address, standing
from conditions.content.works import Work
from conditions.models.articles import RegionalArticle
from conditions.models.publications import Publication
from conditions.vocabulary import RetractionNature, RetractionSource


class RetractionList(models.Model):
    """A list of retractions that was read to its end: from where, as of which day, and how much of it was ours."""

    source = models.CharField(max_length=20, choices=RetractionSource)
    as_of = models.DateField()
    rows = models.PositiveIntegerField(help_text="How many there were.")
    ours = models.PositiveIntegerField(help_text="How many are about works of ours.")
    unread = models.PositiveIntegerField(help_text="How many could not be read.")
    taken_in_at = models.DateTimeField()

    class Meta:
        ordering = ("-as_of", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(source__in=RetractionSource.values), name="retraction_source_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_source_display()} as of {self.as_of:%-d %B %Y}"


class RetractionEvent(models.Model):
    """Something that was published about a work: a retraction, a concern, a correction, a reinstatement.

    The work is named by DOI (in small letters) or PMID, since a page that cites it copied its description. Of one
    entry of a list the newest row counts.
    """

    source = models.CharField(max_length=20, choices=RetractionSource)
    entry = models.CharField(max_length=200, help_text="What names it in the list it comes from.")
    doi = models.CharField("DOI", max_length=200, blank=True, db_index=True)
    pmid = models.CharField("PMID", max_length=8, blank=True, db_index=True)
    title = models.CharField(max_length=500, help_text="The work's.")
    nature = models.CharField(max_length=20, choices=RetractionNature)
    happened_on = models.DateField("published on")
    notice_doi = models.CharField("DOI of the notice", max_length=200, blank=True)
    notice_pmid = models.CharField("PMID of the notice", max_length=8, blank=True)
    reasons = models.TextField(blank=True)
    found_in = models.ForeignKey(RetractionList, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering = ("-happened_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["source", "entry", "doi", "pmid", "nature", "happened_on", "notice_doi", "notice_pmid"],
                name="one_row_per_retraction_event",
            ),
            models.CheckConstraint(condition=Q(nature__in=RetractionNature.values), name="retraction_nature_is_known"),
            models.CheckConstraint(condition=~Q(doi="", pmid=""), name="a_retraction_event_names_its_work"),
        )

    def __str__(self) -> str:
        return f"{self.get_nature_display()} of {self.happened_on:%-d %B %Y}: {self.title}"

    @property
    def identifiers(self) -> frozenset[str]:
        """What its work is looked up by."""
        return identifiers(self.doi, self.pmid)

    @property
    def notice(self) -> str:
        """Where the notice can be read, or nothing."""
        return notice_address(self.notice_doi, self.notice_pmid)

    def as_event(self) -> Event:
        """What counts for the standing of its work."""
        return Event(self.pk, f"{self.source} {self.entry}", self.nature, self.happened_on, self.notice)


class LookedUp(models.Model):
    """A DOI or PMID that was looked for in a list of retractions, and the day of the newest such list."""

    identifier = models.CharField(primary_key=True, max_length=210)
    as_of = models.DateField()

    def __str__(self) -> str:
        return self.identifier


class SourcesShown(models.Model):
    """What the stored page of a publication says of its sources as of which day; `wanted_at`: to be rendered again."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="sources_shown")
    as_of = models.DateField(null=True)
    wanted_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.publication}, sources as of {self.as_of}"


class CitedRetraction(models.Model):
    """A publication cites a retracted work; found whenever its page is rendered."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="cited_retractions")
    event = models.ForeignKey(RetractionEvent, on_delete=models.PROTECT, related_name="citations")
    key = models.CharField(max_length=60)

    class Meta:
        ordering = ("event", "publication")
        constraints = (models.UniqueConstraint(fields=["publication", "key"], name="one_retraction_per_citation"),)

    def __str__(self) -> str:
        return f"{self.publication} [@{self.key}]"


class RetractionAnswer(models.Model):
    """A clinical lead's reason why a page may go on citing a retracted work."""

    event = models.ForeignKey(RetractionEvent, on_delete=models.PROTECT, related_name="answers")
    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="retraction_answers")
    reason = models.TextField(max_length=500)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("-answered_at",)
        constraints = (
            models.UniqueConstraint(fields=["event", "regional_article"], name="one_answer_per_retraction_and_page"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_answer_gives_its_reason"),
        )

    def __str__(self) -> str:
        return f"{self.regional_article}: {self.reason}"


def events_on(wanted: Collection[str]) -> dict[str, list[Event]]:
    """Everything that was published about the works with these identifiers, by identifier."""
    numbers = [identifier.partition(":") for identifier in wanted]
    dois = [number for kind, _, number in numbers if kind == "doi"]
    pmids = [number for kind, _, number in numbers if kind == "pmid"]
    found: dict[str, list[Event]] = defaultdict(list)
    for row in RetractionEvent.objects.filter(Q(doi__in=dois) | Q(pmid__in=pmids)):
        for identifier in row.identifiers:
            found[identifier].append(row.as_event())
    return found


def standings(works: Mapping[str, Work]) -> dict[str, Standing]:
    """What can be said of each work, by the key it comes under; two queries for any number of works."""
    wanted = {key: identifiers_of(work) for key, work in works.items()}
    every = frozenset().union(*wanted.values())
    events = events_on(every)
    days = dict(LookedUp.objects.filter(pk__in=every).values_list("pk", "as_of"))
    return {key: standing_by(own, events, days) for key, own in wanted.items()}


def standing_by(own: Iterable[str], events: Mapping[str, Iterable[Event]], days: Mapping[str, date]) -> Standing:
    """What can be said of the work with these identifiers, by events and days that were read before."""
    on_it = {event for identifier in own for event in events.get(identifier, ())}
    return standing(on_it, max((days[identifier] for identifier in own if identifier in days), default=None))


def works_of(content: Mapping[str, Any]) -> dict[str, Work]:
    """The works that the list of references of a content shows, by the keys it cites them under."""
    described = {citation["key"]: citation["description"] for citation in content["citations"]}
    return {key: described[key] for key in numbering(content)}
