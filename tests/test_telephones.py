"""Telephone numbers: stored so that anybody can dial them, shown as people at home write them, short codes as said."""

import pytest

from organisations import contacts
from organisations.regions import Region
from tests.world import GB, US

STORED = {
    "+44 808 802 6262": ("+448088026262", "0808 802 6262"),
    "+44 (0)20 7946 0018": ("+442079460018", "020 7946 0018"),
    "+44-300-123-1234": ("+443001231234", "0300 123 1234"),
    "+44 141.946.0018": ("+441419460018", "0141 946 0018"),
    "+44\u00a0808\u202f802 6262": ("+448088026262", "0808 802 6262"),
    "  +44 7400 123456 ": ("+447400123456", "07400 123456"),
    "999": ("999", "999"),
    "111": ("111", "111"),
    "112": ("112", "112"),
    "116 123": ("116 123", "116 123"),
    "85258": ("85258", "85258"),
}
STORED_US = {
    "+1 800 555 0100": ("+18005550100", "(800) 555-0100"),
    "+1 (312) 555-0100": ("+13125550100", "(312) 555-0100"),
    "+1 787 555 0100": ("+17875550100", "(787) 555-0100"),
    "+1-808-555-0100": ("+18085550100", "(808) 555-0100"),
    "+1.888.949.2577": ("+18889492577", "(888) 949-2577"),
    "911": ("911", "911"),
    "988": ("988", "988"),
    "711": ("711", "711"),
    "211": ("211", "211"),
    "741741": ("741741", "741741"),
}
REFUSED = [
    *("", "9", "1234567", "116 12", "11 61 23", "0808 802 6262", "(800) 555-0100", "+44", "+44 1", "+44 808 80262621"),
    *("+1 800 FLOWERS", "+44 808 802 6262 ext 5", "+44 808 802 6262 x5", "+44 808 802 6262; 0131 496 0018"),
    *("++44 808 802 6262", "+999 123 4567", "+448088026262111111", "٩٩٩", "+44 ٨٠٨ 802 6262", "nine nine nine", "999a"),
    *("tel:999", "9\n9\n9\n1", "18001 116 123", "+1 911"),
]


@pytest.mark.parametrize(
    ("typed", "region", "stored", "shown"),
    [
        *((typed, GB, *both) for typed, both in STORED.items()),
        *((typed, US, *both) for typed, both in STORED_US.items()),
    ],
)
def test_a_number_is_stored_to_be_dialled_and_shown_as_at_home(
    typed: str, region: Region, stored: str, shown: str
) -> None:
    value = contacts.normal_value("telephone", typed)
    assert (value, contacts.objection_to_contact("telephone", value)) == (stored, "")
    assert contacts.normal_value("telephone", value) == value
    assert contacts.shown("telephone", value, region) == shown
    assert contacts.link("telephone", value) == f"tel:{stored.replace(' ', '')}"


def test_abroad_a_number_says_its_country() -> None:
    assert contacts.shown("telephone", "+448088026262", US) == "+44 808 802 6262"
    assert contacts.shown("telephone", "+13125550100", GB) == "+1 312-555-0100"


@pytest.mark.parametrize("typed", REFUSED)
def test_what_cannot_be_dialled_is_refused_and_left_as_it_was_typed(typed: str) -> None:
    value = contacts.normal_value("telephone", typed)
    assert contacts.objection_to_contact("telephone", value)
    assert value == " ".join(typed.split())


def test_text_relay_in_the_uk_dials_18001_first() -> None:
    value = contacts.normal_value("text-relay", "18001 +44 808 802 6262")
    assert (value, contacts.objection_to_contact("text-relay", value)) == ("18001 +448088026262", "")
    assert contacts.shown("text-relay", value, GB) == "18001 0808 802 6262"
    assert contacts.link("text-relay", value) == "tel:1800108088026262"
    assert contacts.objection_to_contact("text-relay", "18001 0808 802 6262")
    assert contacts.objection_to_contact("text-relay", "18001 116 123") == ""


def test_a_number_that_no_country_gives_out_is_doubted_and_taken() -> None:
    for value in ("+447700900123", "+12120000000"):
        assert contacts.objection_to_contact("telephone", value) == ""
        assert "No country is known to give out" in contacts.doubt_about_contact("telephone", value)
    for kind, value in (("telephone", "+448088026262"), ("telephone", "999"), ("email", "+4477"), ("text", "+44 1")):
        assert contacts.doubt_about_contact(kind, value) == ""
