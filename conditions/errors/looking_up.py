"""Refusals met when a work is looked up elsewhere; whatever was typed stays."""

from alsinfo.refusals import Refusal


class LookupRefused(Refusal):
    """A work could not be looked up."""

    code = "not-looked-up"
    sentence = "The work could not be looked up. Describe it by hand."


class NotLookedUpBy(LookupRefused):
    """What was typed is no identifier that works are looked up by."""

    code = "not-looked-up-by"
    status = 400
    sentence = "This is neither a DOI, which begins with 10., nor a PMID, which is a number of up to 8 digits."


class LookupOff(LookupRefused):
    """The site's settings name no such service."""

    code = "lookup-off"
    sentence = "Looking works up is switched off for this kind of number. Describe the work by hand."


class LookupTooSlow(LookupRefused):
    """The service did not finish its answer in time."""

    code = "lookup-too-slow"
    status = 504
    sentence = "The service took too long to answer. Try again later, or describe the work by hand."


class LookupUnreachable(LookupRefused):
    """The service could not be reached, or answered with an error of its own."""

    code = "lookup-unreachable"
    status = 502
    sentence = "The service cannot be reached just now. Try again later, or describe the work by hand."


class LookupBusy(LookupRefused):
    """The service was asked too often."""

    code = "lookup-busy"
    status = 503
    sentence = "The service has been asked too often. Wait a minute and try again."


class WorkNotFound(LookupRefused):
    """The service knows no such work."""

    code = "work-not-found"
    status = 404
    sentence = "No work with this number is known there. Look at the number again."


class LookupGarbled(LookupRefused):
    """The answer is not what the service is known to send, or describes another work."""

    code = "lookup-garbled"
    status = 502
    sentence = "The service sent an answer that cannot be read. Describe the work by hand."


class LookupTooLarge(LookupRefused):
    """The answer is larger than the description of one work can be."""

    code = "lookup-too-large"
    status = 502
    sentence = "The service sent far more than the description of one work. Describe the work by hand."
