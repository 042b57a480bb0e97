"""The numbers that registers of charities give, and what they look like."""

import re

from organisations.vocabulary import CharityRegister

SHAPES = {
    CharityRegister.ENGLAND_AND_WALES: (
        r"[1-9]\d{5,6}(-[1-9]\d{0,2})?",
        "six or seven digits, a linked charity’s with “-1”",
    ),
    CharityRegister.SCOTLAND: (r"SC\d{6}", "SC and six digits"),
    CharityRegister.NORTHERN_IRELAND: (r"NIC\d{6}", "NIC and six digits"),
    CharityRegister.IRS: (r"\d{2}-\d{7}", "two digits, a hyphen and seven digits"),
}
PAGES = {
    CharityRegister.ENGLAND_AND_WALES: "https://register-of-charities.charitycommission.gov.uk/",
    CharityRegister.SCOTLAND: "https://www.oscr.org.uk/about-charities/search-the-register/",
    CharityRegister.NORTHERN_IRELAND: "https://www.charitycommissionni.org.uk/charity-search/",
    CharityRegister.IRS: "https://apps.irs.gov/app/eos/",
}
"""Where a number is looked up."""
UNUSED_EIN_PREFIXES = frozenset(
    {"00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97"}
)


def normal_number(register: str, number: str) -> str:
    """The number without blanks, in capitals, an EIN with its hyphen."""
    compact = re.sub(r"\s", "", number)
    compact = compact.upper() if compact.isascii() else compact
    if register == CharityRegister.IRS and re.fullmatch(r"[0-9]{9}", compact):
        return f"{compact[:2]}-{compact[2:]}"
    return compact


def objection_to_number(register: str, number: str) -> str:
    """A sentence that says why a number in normal form is none of the register’s, or nothing."""
    if register not in SHAPES:
        return f"“{register}” is not a register of charities."
    shape, in_words = SHAPES[CharityRegister(register)]
    if re.fullmatch(shape, number, re.ASCII):
        return ""
    return f"“{number}” is not a number that the {CharityRegister(register).label} gives: {in_words}."


def doubt_about_number(register: str, number: str) -> str:
    """A sentence about a number of the right shape that is worth a second look, or nothing."""
    if register == CharityRegister.IRS and number[:2] in UNUSED_EIN_PREFIXES:
        return f"The IRS is not known to give numbers that begin with {number[:2]}: look at {number} again."
    return ""
