"""Refusals met when a request for changes is overruled, and when the dissent is published."""

from alsinfo.refusals import Refusal


class NoOtherSignature(Refusal):
    """An overruled text rests on the signature of another reviewer."""

    code = "no-other-signature"
    sentence = "No signature of another reviewer stands on this text, so the request for changes cannot be overruled."


class OwnReview(Refusal):
    """Nobody overrules on a text they reviewed or wrote."""

    code = "own-review"
    status = 403
    sentence = "You reviewed or wrote this text, so another clinical lead has to decide."


class NoteProposed(Refusal):
    """The note waits for its author, or was published."""

    code = "note-proposed"
    sentence = "This was proposed already. The note appears once its author has agreed."


class NoteNotProposed(Refusal):
    """Nobody asked the author of a dissent."""

    code = "note-not-proposed"
    sentence = "Nobody has proposed to publish what you wrote."


class NotYourDissent(Refusal):
    """Only who wrote a dissent agrees to its being published, and nobody proposes to publish their own."""

    code = "not-your-dissent"
    status = 403
    sentence = "One person proposes to publish a dissent, and its author agrees: this is not for you to do."
