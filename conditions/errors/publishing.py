"""Refusals met when publishing."""

from alsinfo.refusals import Refusal


class NotSigned(Refusal):
    """No signature was made for this text on this way through review."""

    code = "not-signed"
    sentence = "Nobody has signed this text for this region. It cannot be published."


class SignatureRevoked(Refusal):
    """A signature it rests on has been withdrawn."""

    code = "signature-revoked"
    sentence = "A signature this text rests on has been withdrawn. It needs a fresh review."


class BaseMoved(Refusal):
    """The live text is no longer the one the changes were signed against."""

    code = "base-moved"
    sentence = (
        "Only the changes were signed, and the live text they were compared with has changed. Ask for a new review."
    )


class OwnEdition(Refusal):
    """Nobody publishes an edition they contributed to."""

    code = "own-edition"
    status = 403
    sentence = "You contributed to this edition, so somebody else has to publish it."


class PageWithdrawn(Refusal):
    """The page is withdrawn or redirected."""

    code = "page-withdrawn"
    sentence = "This page is withdrawn or leads elsewhere. Reinstate it first."


class SignedBeforeSuspension(Refusal):
    """The page is suspended and nobody has signed since."""

    code = "signed-before-suspension"
    sentence = "This page is suspended, and the text was signed before that. It needs a signature made since."


class NoAddress(Refusal):
    """The page has no address in the region."""

    code = "no-address"
    sentence = "This page has no address in the region yet. Give it one first."


class RecordAltered(Refusal):
    """The text, a signature or its seal is not as it was written."""

    code = "record-altered"
    sentence = (
        "What was signed here has been altered in the database, so nothing was published. "
        "Somebody who runs this site must run `manage.py verify_record`."
    )
    status = 503
