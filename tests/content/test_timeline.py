"""What readers got on a day: versions, and the hours in which the page was taken down."""

from datetime import UTC, datetime

from conditions.content.timeline import Down, Live, Span, spans


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


FIRST = Live(1, at(2, 9), at(5, 14))
SECOND = Live(2, at(5, 14), None)


def on(day: int, *down: Down) -> list[tuple[int, int | None, str]]:
    """The spans of a day by the hour they begin."""
    found = spans(at(day), at(day + 1), [FIRST, SECOND], down)
    assert [found[0].since, found[-1].until] == [at(day), at(day + 1)]
    return [(span.since.hour, span.version, span.reason) for span in found]


def test_a_day_within_a_version_is_that_version() -> None:
    assert on(3) == [(0, 1, "")]
    assert on(20) == [(0, 2, "")]


def test_before_the_first_version_there_was_none() -> None:
    assert on(1) == [(0, None, "")]
    assert on(2) == [(0, None, ""), (9, 1, "")]


def test_a_new_version_begins_in_the_moment_the_old_one_ends() -> None:
    assert on(5) == [(0, 1, ""), (14, 2, "")]


def test_hours_in_which_the_page_was_down_are_told_with_the_reason() -> None:
    assert on(3, Down("A dose.", at(3, 8), at(3, 11))) == [(0, 1, ""), (8, None, "A dose."), (11, 1, "")]
    assert on(5, Down("A dose.", at(5, 13), at(5, 15))) == [(0, 1, ""), (13, None, "A dose."), (15, 2, "")]
    assert on(9, Down("A dose.", at(8), None)) == [(0, None, "A dose.")]


def test_a_suspension_that_follows_at_once_is_told_by_its_own_reason() -> None:
    down = (Down("One.", at(3, 8), at(3, 9)), Down("Two.", at(3, 9), at(3, 10)))
    assert on(3, *down) == [(0, 1, ""), (8, None, "One."), (9, None, "Two."), (10, 1, "")]


def test_a_time_that_has_not_begun_has_nothing() -> None:
    assert spans(at(3), at(3), [FIRST], []) == []
    assert spans(at(4), at(3), [FIRST], []) == []
    assert spans(at(3), at(3, 1), [FIRST], []) == [Span(at(3), at(3, 1), 1, "")]
