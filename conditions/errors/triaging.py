"""Refusals met when readers tell us something, and when editors see to it."""

from alsinfo.refusals import Refusal


class UnusableFeedback(Refusal):
    """What a reader sent says nothing, or cannot be what the form offered."""

    code = "unusable-feedback"
    status = 400
    sentence = "Write what is wrong, or what you would like to tell us."


class FeedbackSettled(Refusal):
    """Closed feedback is opened again first; what is only counted waits for nobody."""

    code = "feedback-settled"
    sentence = "Nothing is to be done about this feedback any more. Open it again first."


class FeedbackWaits(Refusal):
    """Feedback that waits cannot be opened again, or put back."""

    code = "feedback-waits"
    sentence = "This feedback waits for somebody already."


class NotFixedThere(Refusal):
    """An edition of another article, or none that was changed, cannot have put it right."""

    code = "not-fixed-there"
    status = 400
    sentence = "Choose an edition of this article, and only where the text was changed."


class NoHarmToConfirm(Refusal):
    """Only what is on a page can bring the page's review date to today, and once is enough."""

    code = "no-harm-to-confirm"
    sentence = "This is confirmed already, or it is about no page."


class BlankedAlready(Refusal):
    """Nothing is left to blank."""

    code = "blanked-already"
    sentence = "The reader’s words are blanked already."
