"""Refusals met when people who live with a condition are asked to read a text."""

from alsinfo.refusals import Refusal


class NotYourReading(Refusal):
    """Somebody else was asked to read the text."""

    code = "not-your-reading"
    status = 403
    sentence = "Somebody else was asked to read this text."


class CannotRead(Refusal):
    """The person is no draft reader, or wrote parts of the article."""

    code = "cannot-read"
    sentence = "This person cannot be a reader of this text."
