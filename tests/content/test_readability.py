"""Reading time and grade."""

import pytest

from conditions.content.readability import grade, minutes_to_read, sentences, syllables, words


def test_words_keep_their_apostrophes_hyphens_and_decimals() -> None:
    assert words("Don't take 1.5 mg non-invasively, 2–3 a day.") == [
        *("Don't", "take", "1.5", "mg", "non-invasively", "2", "3", "a", "day"),
    ]


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (2000, 10)])
def test_reading_takes_a_minute_for_200_words_and_never_less_than_one(count: int, minutes: int) -> None:
    assert minutes_to_read("word " * count) == minutes


def test_sentences_end_at_stops_and_lines_but_not_within_numbers() -> None:
    assert sentences("It weakens 1.5 times. Why?\nfirst item\nsecond item") == [
        *("It weakens 1.5 times", "Why", "first item", "second item"),
    ]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("muscle", 2),
        ("muscles", 2),
        ("nerve", 1),
        ("weakened", 2),
        ("disease", 2),
        ("wasted", 2),
        ("rhythm", 1),
        ("5", 1),
    ],
)
def test_syllables_are_counted_well_enough(word: str, count: int) -> None:
    assert syllables(word) == count


def test_longer_words_and_sentences_give_a_higher_grade() -> None:
    plain = "Your arms may feel weak. See a nurse soon."
    hard = "Amyotrophic lateral sclerosis is characterised by progressive degeneration of corticospinal motor neurones."
    assert grade(plain) < 4 < 12 < grade(hard)


def test_a_text_without_words_has_grade_nought() -> None:
    assert grade("") == grade("…") == 0
