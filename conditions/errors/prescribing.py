"""Refusals met when describing medicines and what was decided about them."""

from alsinfo.refusals import Refusal


class SameStatus(Refusal):
    """The library says this already."""

    code = "same-status"
    sentence = "The library says this already. Record what changed."


class BadStatus(Refusal):
    """What is recorded of a medicine cannot be true."""

    code = "bad-status"
    status = 400
    sentence = "This cannot be recorded of a medicine."
