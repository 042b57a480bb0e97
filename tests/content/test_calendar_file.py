"""The file that calendar programs read: RFC 5545."""

from datetime import UTC, date, datetime

from conditions.content.calendar import Event, icalendar

MADE = datetime(2026, 11, 27, 16, 5, tzinfo=UTC)


def lines(*events: Event) -> list[str]:
    return icalendar("Review dates, site", events, MADE).split("\r\n")


def test_a_day_is_an_all_day_event_also_on_leap_days() -> None:
    found = lines(Event("1@site", date(2028, 2, 29), "Review due: ALS (UK)", "https://site.example/uk/"))
    assert found[0] == "BEGIN:VCALENDAR" and found[-2:] == ["END:VCALENDAR", ""]
    for line in (
        "UID:1@site",
        "DTSTAMP:20261127T160500Z",
        "DTSTART;VALUE=DATE:20280229",
        "DTEND;VALUE=DATE:20280301",
        "SUMMARY:Review due: ALS (UK)",
        "URL:https://site.example/uk/",
    ):
        assert line in found


def test_words_are_escaped_and_cannot_begin_a_line_of_their_own() -> None:
    (summary,) = [
        line
        for line in lines(Event("1@site", date(2028, 1, 1), "a,b;c\\d\r\nBEGIN:VEVENT", "https://site.example/"))
        if line.startswith("SUMMARY")
    ]
    assert summary == "SUMMARY:a\\,b\\;c\\\\d BEGIN:VEVENT"


def test_long_lines_are_folded_between_characters() -> None:
    title = "Überprüfung " * 20
    text = icalendar("x", [Event("1@site", date(2028, 1, 1), title, "https://site.example/")], MADE)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert title.strip() in text.replace("\r\n ", "")
