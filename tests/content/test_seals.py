"""Seals hold for exactly what was sealed, under any key still known."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from conditions.content import seals

KEYS = {"new": b"n" * 32, "old": b"o" * 32}
PARTS = ("text", 7, None, b"bytes", date(2026, 1, 2), datetime(2026, 1, 2, 3, tzinfo=UTC))


def test_a_seal_holds_for_what_was_sealed() -> None:
    seal = seals.make(KEYS, *PARTS)
    assert seal.startswith("new:")
    assert seals.holds(KEYS, seal, *PARTS)


@pytest.mark.parametrize("place", range(len(PARTS)))
def test_a_seal_breaks_when_any_part_changes(place: int) -> None:
    changed = (*PARTS[:place], "other", *PARTS[place + 1 :])
    assert not seals.holds(KEYS, seals.make(KEYS, *PARTS), *changed)


def test_parts_cannot_be_moved_into_each_other() -> None:
    assert not seals.holds(KEYS, seals.make(KEYS, "ab", "c"), "a", "bc")
    assert not seals.holds(KEYS, seals.make(KEYS, "a", None), "a", "")


def test_a_moment_is_the_same_in_every_zone() -> None:
    moment = datetime(2026, 1, 2, 3, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=-5)))
    assert seals.holds(KEYS, seals.make(KEYS, moment), elsewhere)


def test_an_older_key_still_verifies_and_an_unknown_one_never_does() -> None:
    seal = seals.make({"old": KEYS["old"]}, "text")
    assert seals.holds(KEYS, seal, "text")
    assert not seals.holds({"new": KEYS["new"]}, seal, "text")
    assert not seals.holds(KEYS, "", "text")
    assert not seals.holds(KEYS, "new:é", "text")
