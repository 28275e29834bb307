"""Rows find their places, whatever their order; what is missing is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.capability.layout import balanced, nested
from linewalker.inspection.capability.table import Table


def table(rows: list[tuple[str, str, float]]) -> Table:
    parts, operators, values = zip(*rows)
    cells = {"part": parts, "operator": operators, "value": tuple(str(value) for value in values)}
    return Table(file=Path("study.csv"), lines=tuple(range(2, 2 + len(rows))), cells=cells)


ROWS = [(part, operator, k + 10 * trial) for trial in range(3) for k, (part, operator) in enumerate(
    [("p1", "A"), ("p1", "B"), ("p2", "A"), ("p2", "B")]
)]  # fmt: skip


def with_trials(rows: list[tuple[str, str, float]], trials: list[str]) -> Table:
    plain = table(rows)
    return Table(file=plain.file, lines=plain.lines, cells=plain.cells | {"trial": tuple(trials)})


@pytest.mark.parametrize("seed", range(5))
def test_trials_that_are_named_stand_in_their_order(seed: int) -> None:
    """So that the first trial of one is compared with the first of another."""
    order = np.random.default_rng(seed).permutation(len(ROWS))
    shuffled = with_trials([ROWS[k] for k in order], [f"t{ROWS[k][2] // 10:.0f}" for k in order])
    names = list(dict.fromkeys(shuffled.cells["trial"]))
    for layout in (balanced(shuffled, ("part", "operator")), nested(shuffled, "operator", "part")):
        trials = np.array(shuffled.cells["trial"])[layout.rows]
        assert (trials == names).all()


def test_a_trial_that_stands_twice_is_named() -> None:
    twice = with_trials(ROWS, [str(k // 4) for k in range(8)] + ["0", "2", "2", "2"])
    with pytest.raises(InputError, match=r"study\.csv:10: trial: 0 stands twice, first in line 2"):
        balanced(twice, ("part", "operator"))


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_rows_gives_the_same_cells(seed: int) -> None:
    shuffled = [ROWS[k] for k in np.random.default_rng(seed).permutation(len(ROWS))]
    study = table(shuffled)
    layout = balanced(study, ("part", "operator"))
    values = layout.of(study.numbers("value"))
    for i, part in enumerate(layout.names[0]):
        for j, operator in enumerate(layout.names[1]):
            assert sorted(values[i, j]) == sorted(v for p, o, v in ROWS if (p, o) == (part, operator))


def test_nested_parts_may_have_the_same_names() -> None:
    study = table(ROWS)
    layout = nested(study, "operator", "part")
    assert layout.rows.shape == (2, 2, 3)
    assert layout.names == (("A", "B"), ("A/p1", "A/p2", "B/p1", "B/p2"))
    np.testing.assert_array_equal(layout.of(study.numbers("value"))[1, 0], [1.0, 11.0, 21.0])


@pytest.mark.parametrize(
    ("arrange", "where"),
    [
        (lambda table: balanced(table, ("part", "operator")), "part p2, operator B"),
        (lambda table: nested(table, "operator", "part"), "operator B, part p2"),
    ],
)
def test_what_is_missing_is_named(arrange, where: str) -> None:
    with pytest.raises(InputError, match=rf"study\.csv:9: {where}: 2 trial\(s\); expected as many as the others, 3"):
        arrange(table(ROWS[:-1]))
    with pytest.raises(InputError, match=r"1 trial\(s\); expected at least 2"):
        arrange(table(ROWS[:4]))


def test_a_combination_that_never_was_and_a_part_too_few_are_named() -> None:
    with pytest.raises(InputError, match=r"part p2, operator B: 0 trial\(s\); expected as many as the others, 3"):
        balanced(table([row for row in ROWS if row[:2] != ("p2", "B")]), ("part", "operator"))
    with pytest.raises(InputError, match=r"operator B: 1 part\(s\); expected as many as the others, 2"):
        nested(table([row for row in ROWS if row[:2] != ("p2", "B")]), "operator", "part")
