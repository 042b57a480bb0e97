"""Refusals met when pages are taken down for good, led elsewhere, and brought back."""

from alsinfo.refusals import Refusal


class AlreadyProposed(Refusal):
    """A proposal waits for a second person."""

    code = "already-proposed"
    sentence = "This was proposed already, and waits for a second person."


class NothingProposed(Refusal):
    """Nobody proposed it."""

    code = "nothing-proposed"
    sentence = "Nobody has proposed this."


class OwnProposal(Refusal):
    """Nobody agrees to what they proposed."""

    code = "own-proposal"
    status = 403
    sentence = "You proposed this, so another person has to agree."


class OtherRoleNeeded(Refusal):
    """A publisher and a clinical lead decide together."""

    code = "other-role-needed"
    status = 403
    sentence = "A publisher and a clinical lead decide this together: somebody with the other role has to agree."


class BadTarget(Refusal):
    """Readers cannot be led there."""

    code = "bad-target"
    status = 400
    sentence = "Choose another page that is live in the same region."


class NotRetired(Refusal):
    """The page is neither withdrawn nor redirected."""

    code = "not-withdrawn"
    sentence = "This page is neither withdrawn nor does it lead elsewhere."


class SignedBeforeReinstatement(Refusal):
    """The page may come back, but nobody has signed since that was decided."""

    code = "signed-before-reinstatement"
    sentence = "This page may come back with a text signed since that was decided; this one was signed before."
