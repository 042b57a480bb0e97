"""Refusals met when a text is taken up again."""

from alsinfo.refusals import Refusal


class NotItsText(Refusal):
    """The text belongs to another page."""

    code = "not-its-text"
    sentence = "This text belongs to another page. Choose one of this article’s own."


class NothingToCopy(Refusal):
    """The article has no text."""

    code = "nothing-to-copy"
    sentence = "Nothing was written in this article yet, so there is nothing to copy."
