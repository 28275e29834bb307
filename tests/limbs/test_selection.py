"""Selections read and write what their numbers say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.limbs.selection import selection


@given(st.permutations(range(8)).flatmap(lambda p: st.integers(1, 8).map(lambda k: p[:k])))
def test_it_selects_the_numbers_in_their_order(numbers: list[int]) -> None:
    vector = np.arange(8.0)
    np.testing.assert_array_equal(vector[selection(numbers)], vector[numbers])
    vector[selection(numbers)] = -1.0
    assert (vector == -1).sum() == len(numbers)


@pytest.mark.parametrize(("numbers", "is_slice"), [([3, 4, 5], True), ([5], True), ([3, 5], False), ([4, 3], False)])
def test_consecutive_numbers_become_a_slice(numbers: list[int], is_slice: bool) -> None:
    assert isinstance(selection(numbers), slice) == is_slice
