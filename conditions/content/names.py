"""The names of authors and editors as the styles print them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conditions.content.works import Work, text_of

LONGEST_INITIALS = 3  # "RHG" are initials as they stand, "ANNA" is a name


@dataclass(frozen=True)
class Naming:
    """How a style names people: how many, with how many initials, which suffixes, and what editors are called."""

    all_up_to: int
    else_first: int
    initials: int
    suffixes: Mapping[str, str]
    editor: str
    editors: str
    stop: str  # after "et al" inside a sentence

    def people(self, csl: Work, role: str) -> list[str]:
        """The names of those who have the role in the work, as they are printed."""
        described = csl.get(role)
        found = described if isinstance(described, list | tuple) else []
        return [name for person in found if isinstance(person, Mapping) and (name := self.name(person))]

    def makers(self, csl: Work) -> str:
        """The authors, or else the editors with what they are, in one line."""
        return self.line(self.people(csl, "author")) or self.edited_by(csl)

    def edited_by(self, csl: Work) -> str:
        """The editors with what they are: "Vogelstein B, Kinzler KW, editors"."""
        found = self.people(csl, "editor")
        some = f"{self.line(found)}{self.stop if len(found) > self.all_up_to else ''}"
        return f"{some}, {self.editor if len(found) == 1 else self.editors}" if found else ""

    def line(self, names: list[str]) -> str:
        """All names, or the first of them and "et al"."""
        shown = names if len(names) <= self.all_up_to else [*names[: self.else_first], "et al"]
        return ", ".join(shown)

    def name(self, person: Mapping[str, Any]) -> str:
        """A person's family name and initials, or an organisation's name as it stands."""
        if literal := text_of(person, "literal"):
            return literal
        suffix = text_of(person, "suffix").rstrip(".")
        parts = (
            text_of(person, "dropping-particle"),
            text_of(person, "non-dropping-particle"),
            text_of(person, "family"),
            initials(text_of(person, "given"), self.initials),
            self.suffixes.get(suffix, suffix),
        )
        return " ".join(part for part in parts if part)


def initials(given: str, most: int) -> str:
    """The initials of given names, without points: "Jean-Pierre R." gives "JPR", "RH" stays.

    A script without capitals has no initials: such names stay as they are given.
    """
    parts = re.findall(r"[^\W\d_][^\s.\-‐]*", given)
    if any(part[0].upper() == part[0].lower() for part in parts):
        return given
    short = (part if part.isupper() and len(part) <= LONGEST_INITIALS else part[0].upper() for part in parts)
    return "".join(short)[:most]
