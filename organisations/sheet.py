"""Organisations as a CSV file: a row for each, read back as it was written.

A cell with several things has one on each line. A contact is its kind and value, then what else is known of it, each
after a bar: `telephone +448088026262 | label MND Connect | hours Monday to Friday | zone Europe/London`.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from alsinfo.cells import exact, read_back

WORDS = ("name", "former_names", "kind", "what_it_does", "whom_it_serves", "parent_note", "standing")
COLUMNS = ("slug", *WORDS, "successor", "coverage", "help", "registrations", "contacts")
LARGEST = 10_000_000  # bytes
PARTS = {
    "label": "label",
    "hours": "hours",
    "zone": "time_zone",
    "languages": "languages",
    "cost": "cost",
    "from": "youngest",
    "to": "oldest",
    "note": "note",
}
"""What stands before a part of a contact: by that word, its name in an entry."""
AGES = ("youngest", "oldest")
BAR = re.compile(r"\s*(?<!\\)\|\s*")


class UnreadableSheet(ValueError):
    """The file is no sheet of organisations; its message says why and in which line, in a sentence."""


class UnreadableCell(ValueError):
    """A cell does not say what its column is for; its message is a sentence."""


@dataclass(frozen=True)
class Row:
    """A row of a file: the line it begins in, and its cells by column; `fault` says why it cannot be read."""

    line: int
    cells: Mapping[str, str]
    fault: str = ""


def written(rows: Iterable[Mapping[str, str]]) -> str:
    """The text of a file, with the mark without which Excel reads another encoding."""
    file = StringIO("\ufeff", newline="")
    file.seek(0, 2)
    sheet = csv.writer(file)
    sheet.writerow(COLUMNS)
    sheet.writerows([exact(cells[column]) for column in COLUMNS] for cells in rows)
    return file.getvalue()


def read(raw: bytes) -> Iterator[Row]:
    """The rows of a file; empty ones are left out. Raises `UnreadableSheet`."""
    sheet = csv.reader(StringIO(_text(raw), newline=""), strict=True)
    try:
        head = [cell.strip() for cell in next(sheet, [])]
        _insist_on_columns(head)
        begins = sheet.line_num + 1
        for cells in sheet:
            if any(cell.strip() for cell in cells):
                yield _row(begins, head, cells)
            begins = sheet.line_num + 1
    except csv.Error as problem:
        raise UnreadableSheet(f"Line {sheet.line_num}: this is not CSV ({problem}).") from problem


def several(cell: str) -> list[str]:
    """The things in a cell."""
    return [line.strip() for line in cell.split("\n") if line.strip()]


def registration_of(line: str) -> tuple[str, str]:
    """Register and number of “OSCR SC002662”. Raises `UnreadableCell`."""
    register, _, number = line.partition(" ")
    if not number.strip():
        raise UnreadableCell(f"registrations: “{line}” is not a register and a number, like “OSCR SC002662”.")
    return register, number.strip()


def contact_line(contact: Mapping[str, Any]) -> str:
    """A contact on one line."""
    parts = [f"{word} {contact[name]}" for word, name in PARTS.items() if contact[name] not in ("", None)]
    return " | ".join(part.replace("|", "\\|") for part in [f"{contact['kind']} {contact['value']}", *parts])


def contact_of(line: str) -> dict[str, Any]:
    """The contact on a line. Raises `UnreadableCell`."""
    first, *parts = (part.replace("\\|", "|") for part in BAR.split(line))
    kind, _, value = first.partition(" ")
    contact: dict[str, Any] = {"kind": kind, "value": value.strip(), **dict.fromkeys(PARTS.values(), "")}
    contact |= dict.fromkeys(AGES)
    for part in parts:
        word, _, text = part.partition(" ")
        if word not in PARTS or not text.strip():
            raise UnreadableCell(f"contacts: “{part}” begins with none of {', '.join(PARTS)}.")
        contact[PARTS[word]] = text.strip()
    for name in AGES:
        if contact[name] is not None:
            contact[name] = _age(contact[name])
    return contact


def _age(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise UnreadableCell(f"contacts: “{text}” is not an age in years.")
    return int(text)


def _text(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise UnreadableSheet(f"This file is larger than {LARGEST // 1_000_000} MB. Part it.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise UnreadableSheet(f"Line {line}: this is not UTF-8. Save the file as “CSV UTF-8”.") from problem


def _insist_on_columns(head: list[str]) -> None:
    unknown = [name for name in head if name not in COLUMNS]
    if unknown:
        raise UnreadableSheet(f"Line 1: “{unknown[0]}” is no column. The columns are {', '.join(COLUMNS)}.")
    if twice := next((name for name in head if head.count(name) > 1), ""):
        raise UnreadableSheet(f"Line 1: the column “{twice}” is there twice.")
    if "slug" not in head:
        raise UnreadableSheet("Line 1: the column “slug” is missing: it says which organisation a row is about.")


def _row(line: int, head: list[str], cells: list[str]) -> Row:
    if len(cells) > len(head):
        return Row(line, {}, f"The row has {len(cells)} cells, more than the {len(head)} columns.")
    values = [*cells, *[""] * (len(head) - len(cells))]
    texts = (read_back(cell).replace("\r\n", "\n").strip() for cell in values)
    return Row(line, dict(zip(head, texts, strict=True)))
