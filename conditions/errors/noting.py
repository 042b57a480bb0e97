"""Refusals met when editors talk."""

from alsinfo.refusals import Refusal


class CannotMention(Refusal):
    """A mention leads to the text, so whoever may not read it is not mentioned."""

    code = "cannot-mention"
    status = 400
    sentence = "Somebody you mention cannot read editions."


class NoteResolved(Refusal):
    """A thread that is resolved is opened again before anything is added to it."""

    code = "note-resolved"
    sentence = "This note is resolved. Open it again to say more."


class NoteOpen(Refusal):
    """It need not be opened again."""

    code = "note-open"
    sentence = "This note is open already."
