"""What people who read drafts, and those who asked them, are told."""

from conditions.models import Reading
from conditions.notices.audiences import STAFF, awaited_reader, its_reader
from conditions.notices.telling import in_words, row_link, tell, tell_daily


def reader_invited(reading: Reading) -> None:
    """Ask somebody to read a draft; what it is about, and so what they live with, is in no mail."""
    tell(
        reading.reader,
        "Will you read a draft for us?",
        f"{reading.invited_by} asks you to read a page before it is published, and to say what you would change "
        f"or do not understand. Please send what you have to say by {in_words(reading.due_on)}. "
        "Sign in to see what it is about.",
        f"/desk/readings/{reading.pk}/",
        about=awaited_reader(reading),
    )


def reading_cancelled(reading: Reading) -> None:
    """Tell the reader that the draft is closed, and that what they wrote is kept."""
    tell(
        reading.reader,
        "The draft you were asked to read is not needed any more",
        "The draft was changed, published or taken back, so it is closed now. What you wrote in it is kept. Thank you.",
        f"/desk/readings/{reading.pk}/",
        about=its_reader(reading),
    )


def reading_ended(reading: Reading, what: str) -> None:
    """Tell who asked what the reader said."""
    tell_daily(
        reading.invited_by,
        f"{reading.reader} {what}: {reading.title}, {reading.region.label}",
        f"{reading.reader} {what}: {reading.title}, {reading.region.label}.",
        row_link(reading.regional_edition),
        about=STAFF,
    )
