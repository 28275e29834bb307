"""Distances and likeness of words: known values, a slow table, and what holds of any two words."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.brain.language.likeness import likeness, slips_between

WORDS = st.text("abcd", max_size=7)


def by_table(one: str, other: str) -> int:
    """Optimal string alignment, cell by cell."""
    cells = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, j in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        changed = one[i - 1] != other[j - 1]
        cells[i, j] = min(cells[i - 1, j] + 1, cells[i, j - 1] + 1, cells[i - 1, j - 1] + changed)
        if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
            cells[i, j] = min(cells[i, j], cells[i - 2, j - 2] + 1)
    return cells[len(one), len(other)]


@given(WORDS, WORDS)
def test_the_distance_is_that_of_the_table_and_the_same_both_ways(one: str, other: str) -> None:
    assert slips_between(one, other) == by_table(one, other) == slips_between(other, one)


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("stop", "stpo", 1), ("ca", "abc", 3), ("kitten", "sitting", 3), ("", "gap", 3), ("x" * 70, "x" * 69 + "y", 1)],
)
def test_known_distances(one: str, other: str, far: int) -> None:
    assert slips_between(one, other) == far


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("martha", "marhta", 0.961111), ("dixon", "dicksonx", 0.813333), ("dwayne", "duane", 0.84), ("abc", "xyz", 0.0)],
)
def test_known_likeness(one: str, other: str, alike: float) -> None:  # Winkler 1990, table 1
    assert likeness(one, other) == pytest.approx(alike, abs=1e-5)


@given(WORDS, WORDS)
def test_likeness_is_one_for_equal_words_alone(one: str, other: str) -> None:
    assert likeness(one, one) == 1.0
    assert (likeness(one, other) == 1.0) == (one == other)
    assert likeness(one, other) >= 0.0
