"""Bars to look at, with the table they are drawn from: places in per cent, so that words keep their size on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 80.0  # per cent of the width: the rest is for the value beside the bar
WORDS, THICK, GAP = 18, 13, 8  # pixels: the label above its bars, a bar, and the space below them


@dataclass(frozen=True)
class Line:
    """A row of the table: what it is about, and a value for each series, None where there is none."""

    label: str
    values: Sequence[int | None]


@dataclass(frozen=True)
class Bar:
    """A bar of a series: its place in the drawing, and the value beside it."""

    series: int
    y: int
    width: float
    text: str

    @property
    def middle(self) -> int:
        """Where the words beside it stand."""
        return self.y + THICK // 2


@dataclass(frozen=True)
class Chart:
    """A drawing with its table; `unit` follows a value ("%" or " days"), `note` says how it was reckoned."""

    slug: str
    title: str
    series: Sequence[str]
    lines: Sequence[Line]
    unit: str = ""
    note: str = ""
    first: str = "Month"

    thick = THICK

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return all(value is None for line in self.lines for value in line.values)

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return len(self.lines) * self._row

    @property
    def _row(self) -> int:
        return WORDS + len(self.series) * THICK + GAP

    @property
    def _most(self) -> int:
        found = [value for line in self.lines for value in line.values if value is not None]
        return 100 if self.unit == "%" else max(found, default=0) or 1

    def drawn(self) -> list[tuple[str, int, list[Bar]]]:
        """Each row: its label, where that stands, and its bars."""
        return [
            (line.label, row * self._row + WORDS // 2, self._bars(row, line)) for row, line in enumerate(self.lines)
        ]

    def _bars(self, row: int, line: Line) -> list[Bar]:
        return [
            Bar(
                number,
                row * self._row + WORDS + number * THICK,
                round(LONGEST * (value or 0) / self._most, 2),
                self.said(value),
            )
            for number, value in enumerate(line.values)
        ]

    def said(self, value: int | None) -> str:
        """A value with its unit."""
        return "–" if value is None else f"{value:,}{self.unit}"

    def table(self) -> list[tuple[str, list[str]]]:
        """What the table says."""
        return [(line.label, [self.said(value) for value in line.values]) for line in self.lines]

    def in_words(self) -> str:
        """What the drawing shows, for who does not see it."""
        return f"Bars for {' and '.join(self.series)}; the table below says the same."
