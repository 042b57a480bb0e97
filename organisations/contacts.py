"""Contacts as people write, read and use them."""

import re

import phonenumbers

from organisations.regions import Region
from organisations.vocabulary import ContactKind

PHONES = (ContactKind.TELEPHONE, ContactKind.TEXT, ContactKind.TEXT_RELAY)
WEB = (ContactKind.WEBSITE, ContactKind.CHAT, ContactKind.FORM)
E_MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
INTERNATIONAL = re.compile(r"\+[0-9][0-9 ().-]*")  # a letter would be dialled, an extension lost
SHORT_CODE = re.compile(r"[0-9]{2,6}|[0-9]{3} [0-9]{3}")
RELAY = "18001 "
"""What people in the UK dial before a number, so that an operator speaks for them."""


def normal_value(kind: str, value: str) -> str:
    """The value as it is stored: a number as E.164, a short code in groups as it is said, no blanks around."""
    value = " ".join(value.split())
    relay, number = _relay_and_number(kind, value)
    if kind not in PHONES or objection_to_contact(kind, value) or not number.startswith("+"):
        return value
    return relay + phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.E164)


def objection_to_contact(kind: str, value: str) -> str:
    """A sentence that says why the value cannot be used, or nothing."""
    if kind in PHONES and not _is_telephone(_relay_and_number(kind, value)[1]):
        return (
            f"“{value}” is not a telephone number: write it in digits with its country, like +44 808 802 6262, or as a "
            "short code. An extension goes into the note."
        )
    if kind == ContactKind.EMAIL and not E_MAIL.fullmatch(value):
        return f"“{value}” is not an e-mail address."
    if kind in WEB and not WEB_ADDRESS.fullmatch(value):
        return f"“{value}” is not a web address: it starts with https:// or http://."
    return ""


def doubt_about_contact(kind: str, value: str) -> str:
    """A sentence about a number of the right length that its country is not known to give out, or nothing."""
    number = _relay_and_number(kind, value)[1]
    if kind not in PHONES or not number.startswith("+") or objection_to_contact(kind, value):
        return ""
    if phonenumbers.is_valid_number(phonenumbers.parse(number)):
        return ""
    return f"No country is known to give out a number like {value}: look at it again."


def shown(kind: str, value: str, region: Region) -> str:
    """The contact as readers in a region write it: a number in national form at home."""
    relay, written = _relay_and_number(kind, value)
    if kind not in PHONES or not written.startswith("+"):
        return value
    number = phonenumbers.parse(written)
    is_home = number.country_code == phonenumbers.country_code_for_region(region.value)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return relay + phonenumbers.format_number(number, form)


def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    """“for people aged 16 to 25”, or nothing."""
    if youngest is None:
        return "" if oldest is None else f"for people aged {oldest} or under"
    return f"for people aged {youngest} or over" if oldest is None else f"for people aged {youngest} to {oldest}"


def link(kind: str, value: str) -> str:
    """What a press on the contact opens, or nothing for a postal address."""
    if kind in PHONES:
        scheme = "sms" if kind == ContactKind.TEXT else "tel"
        relay, number = _relay_and_number(kind, value)
        dialled = shown(kind, number, Region.GB) if relay else number  # nobody dials a plus sign in the middle
        return f"{scheme}:{re.sub(r'[^+0-9]', '', relay + dialled)}"
    if kind == ContactKind.EMAIL:
        return f"mailto:{value}"
    return value if kind in WEB else ""


def _relay_and_number(kind: str, value: str) -> tuple[str, str]:
    """What is dialled before a number for text relay, if anything, and the number."""
    is_relayed = kind == ContactKind.TEXT_RELAY and value.startswith(RELAY)
    return (RELAY, value.removeprefix(RELAY)) if is_relayed else ("", value)


def _is_telephone(value: str) -> bool:
    """E.164 written with blanks, brackets, dots or hyphens, or a short code such as 999, 111, 988 or 116 123."""
    if not INTERNATIONAL.fullmatch(value):
        return bool(SHORT_CODE.fullmatch(value))
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return False
