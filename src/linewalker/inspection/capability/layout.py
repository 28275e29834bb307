"""Rows of a study put into an array, an axis per factor; a study must be balanced, a message says where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linewalker.geometry import Array
from linewalker.inspection.capability.table import Table


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A balanced study.

    Attributes:
        names: levels of every factor, in the order in which the file has them.
        rows: (levels of factor 1, levels of factor 2, ..., trials) numbers of rows of the table.
    """

    names: tuple[tuple[str, ...], ...]
    rows: Array

    def of(self, values: Array) -> Array:
        """A column in that shape."""
        return np.asarray(values[self.rows])


def balanced(table: Table, factors: Sequence[str], *, least: int = 2) -> Layout:
    """Every combination of levels, each with as many trials, in the order of their column or else of the file.

    Args:
        factors: columns, the outermost first.
        least: trials that are needed.

    Raises:
        InputError: a combination is missing, has more or fewer trials than the first one, or one of them twice.
    """
    names = tuple(tuple(dict.fromkeys(table.cells[factor])) for factor in factors)
    found: dict[tuple[int, ...], list[int]] = {}
    places = [{name: at for at, name in enumerate(levels)} for levels in names]
    for row, levels in enumerate(zip(*(table.cells[factor] for factor in factors))):
        found.setdefault(tuple(place[level] for place, level in zip(places, levels)), []).append(row)
    shape = tuple(len(levels) for levels in names)
    trials = len(next(iter(found.values())))
    for at in np.ndindex(shape):
        count = len(found.get(at, ()))
        if count != trials or count < least:
            where = ", ".join(f"{factor} {levels[k]}" for factor, levels, k in zip(factors, names, at))
            wanted = f"as many as the others, {trials}" if trials >= least else f"at least {least}"
            line = table.lines[found[at][-1]] if at in found else None
            raise table.error(f"{where}: {count} trial(s); expected {wanted}", line)
    rows = np.array([_in_order(table, found[at]) for at in np.ndindex(shape)]).reshape(*shape, trials)
    return Layout(names=names, rows=rows)


def nested(table: Table, outer: str, inner: str, *, least: int = 2) -> Layout:
    """As `balanced`, where every level of ``outer`` has levels of ``inner`` of its own, whatever they are called.

    Raises:
        InputError: the levels of ``outer`` have different numbers of levels of ``inner``, or these of trials.
    """
    within: dict[str, dict[str, list[int]]] = {}
    for row, (group, name) in enumerate(zip(table.cells[outer], table.cells[inner])):
        within.setdefault(group, {}).setdefault(name, []).append(row)
    first = next(iter(within.values()))
    levels, trials = len(first), len(next(iter(first.values())))
    for group, members in within.items():
        if len(members) != levels:
            raise table.error(f"{outer} {group}: {len(members)} {inner}(s); expected as many as the others, {levels}")
        for name, rows in members.items():
            if len(rows) != trials or trials < least:
                wanted = f"as many as the others, {trials}" if trials >= least else f"at least {least}"
                line = table.lines[rows[-1]]
                raise table.error(f"{outer} {group}, {inner} {name}: {len(rows)} trial(s); expected {wanted}", line)
    inner_names = tuple(f"{group}/{name}" for group, members in within.items() for name in members)
    places = np.array([[_in_order(table, rows) for rows in members.values()] for members in within.values()])
    return Layout(names=(tuple(within), inner_names), rows=places)


def _in_order(table: Table, rows: list[int]) -> list[int]:
    """The rows of one combination by their trials, if the file names these."""
    if "trial" not in table:
        return rows
    trials = table.cells["trial"]
    by_trial: dict[str, int] = {}
    for row in rows:
        first = by_trial.setdefault(trials[row], row)
        if first != row:
            raise table.error(
                f"{trials[row]} stands twice, first in line {table.lines[first]}", table.lines[row], "trial"
            )
    order = {name: at for at, name in enumerate(dict.fromkeys(trials))}
    return sorted(rows, key=lambda row: order[trials[row]])
