"""Refusals met when somebody leaves."""

from alsinfo.refusals import Refusal


class NoSuccessor(Refusal):
    """Articles would be left without an owner."""

    code = "no-successor"
    status = 400
    sentence = "This person owns articles: choose an editor or a publisher who takes them over."
