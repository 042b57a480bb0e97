"""The controlled lists of what readers tell us."""

from django.db.models import TextChoices


class FeedbackAbout(TextChoices):
    """What a reader wants to say."""

    HELPFUL = "helpful", "This page helped me"
    NOT_HELPFUL = "not-helpful", "This page did not help, or something is missing"
    MISTAKE = "mistake", "Something is wrong, or does not work"
    OTHER = "other", "Something else"


class FeedbackState(TextChoices):
    """How far the editors have come with what a reader said; what says nothing in words is only counted."""

    COUNTED = "counted"
    NEW = "new"
    IN_HAND = "in_hand", "in hand"
    CLOSED = "closed"


class FeedbackOutcome(TextChoices):
    """What became of what a reader said."""

    CHANGED = "changed", "The text was changed"
    NO_CHANGE = "no-change", "No change needed"
    NOT_OURS = "not-ours", "Not about this site"
    SPAM = "spam", "Spam"


WAITING_FEEDBACK = (FeedbackState.NEW, FeedbackState.IN_HAND)
