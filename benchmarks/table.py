"""The table of a benchmark: what was measured, what it must and should be, and the command that measures it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

PAPER_WIDTH = 190
"""Characters of a line where the output is not a terminal."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line.

    Attributes:
        what: what was measured.
        values: the numbers, each under its name (``p95``; empty where there is only one). NaN: there was nothing to
            measure, which misses every bound.
        unit: of all of them.
        must, aim: bounds of values, under the same names.
        at_least: values must not be below their bounds; otherwise not above.
        digits: after the decimal point.
        note: said beside the numbers, or in place of them.
    """

    what: str
    values: Mapping[str, float]
    unit: str = ""
    must: Mapping[str, float] = field(default_factory=dict)
    aim: Mapping[str, float] = field(default_factory=dict)
    at_least: bool = False
    digits: int = 2
    note: str = ""

    def __post_init__(self) -> None:
        strangers = sorted((set(self.must) | set(self.aim)) - set(self.values))
        if strangers:
            raise ValueError(f"{self.what}: bounds without a value: {', '.join(strangers)}")

    @property
    def missed(self) -> bool:
        """Whether a value is beyond what it must be."""
        return any(not self._keeps(self.values[name], bound) for name, bound in self.must.items())

    @property
    def measured(self) -> str:
        """The values in words."""
        words = self._words(self.values, lambda value: "none" if isnan(value) else f"{value:.{self.digits}f}")
        return f"{words} {self.note}".strip()

    def bounds(self, bounds: Mapping[str, float]) -> str:
        """`must` or `aim` in words."""
        sign = ">= " if self.at_least else ""
        return self._words(bounds, lambda value: f"{sign}{value:g}")

    def _keeps(self, value: float, bound: float) -> bool:
        return value >= bound if self.at_least else value <= bound

    def _words(self, numbers: Mapping[str, float], written: Callable[[float], str]) -> str:
        words = ", ".join(f"{written(value)} {name}".rstrip() for name, value in numbers.items())
        return f"{words} {self.unit}".rstrip() if words else ""


def one(what: str, value: float, unit: str = "", **others: float) -> Row:
    """A row of one number; ``must`` and ``aim`` are plain numbers, the rest as in `Row`."""
    bounds = {name: {"": others.pop(name)} for name in ("must", "aim") if name in others}
    return Row(what=what, values={"": value}, unit=unit, **bounds, **others)  # type: ignore[arg-type]


def spread(samples: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and worst of samples; NaN where there are none."""
    numbers = np.percentile(samples, [50, 95, 100]) if len(samples) else np.full(3, np.nan)
    return dict(zip(("median", "p95", "worst"), numbers.tolist()))


class Sheet:
    """Prints rows as they are measured; all tables of a sheet have the same columns."""

    COLUMNS = (("number", 12), ("measured", 11), ("must", 6), ("aim", 6), ("command", 13))

    def __init__(self) -> None:
        console = Console()
        self._console = console if console.is_terminal else Console(width=PAPER_WIDTH)
        self.missed, self.rows = 0, list[Row]()

    def show(self, title: str, rows: Iterable[Row], command: str) -> None:
        """One table; a number beyond its must is red and marked with MISSED."""
        self.show_all(title, [(rows, command)])

    def show_all(self, title: str, parts: Iterable[tuple[Iterable[Row], str]]) -> None:
        """One table of several commands and the rows each of them measured."""
        table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, expand=True)
        for heading, ratio in self.COLUMNS:
            table.add_column(heading, ratio=ratio, overflow="fold")
        for rows, command in parts:
            for row in rows:
                measured = Text(row.measured)
                if row.missed:
                    measured = Text(f"{row.measured}  MISSED", style="bold red")
                table.add_row(Text(row.what), measured, row.bounds(row.must), row.bounds(row.aim), command)
                self.missed += row.missed
                self.rows.append(row)
        self._console.print(table)

    def close(self) -> None:
        """Say how many numbers were missed."""
        self._console.print("[bold red]numbers missed:[/] " + str(self.missed) if self.missed else "no number missed")
