"""The sheet of a study: what its table, its page and its JSON have in common, in Chinese and English."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from linewalker.console.capability.plot import Plot
from linewalker.inspection.capability.grade import Grade
from linewalker.inspection.title import Title

Words = Title | str
"""Both languages, or what is the same in both."""

Facts = tuple[tuple[Title, Words], ...]

FORMAT = "linewalker-msa/1"

GRADES = {
    Grade.GOOD: Title(zh="合格", en="good"),
    Grade.MARGINAL: Title(zh="有条件", en="marginal"),
    Grade.POOR: Title(zh="不合格", en="not capable"),
}
DEMANDS = (
    Title(zh="要求", en="demanded"),
    Title(zh="结果", en="found"),
    Title(zh="界限", en="limit"),
    Title(zh="判定", en="grade"),
)
"""Above the columns of checks."""
_MOST_DECIMALS = 10
_WORST = (Grade.POOR, Grade.MARGINAL, Grade.GOOD)


@dataclass(frozen=True, kw_only=True)
class Check:
    """Something that is demanded.

    Attributes:
        title: what.
        value: as found.
        limit: what is demanded, such as ``<= 10 %``.
        grade: how it came out.
    """

    title: Title
    value: str
    limit: str
    grade: Grade


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table.

    Attributes:
        title: above it.
        head: names of the columns; the first one's cells are names, the others' numbers.
        rows: cells.
    """

    title: Title
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything about one study.

    Attributes:
        name: of the command.
        title: of the study.
        source: where its method stands.
        facts: what it was made of.
        checks: what is demanded.
        grids, plots: of the page, in order; the terminal shows the grids.
        notes: what a reader should know.
        results: for machines.
        group: of the command; empty where it has none.
        grades: what the grades are called.
        columns: what stands above those of the checks.
    """

    name: str
    title: Title
    source: str
    facts: Facts
    checks: tuple[Check, ...]
    grids: tuple[Grid, ...]
    plots: tuple[Plot, ...]
    notes: tuple[Title, ...] = ()
    results: Mapping[str, Any] = field(default_factory=dict)
    group: str = "msa"
    grades: Mapping[Grade, Title] = field(default_factory=lambda: GRADES)
    columns: tuple[Title, Title, Title, Title] = DEMANDS

    @property
    def grade(self) -> Grade | None:
        """The worst of all checks; None if there are none."""
        return min((check.grade for check in self.checks), key=_WORST.index, default=None)

    def document(self) -> dict[str, Any]:
        """For machines."""
        return {
            "format": FORMAT,
            "study": self.name,
            "grade": None if self.grade is None else self.grade.value,
            "checks": [
                {"check": check.title.en, "value": check.value, "limit": check.limit, "grade": check.grade.value}
                for check in self.checks
            ],
            **self.results,
        }


def said(words: Words, language: str) -> str:
    """In one language."""
    return words if isinstance(words, str) else words.zh if language == "zh" else words.en


def figure(value: float | None, digits: int = 5) -> str:
    """A number in a table; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}g}"


def percent(value: float | None, digits: int = 2) -> str:
    """As `figure`, of a share."""
    return "–" if value is None else f"{value:.{digits}f} %"


def aligned(values: Sequence[float], digits: int = 6) -> list[str]:
    """Numbers of a column with the same decimals, so many that the largest has ``digits`` significant ones."""
    largest = max((abs(value) for value in values), default=0.0)
    decimals = max(0, digits - 1 - math.floor(math.log10(largest))) if largest > 0.0 else 0
    return [f"{value:.{decimals}f}" if decimals <= _MOST_DECIMALS else f"{value:.{digits - 1}e}" for value in values]


def chance(p_value: float | None) -> str:
    """A p-value."""
    return "–" if p_value is None else "< 0.0001" if p_value < 1e-4 else f"{p_value:.4f}"
