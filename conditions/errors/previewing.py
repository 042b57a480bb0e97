"""Refusals met when a draft is shown to others by a link."""

from alsinfo.refusals import Refusal


class UnusableDays(Refusal):
    """A link that never ends would outlive the reason for it."""

    code = "unusable-days"
    status = 400
    sentence = "A preview link works for 1 to 30 days."


class PreviewOver(Refusal):
    """There is nothing to revoke."""

    code = "preview-over"
    sentence = "This preview link works no longer: it was revoked already, or the edition is closed."
