"""When a link counts as broken."""

from datetime import UTC, datetime, timedelta

import pytest

from conditions.content.visits import Answer, Tally, Visit, after, answer_to

NOW = datetime(2026, 11, 3, tzinfo=UTC)


def told(answers: str) -> list[tuple[str, int]]:
    """The states after each visit, and in how many days the next is; f, g, s, h, r as the answers begin."""
    by_letter = {answer.value[0]: answer for answer in Answer}
    tally, states = Tally(), []
    for letter in answers:
        tally, next_at = after(Visit(by_letter[letter] if letter != "r" else Answer.REFUSED), tally, NOW)
        states.append((tally.state.value, (next_at - NOW) // timedelta(days=1)))
    return states


@pytest.mark.parametrize(
    ("answers", "states"),
    [
        ("f", [("fine", 30)]),
        ("g", [("guarded", 30)]),
        ("r", [("broken", 30)]),
        ("ssss", [("doubtful", 1), ("doubtful", 2), ("doubtful", 4), ("broken", 7)]),
        ("hh", [("doubtful", 1), ("broken", 7)]),
        ("sshs", [("doubtful", 1), ("doubtful", 2), ("doubtful", 1), ("broken", 7)]),
        ("hsh", [("doubtful", 1), ("doubtful", 1), ("broken", 7)]),
        ("sssfs", [("doubtful", 1), ("doubtful", 2), ("doubtful", 4), ("fine", 30), ("doubtful", 1)]),
        ("hhhf", [("doubtful", 1), ("broken", 7), ("broken", 7), ("fine", 30)]),
        ("hgh", [("doubtful", 1), ("guarded", 30), ("doubtful", 1)]),
    ],
)
def test_soft_failures_are_asked_three_times_again_and_hard_ones_once(
    answers: str, states: list[tuple[str, int]]
) -> None:
    assert told(answers) == states


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        *((200, "fine"), (204, "fine"), (301, "fine"), (404, "hard"), (410, "hard"), (429, "soft"), (408, "soft")),
        *((500, "soft"), (503, "soft"), (401, "guarded"), (403, "guarded"), (451, "guarded"), (405, "guarded")),
    ],
)
def test_what_a_status_says(status: int, answer: str) -> None:
    assert answer_to(status) == answer
