"""The machine of a reading: somebody who lives with the condition, asked for one text."""

from collections.abc import Mapping

from tests.machine import Machine, Outcome, refused

READER = ("draft reader",)
THEIRS = ("accept_reading", "decline_reading", "complete_reading", "save_reading")
WHO: Mapping[str, tuple[str, ...]] = {
    "invite_reader": ("editor", "other editor", "lead", "other lead"),
    "cancel_reading": ("editor", "lead", "other lead"),
    **dict.fromkeys(THEIRS, READER),
}
NOBODY_ELSE: Mapping[str, Outcome] = dict.fromkeys(THEIRS, refused("not-your-reading"))
AGAIN = {"invite_reader": "invited"}

READING = Machine(
    actions=("invite_reader", "cancel_reading", *THEIRS),
    situations={
        "none yet": AGAIN,
        "none yet, the text cleared": AGAIN,
        "none yet, the text published": {},
        "invited": {
            "invite_reader": refused("already-asked"),
            "accept_reading": "accepted",
            "decline_reading": "declined",
            "cancel_reading": "cancelled",
        },
        "accepted": {
            "invite_reader": refused("already-asked"),
            "save_reading": "accepted",
            "complete_reading": "completed",
            "decline_reading": "declined",
            "cancel_reading": "cancelled",
        },
        "completed": AGAIN,
        "declined": AGAIN,
        "cancelled by a lead": {**AGAIN, "save_reading": "cancelled"},
        "cancelled when the text was reopened": {"save_reading": "cancelled"},
        "expired": AGAIN,
    },
)
