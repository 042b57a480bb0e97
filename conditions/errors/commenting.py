"""Refusals met when remarking on a text, and when editors answer."""

from alsinfo.refusals import Refusal


class NotYourRemark(Refusal):
    """Only who made a remark finds it settled or takes it up again."""

    code = "not-your-remark"
    status = 403
    sentence = "Only the person who made this remark can say whether it is settled."


class UnusableRemark(Refusal):
    """A remark or a reply is empty, too long, or cannot be stored."""

    code = "unusable-remark"
    status = 400
    sentence = "Say something: the remark is empty."


class RemarkSettled(Refusal):
    """The remark needs nothing more."""

    code = "remark-settled"
    sentence = "Who made this remark has found it settled already."


class MustStands(Refusal):
    """A remark that must be met is still open, so its author cannot sign."""

    code = "must-stands"
    sentence = (
        "A remark of yours that must be met is not settled, so this text cannot be signed. "
        "Say that it is settled, or ask for changes."
    )


class QuoteGone(Refusal):
    """The words that a suggestion would replace are not in the text any more, or stand there twice."""

    code = "quote-gone"
    sentence = (
        "The words that the suggestion replaces do not stand in the section exactly once any more. "
        "Copy the suggestion into the text by hand."
    )
