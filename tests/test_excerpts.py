"""One sentence of a text that shows why it was found."""

import pytest

from conditions.content.excerpts import LONGEST, excerpt
from conditions.content.spelling import stems_of


def shown(text: str, asked: str) -> str:
    pieces = excerpt(text, set(stems_of(asked)))
    return "".join(f"[{piece.text}]" if piece.is_mark else piece.text for piece in pieces)


def test_the_sentence_with_the_most_of_the_words_is_shown_with_them_marked() -> None:
    text = "Muscles grow weak.\nSwallowing gets harder when the muscles of the throat weaken. Eat slowly."
    assert shown(text, "swallow muscle") == "[Swallowing] gets harder when the [muscles] of the throat weaken."
    assert shown(text, "slow") == "Eat [slowly]."
    assert shown(text, "feeding") == ""


def test_both_spellings_are_marked() -> None:
    assert shown("Tumours press on the oesophagus.", "tumor esophagus") == "[Tumours] press on the [oesophagus]."


@pytest.mark.parametrize(
    "sentence",
    [
        "The average life expectancy is 3 years.",
        "Half of all people die within 30 months.",
        "Survival depends on breathing.",
        "Death is usually peaceful.",
        "The median time from the first symptoms is short.",
    ],
)
def test_no_sentence_about_how_long_people_live_is_ever_shown(sentence: str) -> None:
    assert shown(sentence, sentence) == ""
    assert shown(f"{sentence} The average person sleeps.", "average") == "The [average] person sleeps."


def test_of_a_long_sentence_the_part_around_the_words_is_shown() -> None:
    long = f"It begins {'word ' * 100}and then swallowing {'more ' * 100}ends."
    found = shown(long, "swallow")
    assert "[swallowing]" in found and found.startswith("… ") and found.endswith(" …")
    assert len(found) < LONGEST + 20
    assert len(shown("x" * 5_000, "x" * 5_000)) > 0
