"""Refusals met when signing."""

from alsinfo.refusals import Refusal


class TextMoved(Refusal):
    """The text signed is not the text assigned."""

    code = "text-moved"
    sentence = "The text changed while you were reading. Nothing was signed. Look at the new text, then decide."


class OwnWork(Refusal):
    """Nobody signs text of an article they ever contributed to."""

    code = "own-work"
    status = 403
    sentence = "You contributed to this article, so you cannot sign it. Somebody else has to review it."


class NotCredentialed(Refusal):
    """No valid credential for the region on the day of signing."""

    code = "not-credentialed"
    status = 403
    sentence = "No registration of yours that is valid for this region today has been checked. Ask a clinical lead."


class NotDeclared(Refusal):
    """The declaration is not settled or was not confirmed at signing."""

    code = "not-declared"
    status = 400
    sentence = "Tick that your declaration of interests is still true."


class NoBase(Refusal):
    """Changes only needs an in-date whole-page signature beneath it and the live text as its base."""

    code = "no-base"
    sentence = (
        "“Changes only” needs a live text with a whole-page signature that is in date. Sign the whole page instead."
    )


class NotTheSigner(Refusal):
    """Only the signer or a clinical lead withdraws a signature."""

    code = "not-the-signer"
    status = 403
    sentence = "Only the person who signed, or a clinical lead, can withdraw this signature."


class AlreadyRevoked(Refusal):
    """The signature was withdrawn before."""

    code = "already-revoked"
    sentence = "This signature has been withdrawn already."
