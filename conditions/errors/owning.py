"""Refusals met when an article changes hands, or goes into the archive."""

from alsinfo.refusals import Refusal


class NotAnEditor(Refusal):
    """Articles are owned by editors."""

    code = "not-an-editor"
    sentence = "An article is owned by an editor whose account is open. Choose somebody else."


class AlreadyOwner(Refusal):
    """The person owns the article already."""

    code = "already-owner"
    sentence = "This person owns the article already."


class Archived(Refusal):
    """The article is in the archive."""

    code = "archived"
    sentence = "This article is archived. Take it out of the archive first."


class NotArchived(Refusal):
    """The article is not in the archive."""

    code = "not-archived"
    sentence = "This article is not archived."


class StillNeeded(Refusal):
    """Somebody writes or reads the article."""

    code = "still-needed"
    sentence = "An article is archived once no edition of it is open and no page of it is public."
