"""Read CSL-JSON: a list of descriptions, or one, decoded one at a time."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from conditions.importing.records import Broken, Found, Record, described

LARGEST = 64 * 1024 * 1024
DECODER = json.JSONDecoder()
BLANK = " \t\r\n"


def read(file: BinaryIO) -> Iterator[Record]:
    """Each description with its line; what follows a broken one cannot be found."""
    raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        yield Broken(1, f"The file is larger than {LARGEST // 1024 // 1024} MB. Part it and import the parts.")
        return
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        yield Broken(raw.count(b"\n", 0, problem.start) + 1, "This line is not UTF-8. Save the file as UTF-8.")
        return
    yield from _items(text)


def _items(text: str) -> Iterator[Record]:
    at = _skip(text, 0, BLANK)
    at = _skip(text, at + 1, BLANK) if text[at : at + 1] == "[" else at
    line, counted = 1, 0
    while at < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        try:
            item, at = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as problem:
            place = getattr(problem, "lineno", line)
            yield Broken(place, f"This is not JSON ({problem}). Nothing from line {line} on was read.")
            return
        yield (
            Found(line, described(**{k: v for k, v in item.items() if k != "id"}))
            if isinstance(item, dict)
            else Broken(line, "A reference is one JSON object in braces.")
        )
        at = _skip(text, at, BLANK + ",")
    if at >= len(text) and text.lstrip(BLANK).startswith("["):
        yield Broken(text.count("\n") + 1, "The list has no closing bracket: the file is cut off.")


def _skip(text: str, at: int, characters: str) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at
