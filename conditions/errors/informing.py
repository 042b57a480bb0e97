"""Refusals met when describing the site itself."""

from alsinfo.refusals import Refusal


class UnusablePage(Refusal):
    """A page about the site that cannot be shown as it is written, or that speaks of health."""

    code = "unusable-page"
    status = 400
    sentence = "Readers would not see this page as it is written."


class NotAffirmed(Refusal):
    """Whoever approves says that they read it with this in mind."""

    code = "not-affirmed"
    status = 400
    sentence = "Say that you read the page and that it gives no advice on health."


class OwnPage(Refusal):
    """Nobody approves what they proposed."""

    code = "own-page"
    status = 403
    sentence = "You proposed this page, so a second person has to approve it."
