"""Contacts as people write, read and use them."""

import re

import phonenumbers

from organisations.regions import Region
from organisations.vocabulary import ContactKind

PHONES = (ContactKind.TELEPHONE, ContactKind.TEXT, ContactKind.TEXT_RELAY)
WEB = (ContactKind.WEBSITE, ContactKind.CHAT, ContactKind.FORM)
E_MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def normal_value(kind: str, value: str) -> str:
    """The value as it is stored: a number as E.164, a short code in groups as it is said, no blanks around."""
    value = " ".join(value.split())
    if kind not in PHONES or objection_to_contact(kind, value) or not value.startswith("+"):
        return value
    return phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.E164)


def objection_to_contact(kind: str, value: str) -> str:
    """A sentence that says why the value cannot be used, or nothing."""
    if kind in PHONES and not _is_telephone(value):
        return (
            f"“{value}” is not a telephone number: write it with its country, like +44 808 802 6262, or a short code."
        )
    if kind == ContactKind.EMAIL and not E_MAIL.fullmatch(value):
        return f"“{value}” is not an e-mail address."
    if kind in WEB and not WEB_ADDRESS.fullmatch(value):
        return f"“{value}” is not a web address: it starts with https:// or http://."
    return ""


def shown(kind: str, value: str, region: Region) -> str:
    """The contact as readers in a region write it: a number in national form at home."""
    if kind not in PHONES or not value.startswith("+"):
        return value
    number = phonenumbers.parse(value)
    is_home = phonenumbers.region_code_for_number(number) == region.value
    form = phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    """“for people aged 16 to 25”, or nothing."""
    if youngest is None:
        return "" if oldest is None else f"for people aged {oldest} or under"
    return f"for people aged {youngest} or over" if oldest is None else f"for people aged {youngest} to {oldest}"


def link(kind: str, value: str) -> str:
    """What a press on the contact opens, or nothing for a postal address."""
    if kind in PHONES:
        scheme = "sms" if kind == ContactKind.TEXT else "tel"
        return f"{scheme}:{re.sub(r'[^+0-9]', '', value)}"
    if kind == ContactKind.EMAIL:
        return f"mailto:{value}"
    return value if kind in WEB else ""


def _is_telephone(value: str) -> bool:
    """E.164, or a short code such as 999, 111, 988 or 116 123."""
    if not value.startswith("+"):
        return bool(re.fullmatch(r"[0-9]{2,6}|[0-9]{3} [0-9]{3}", value))
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return False
