"""Refusals met when describing conditions, references, reviewers and people's part in them."""

from alsinfo.refusals import Refusal


class MissingRole(Refusal):
    """The person does not hold a role that may do this."""

    code = "missing-role"
    status = 403
    sentence = "Your role does not allow this."


class Duplicate(Refusal):
    """Something of that name, address or number exists already."""

    code = "duplicate"
    sentence = "This exists already."


class OwnCredentials(Refusal):
    """Nobody checks their own credentials."""

    code = "own-credentials"
    status = 403
    sentence = "Nobody can check their own credentials. Another clinical lead has to look at the register."


class BadIdentifier(Refusal):
    """A number does not have the shape its register gives."""

    code = "bad-identifier"
    status = 400
    sentence = "This is not a number that the register gives."


class NoWork(Refusal):
    """What was typed or pasted names no published work."""

    code = "no-work"
    status = 400
    sentence = (
        "This is no DOI or PMID, and no reference in the form of RIS, BibTeX, PubMed (nbib) or CSL-JSON. "
        "Copy it once more, or describe the work in the library."
    )


class AlreadyMerged(Refusal):
    """The work was merged into another one."""

    code = "already-merged"
    sentence = "This work was merged into another one. Change that one."


class NotMerged(Refusal):
    """The work stands for itself."""

    code = "not-merged"
    sentence = "This work is not merged into another one."


class NotOneWork(Refusal):
    """What is to be merged is not one work, or is only one row."""

    code = "not-one-work"
    sentence = "These two are not the same work."
