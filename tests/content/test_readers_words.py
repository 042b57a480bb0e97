"""What readers type is taken as it comes; contact details stay in the inbox."""

import pytest

from conditions.content.readers_words import masked, storable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a\r\nb  ", "  a\nb"),
        ("a\x00b\u202ec", "abc"),
        ("\ud83d", ""),
        ("p<0.05 & 5 mg", "p<0.05 & 5 mg"),
        ("cafe\u0301", "café"),
    ],
)
def test_nobody_has_to_hunt_for_a_character_they_cannot_see(typed: str, kept: str) -> None:
    assert storable(typed) == kept


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Write to ada.b+c@mail.example.org.", "Write to [e-mail address]."),
        ("(ada@example.co.uk)", "([e-mail address])"),
        ("Call 020 7946 0018 now", "Call [telephone number] now"),
        ("+44 (0)20 7946 0018", "[telephone number]"),
        ("555-010-9999, please", "[telephone number], please"),
        ("07700900123", "[telephone number]"),
        ("On 12.05.2026 or 2026-05-12 and 1/2/2026", "On 12.05.2026 or 2026-05-12 and 1/2/2026"),
        ("50 mg twice a day for 18 months, in 2019", "50 mg twice a day for 18 months, in 2019"),
        ("999, 111, 116 123 and 18001 111", "999, 111, 116 123 and [telephone number]"),
        ("@ home", "@ home"),
    ],
)
def test_contact_details_are_masked_and_doses_and_days_are_not(words: str, shown: str) -> None:
    assert masked(words) == shown
