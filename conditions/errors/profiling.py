"""Refusals met when a reviewer describes themselves, and when a clinical lead approves it."""

from alsinfo.refusals import Refusal


class NotYourProfile(Refusal):
    """Reviewers describe themselves, and nobody else does."""

    code = "not-your-profile"
    status = 403
    sentence = "Only the reviewer can change what their page says."


class OwnProfile(Refusal):
    """Nobody approves what is said of themselves."""

    code = "own-profile"
    status = 403
    sentence = "This is your own profile, so another clinical lead has to approve it."


class UnusableProfile(Refusal):
    """Something in a profile is missing, too long, or cannot be shown."""

    code = "unusable-profile"
    status = 400
    sentence = "Something in this profile cannot be shown to readers."
