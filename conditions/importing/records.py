"""What readers of reference files have in common: numbered lines, and records found or broken."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from conditions.content.library import ACCESS, EVIDENCE

LONGEST_LINE = 100_000
LONGEST_RECORD = 1_000_000
CAPITALS = re.compile(r"[A-Z]{1,4}")


@dataclass(frozen=True)
class Numbered:
    """One line of a file; `problem` says why it could not be read."""

    number: int
    text: str
    problem: str = ""


@dataclass(frozen=True)
class Found:
    """A work described in CSL-JSON, where its record begins, and what was left out."""

    line: int
    csl: dict[str, Any]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Broken:
    """A record that cannot be read, and the line to look at."""

    line: int
    reason: str


Record = Found | Broken


def numbered(file: BinaryIO) -> Iterator[Numbered]:
    """The lines of a file in UTF-8, never more than one of them in memory; a byte-order mark is passed over."""
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(LONGEST_LINE)
            yield Numbered(number, "", f"This line is longer than {LONGEST_LINE:,} bytes.")
            continue
        try:
            yield Numbered(number, raw.removeprefix(codecs.BOM_UTF8).decode().rstrip("\r\n"))
        except UnicodeDecodeError:
            yield Numbered(number, "", "This line is not UTF-8. Save the file as UTF-8 and import it again.")


def problem_in(lines: list[Numbered]) -> Broken | None:
    """The first line of a record that could not be read."""
    return next((Broken(line.number, line.problem) for line in lines if line.problem), None)


def is_too_long(lines: list[Numbered]) -> bool:
    """Whether a record has outgrown what a reference can be; asked for each line added."""
    return len(lines) > 20_000 or (len(lines) % 100 == 0 and sum(len(line.text) for line in lines) > LONGEST_RECORD)


def too_long(lines: list[Numbered]) -> Broken:
    """The refusal of such a record."""
    return Broken(lines[0].number, f"The record that begins here is longer than {LONGEST_RECORD:,} characters.")


def described(**variables: Any) -> dict[str, Any]:
    """CSL-JSON of what is known; an underscore stands for a hyphen. An abbreviation that is the name is left out."""
    csl = {name.replace("_", "-"): value for name, value in variables.items() if value}
    if "container-title" not in csl and "container-title-short" in csl:
        csl["container-title"] = csl["container-title-short"]
    if csl.get("container-title-short") == csl.get("container-title"):
        csl.pop("container-title-short", None)
    return csl


def noted(*, evidence: str, access: str) -> dict[str, str]:
    """Our own notes of a work, as far as they are values that we know."""
    found = {"evidence": evidence if evidence in EVIDENCE else "", "access": access if access in ACCESS else ""}
    return {name: value for name, value in found.items() if value}


def dated(*parts: str | int) -> dict[str, Any] | None:
    """A date of year, month and day as far as they are numbers."""
    known: list[int] = []
    for part in parts:
        if not str(part).strip().isdecimal():
            break
        known.append(int(part))
    return {"date-parts": [known]} if known else None


def comma_name(written: str) -> dict[str, str]:
    """ "Family, Given" or "Family, Given, Jr"; without a comma it is an organisation."""
    parts = [part.strip() for part in written.split(",")]
    if len(parts) == 1:
        return {"literal": written.strip()}
    return {name: part for name, part in zip(("family", "given", "suffix"), parts, strict=False) if part}
