"""Publications: signed revisions made live, and the bytes readers get."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.articles import RegionalArticle
from conditions.models.assignments import ReviewAssignment
from conditions.models.editions import RegionalEdition
from conditions.models.revisions import Revision
from conditions.models.signatures import SignOff
from conditions.vocabulary import Notice


class Publication(models.Model):
    """A signed revision made live for one region; ends when superseded or withdrawn."""

    regional_article = models.ForeignKey(RegionalArticle, on_delete=models.PROTECT, related_name="publications")
    sequence = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="publications")
    regional_edition = models.OneToOneField(
        RegionalEdition, on_delete=models.PROTECT, null=True, related_name="publication"
    )
    assignment = models.OneToOneField(ReviewAssignment, on_delete=models.PROTECT, null=True, related_name="publication")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    published_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    known_signatures: list[SignOff] | None = None

    class Meta:
        ordering = ("regional_article", "-sequence")
        constraints = (
            models.UniqueConstraint(fields=["regional_article", "sequence"], name="one_publication_per_sequence"),
            models.UniqueConstraint(
                fields=["regional_article"],
                condition=Q(ended_at__isnull=True),
                name="one_live_publication_per_regional_article",
            ),
            models.CheckConstraint(
                condition=Q(regional_edition__isnull=False, assignment__isnull=True)
                | Q(regional_edition__isnull=True, assignment__isnull=False),
                name="published_from_an_edition_or_a_reconfirmation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.regional_article} v{self.sequence}"

    def signatures(self) -> models.QuerySet[SignOff]:
        """The signatures this publication was made with."""
        own = SignOff.objects.filter(self._is_own())
        return own.select_related("reviewer", "regional_article").order_by("signed_at")

    def signed(self) -> list[SignOff]:
        """The same as a list, without asking again where `read_signatures` did."""
        if self.known_signatures is None:
            return list(self.signatures())
        kind = "regional_edition_id" if self.regional_edition_id else "assignment_id"
        return [each for each in self.known_signatures if getattr(each, kind) == getattr(self, kind)]

    def rests_on(self) -> list[SignOff]:
        """Its signatures and the whole-page signatures beneath them, oldest first, each with its revocation."""
        if self.known_signatures is None:
            return _with_those_beneath(self._is_own())
        own = self.signed()
        keys = {each.pk for each in own} | {each.stands_on_id for each in own}
        return [each for each in self.known_signatures if each.pk in keys]

    def _is_own(self) -> Q:
        if self.regional_edition_id:
            return Q(regional_edition=self.regional_edition_id)
        return Q(assignment=self.assignment_id)


def read_signatures(publications: Sequence[Publication]) -> None:
    """Read at once what all of them rest on, so that none asks for itself."""
    editions = [each.regional_edition_id for each in publications if each.regional_edition_id]
    assignments = [each.assignment_id for each in publications if each.assignment_id]
    found = _with_those_beneath(Q(regional_edition__in=editions) | Q(assignment__in=assignments))
    for publication in publications:
        publication.known_signatures = found


def _with_those_beneath(own: Q) -> list[SignOff]:
    beneath = SignOff.objects.filter(own, stands_on__isnull=False).values("stands_on")
    found = SignOff.objects.filter(own | Q(pk__in=beneath))
    return list(found.select_related("reviewer", "regional_article", "revocation").order_by("signed_at", "pk"))


class ChangeNote(models.Model):
    """One public sentence: what changed and why."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="change_note")
    text = models.CharField(max_length=300)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="a_change_note_says_something"),)

    def __str__(self) -> str:
        return self.text


class Correction(models.Model):
    """A change note that owns up: what readers were told wrongly, since which day, put right by the publication."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="correction")
    text = models.CharField(max_length=300)
    since = models.DateField()

    class Meta:
        ordering = ("-publication",)

    def __str__(self) -> str:
        return self.text


class RenderedPage(models.Model):
    """The bytes of a publication for one notice, sealed; made again when a fact it shows changes."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="pages")
    notice = models.CharField(max_length=10, choices=Notice)
    body = models.BinaryField()
    etag = models.CharField(max_length=64)
    seal = models.CharField(max_length=100)
    rendered_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["publication", "notice"], name="one_page_per_notice"),)

    def __str__(self) -> str:
        return f"{self.publication} ({self.notice})"
