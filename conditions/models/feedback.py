"""What readers say of a page or of the site, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conditions.models.editions import Edition
from conditions.models.publications import Publication
from conditions.vocabulary.feedback import WAITING_FEEDBACK, FeedbackAbout, FeedbackOutcome, FeedbackState
from organisations.regions import Region

LONGEST = 2_000
ONLY_COUNTED = (FeedbackAbout.HELPFUL, FeedbackAbout.NOT_HELPFUL)


def _all_or_none(*names: str) -> Q:
    return Q(**{f"{name}__isnull": True for name in names}) | Q(**{f"{name}__isnull": False for name in names})


class Feedback(models.Model):
    """A reader's words, private to the staff; nothing in it says who the reader is.

    `publication` is what they read, none for the site as a whole; `section` is its key there, `heading` its heading,
    both "" for the whole page. The words are only ever blanked, never changed.
    """

    region = models.CharField(max_length=2, choices=Region)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, null=True, related_name="feedback")
    section = models.CharField(max_length=80, blank=True)
    heading = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=20, choices=FeedbackAbout)
    words = models.TextField(max_length=LONGEST, blank=True)
    could_harm = models.BooleanField("could harm somebody", default=False)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=FeedbackState, default=FeedbackState.NEW)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="in the hands of"
    )
    note = models.TextField(max_length=LONGEST, blank=True)
    outcome = models.CharField(max_length=10, choices=FeedbackOutcome, blank=True)
    fixed_in = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="feedback")
    closed_at = models.DateTimeField(null=True)
    harm_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    harm_confirmed_at = models.DateTimeField(null=True)
    blanked_at = models.DateTimeField(null=True)
    lock_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-received_at", "-pk")
        verbose_name_plural = "feedback"
        constraints = (
            models.CheckConstraint(condition=Q(region__in=Region.values), name="feedback_region_is_known"),
            models.CheckConstraint(condition=Q(about__in=FeedbackAbout.values), name="feedback_about_is_known"),
            models.CheckConstraint(condition=Q(state__in=FeedbackState.values), name="feedback_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="closed", outcome__in=FeedbackOutcome.values, closed_at__isnull=False)
                | (~Q(state="closed") & Q(outcome="", closed_at__isnull=True)),
                name="closed_feedback_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="closed")
                | Q(state="in_hand", taken_by__isnull=False)
                | Q(state__in=["new", "counted"], taken_by__isnull=True),
                name="feedback_in_hand_is_in_somebodys_hands",
            ),
            models.CheckConstraint(
                condition=~Q(state="counted") | Q(about__in=ONLY_COUNTED, words="", could_harm=False, note=""),
                name="only_feedback_without_words_is_only_counted",
            ),
            models.CheckConstraint(
                condition=Q(state="counted") | Q(could_harm=True) | ~Q(words="") | Q(blanked_at__isnull=False),
                name="feedback_that_waits_says_something",
            ),
            models.CheckConstraint(
                condition=Q(fixed_in__isnull=True) | Q(outcome="changed"), name="only_a_change_names_its_edition"
            ),
            models.CheckConstraint(
                condition=Q(section="") | Q(publication__isnull=False), name="a_section_is_on_a_page"
            ),
            models.CheckConstraint(
                condition=_all_or_none("harm_confirmed_by", "harm_confirmed_at"),
                name="a_confirmed_harm_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(harm_confirmed_at__isnull=True)
                | (Q(publication__isnull=False) & ~Q(state__in=["new", "counted"])),
                name="a_confirmed_harm_is_on_a_page_and_in_hand",
            ),
            models.CheckConstraint(
                condition=Q(blanked_at__isnull=True) | Q(words="", note=""), name="blanked_feedback_keeps_no_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.place}"

    @property
    def place(self) -> str:
        """The page and section it is on, in words."""
        if self.publication is None:
            return f"the {Region(self.region).label} site"
        page = str(self.publication.regional_article)
        return f"{page}, {self.heading}" if self.heading else page

    @property
    def waits(self) -> bool:
        """Whether something is still to be done."""
        return self.state in WAITING_FEEDBACK
