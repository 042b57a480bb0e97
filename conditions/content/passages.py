"""What of a text is looked through: its sections, each by the stems of its heading and of its words.

Of a section about how long people live only what it is about: nobody comes upon a sentence of it in a list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conditions.content.markup import visible_text
from conditions.content.medicines import in_order, place
from conditions.content.pictures import of_section
from conditions.content.spelling import stems_of

OUTLOOK = "outlook"
ABOUT_THE_OUTLOOK = "outlook prognosis life expectancy survival how long"


@dataclass(frozen=True)
class Passage:
    """A section by its key; `heading` and `words` are stems, each between blanks."""

    key: str
    heading: str
    words: str


def passages_of(content: Mapping[str, Any]) -> Iterator[Passage]:
    """The sections of a content in order."""
    for at, section in enumerate(content["sections"]):
        heading = section["heading"]
        if section["kind"] == OUTLOOK:
            yield Passage(section["key"], between_blanks(heading), between_blanks(f"{heading} {ABOUT_THE_OUTLOOK}"))
            continue
        medicines = medicine_names(content) if at == place(content) else ""
        shown = "\n".join(f"{picture['alt']}\n{picture['caption']}" for picture in of_section(section, content))
        words = between_blanks(f"{heading}\n{visible_text(section['body'])}\n{medicines}\n{shown}")
        yield Passage(section["key"], between_blanks(heading), words)


def medicine_names(content: Mapping[str, Any]) -> str:
    """The medicines that the text tells facts of, by their names and brands."""
    return "\n".join(" ".join([shown["name"], *map(str, shown["brands"])]) for shown in in_order(content))


def between_blanks(text: str) -> str:
    """The stems of a text, so that each can be found as a whole word."""
    return f" {' '.join(stems_of(text))} "
